/** The options of `selftest`. */
import { type OptionSpec, OUTPUT_OPTIONS } from "./command.ts";

export const SELFTEST_OPTIONS: readonly OptionSpec[] = [
  {
    name: "json",
    group: "Run",
    help: "print the result as JSON to stdout",
    commandLineOnly: true,
  },
  ...OUTPUT_OPTIONS.filter(({ name }) => name !== "verbose"),
];
