/**
 * The options of `prepare`, once: the command line, the configuration file, its JSON Schema and the
 * reference in docs/ are made from this table.
 */
import { DEFAULT_CONSENT_VALUES } from "../options.ts";
import { type OptionSpec, OUTPUT_OPTIONS } from "./option-spec.ts";

export const DELIMITERS = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  pipe: "|",
} as const;

export const PREPARE_OPTIONS: readonly OptionSpec[] = [
  {
    name: "conversions",
    group: "Files",
    value: "<file>",
    help: 'conversions: CSV, TSV or XLSX; "-" is standard input',
  },
  {
    name: "contacts",
    group: "Files",
    value: "<file>",
    help: "CRM export; leave it out when the conversions carry e-mail or phone themselves",
  },
  {
    name: "to",
    group: "Files",
    value: "<destination>",
    repeatable: true,
    help: "microsoft-bulk (default), microsoft-import, adobe or microsoft-api; repeat for several",
  },
  {
    name: "output",
    group: "Files",
    short: "o",
    value: "<file>",
    help: 'file to write; "-" is standard output; with several --to, a pattern with {to}',
  },
  {
    name: "layout",
    group: "Files",
    value: "<name>",
    help: "a layout of the destination other than its usual one",
  },
  {
    name: "template",
    group: "Files",
    value: "<file>",
    help: "adobe: take preamble and columns from this template file",
  },
  {
    name: "report",
    group: "Files",
    value: "<file>",
    help: "save the summary as JSON; it holds no personal data",
  },
  { name: "force", group: "Files", help: "replace the output if it exists" },
  {
    name: "key",
    group: "Columns",
    value: "<column>",
    help: "join column, where it has one name in both files",
  },
  {
    name: "column",
    group: "Columns",
    value: "<field>=<header>",
    repeatable: true,
    help: "which column holds a field; repeat a field for fallbacks, the first usable cell wins",
  },
  {
    name: "consent-values",
    group: "Columns",
    value: "<list>",
    help: `values of the consent column that mean yes, separated by commas (default: ${DEFAULT_CONSENT_VALUES.join(",")})`,
  },
  {
    name: "on-conflict",
    group: "Columns",
    value: "<choice>",
    choices: ["drop", "first", "last"],
    help: "contacts with one key and different addresses: drop the field (default), or keep one",
  },
  {
    name: "goal",
    group: "Conversions",
    value: "<name>",
    help: "conversion name of all rows, exactly as the goal is called",
  },
  {
    name: "goal-map",
    group: "Conversions",
    value: "<file.json>",
    help: "JSON object from values of the stage column to conversion names",
  },
  {
    name: "currency",
    group: "Conversions",
    value: "<code>",
    help: "currency of values that have none, e.g. USD",
  },
  {
    name: "country",
    group: "Conversions",
    value: "<code>",
    help: "country of phone numbers that name none, e.g. US",
  },
  {
    name: "time-zone",
    group: "Conversions",
    value: "<iana>",
    help: "zone of times that name none, e.g. America/New_York",
  },
  {
    name: "date-order",
    group: "Conversions",
    value: "<order>",
    choices: ["mdy", "dmy", "ymd"],
    help: "order of day and month where the file leaves it open",
  },
  {
    name: "date-format",
    group: "Conversions",
    value: "<pattern>",
    help: "form of times that are not recognized, e.g. \"dd.MM.yy HH'h'mm\"",
  },
  {
    name: "assume-time",
    group: "Conversions",
    value: "<HH:mm>",
    help: "time of day of dates that have none",
  },
  {
    name: "dst",
    group: "Conversions",
    value: "<choice>",
    choices: ["earlier", "later"],
    help: "which instant to take for a local time that the clock change makes double or skips",
  },
  {
    name: "decimal",
    group: "Conversions",
    value: "<mark>",
    choices: ["point", "comma"],
    help: "decimal mark of values where the file leaves it open",
  },
  {
    name: "as-of",
    group: "Conversions",
    value: "<instant>",
    help: "the present, for the 90-day limit; ISO 8601 with a zone (default: now)",
  },
  {
    name: "encoding",
    group: "Reading",
    value: "<label>",
    repeatable: true,
    help: "encoding where the detected one is wrong, e.g. windows-1252, or contacts=utf-16le for one file",
  },
  {
    name: "delimiter",
    group: "Reading",
    value: "<name>",
    repeatable: true,
    help: "comma, semicolon, tab or pipe, where the detected one is wrong",
  },
  {
    name: "sheet",
    group: "Reading",
    value: "<name>",
    repeatable: true,
    help: "sheet of a workbook, by name or number (default: the first)",
  },
  {
    name: "max-refused",
    group: "Run",
    value: "<percent>",
    help: "write nothing when more of the rows are refused (default: 10)",
  },
  { name: "dry-run", group: "Run", help: "do everything but write the output" },
  {
    name: "config",
    group: "Run",
    value: "<file.json>",
    help: "take options from a file; flags win",
    commandLineOnly: true,
  },
  {
    name: "save-config",
    group: "Run",
    value: "<file.json>",
    help: "save the options of this run, if it works, for --config",
    commandLineOnly: true,
  },
  {
    name: "json",
    group: "Run",
    help: "print the summary as JSON (to stdout, or to stderr when data goes to stdout)",
    commandLineOnly: true,
  },
  {
    name: "reference",
    group: "Run",
    help: "use the reference libraries alone, without shortcuts; slower, same output",
    commandLineOnly: true,
  },
  ...OUTPUT_OPTIONS,
];
