/** The options of `inspect`. */
import type { OptionSpec } from "./command.ts";

export const INSPECT_OPTIONS: readonly OptionSpec[] = [
  { name: "key", value: "<column>", help: "join column, where it is not found by its name" },
  {
    name: "column",
    value: "<field>=<header>",
    repeatable: true,
    help: "which column holds a field, as for prepare",
  },
  { name: "country", value: "<code>", help: "country of phone numbers that name none, e.g. US" },
  { name: "encoding", value: "<label>", help: "encoding where the detected one is wrong" },
  {
    name: "delimiter",
    value: "<name>",
    help: "comma, semicolon, tab or pipe, where the detected one is wrong",
  },
  { name: "sheet", value: "<name>", help: "sheet of a workbook, by name or number" },
  { name: "json", help: "print the report as JSON" },
  { name: "no-color", help: "no colors", commandLineOnly: true },
];
