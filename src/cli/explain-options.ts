/** The options of `explain`. */
import { type OptionSpec, OUTPUT_OPTIONS } from "./command.ts";

export const EXPLAIN_OPTIONS: readonly OptionSpec[] = [
  {
    name: "kind",
    group: "Value",
    value: "<kind>",
    choices: ["email", "phone"],
    help: "what the value is (default: email if it holds an @)",
    commandLineOnly: true,
  },
  {
    name: "country",
    group: "Value",
    value: "<code>",
    help: "country of a phone number that names none, e.g. US",
    commandLineOnly: true,
  },
  {
    name: "rules",
    group: "Value",
    value: "<name>",
    choices: ["microsoft-2026-11", "google-2026-11"],
    help: "only this e-mail rule set (default: all)",
    commandLineOnly: true,
  },
  {
    name: "allow-plaintext-output",
    group: "Run",
    help: "print the value even where the output is not a terminal, such as a file or a log",
    commandLineOnly: true,
  },
  ...OUTPUT_OPTIONS.filter(({ name }) => name === "no-color"),
];
