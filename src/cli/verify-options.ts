/** The options of `verify`. */
import { type OptionSpec, OUTPUT_OPTIONS } from "./command.ts";

export const VERIFY_OPTIONS: readonly OptionSpec[] = [
  {
    name: "to",
    value: "<destination>",
    help: "check as a file of this destination (default: recognized by its columns)",
  },
  {
    name: "against",
    value: "<file>",
    help: "the CRM export that the file was made from: derive its digests again and compare",
  },
  {
    name: "column",
    value: "<field>=<header>",
    repeatable: true,
    help: "column of --against that holds a field: email, phone, country, hashed-email or hashed-phone",
  },
  {
    name: "country",
    value: "<code>",
    help: "country of phone numbers of --against that name none",
  },
  {
    name: "as-of",
    value: "<instant>",
    help: "the present, for the 90-day limit; ISO 8601 with a zone (default: now)",
  },
  {
    name: "encoding",
    value: "<label>",
    help: "encoding of --against where the detected one is wrong",
  },
  {
    name: "delimiter",
    value: "<name>",
    help: "delimiter of --against where the detected one is wrong: comma, semicolon, tab or pipe",
  },
  {
    name: "sheet",
    value: "<name>",
    help: "sheet of a workbook given to --against (default: the first)",
  },
  {
    name: "manifest",
    value: "<file>",
    help: "instead of a file: compare the files of a run with what its --manifest says",
  },
  { name: "json", help: "print the findings as JSON" },
  ...OUTPUT_OPTIONS,
];
