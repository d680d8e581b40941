/** The options of `report`. */
import { type OptionSpec, OUTPUT_OPTIONS } from "./command.ts";

export const REPORT_OPTIONS: readonly OptionSpec[] = [
  {
    name: "output",
    short: "o",
    value: "<file.html>",
    path: true,
    help: 'page to write; "-" is standard output (default)',
  },
  { name: "force", help: "replace the page if it exists" },
  ...OUTPUT_OPTIONS.filter(({ name }) => name === "no-color"),
];
