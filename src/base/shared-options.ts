/** Entries of options that several jobs take. What an option means is said here once; a job may say it in its own words. */
import { DEFAULT_CONSENT_VALUES, FIELDS, type InputRole } from "./fields.ts";
import {
  type Delimiter,
  parseByRole,
  parseColumns,
  parseDelimiter,
  parseList,
  parsePercent,
  parseWhole,
} from "./option-values.ts";
import type { FlagOption, PartedOption } from "./options.ts";
import type { KeyReading } from "./types.ts";

export const KEY = {
  flag: "key",
  group: "Columns",
  value: "<column>",
  help: "join column, where it has one name in both files",
} as const satisfies FlagOption;

export const KEY_READING = {
  flag: "key-reading",
  group: "Columns",
  value: "<reading>",
  repeatable: true,
  recorded: true,
  parseAll: (texts: readonly string[]) => texts as readonly KeyReading[],
  help: "read keys as salesforce (15 and 18 characters), leading-zeros, ignore-case or digits; as-written insists on ids that end in zeros",
} as const satisfies FlagOption;

export const KEY_SEPARATOR = {
  flag: "key-separator",
  group: "Columns",
  value: "<text>",
  recorded: true,
  help: 'several keys in one cell, parted by this (";"): the first with a usable contact counts',
} as const satisfies FlagOption;

/** `--column` for the fields of a job. */
export function columnOption<F extends string>(fields: readonly F[], help: string) {
  return {
    flag: "column",
    group: "Columns",
    value: "<field>=<header>",
    repeatable: true,
    fields,
    help,
    parseAll: parseColumns(fields),
  } as const satisfies FlagOption;
}

export const COLUMNS = columnOption(
  FIELDS,
  "which column holds a field; repeat a field for fallbacks, the first usable cell wins",
);

export const CONSENT_VALUES = {
  flag: "consent-values",
  group: "Columns",
  value: "<list>",
  recorded: true,
  help: `values of the consent column that mean yes, separated by commas (default: ${DEFAULT_CONSENT_VALUES.join(",")})`,
  parse: parseList,
} as const satisfies FlagOption;

export const ALLOW_PLAIN = {
  flag: "allow-plain",
  group: "Columns",
  value: "<column>",
  repeatable: true,
  recorded: true,
  parseAll: (texts: readonly string[]) => texts,
  help: "the bare digits of this column are ids, although they look like phone numbers",
} as const satisfies FlagOption;

export const COUNTRY = {
  flag: "country",
  group: "Conversions",
  value: "<code>",
  recorded: true,
  help: "country of phone numbers that name none, e.g. US",
} as const satisfies FlagOption;

export const PHONE_WITHOUT_PLUS = {
  flag: "phone-without-plus",
  group: "Conversions",
  value: "<reading>",
  choices: ["national", "international"],
  recorded: true,
  help: "how to read phone numbers without a + that are valid both at home and abroad",
} as const satisfies FlagOption;

export const COUNTRY_FALLBACK = {
  flag: "country-fallback",
  group: "Conversions",
  recorded: true,
  help: "--country holds also for rows whose country cell is not recognized",
} as const satisfies FlagOption;

export const ON_CONFLICT = {
  flag: "on-conflict",
  group: "Columns",
  value: "<choice>",
  choices: ["drop", "first", "last"],
  recorded: true,
  help: "contacts with one key and different addresses: drop the field (default), or keep one",
} as const satisfies FlagOption;

export const AS_OF = {
  flag: "as-of",
  ofOneRun: true,
  group: "Conversions",
  value: "<instant>",
  // A daily job that kept it would live in the past.
  unsaved: true,
  help: "the present, for the 90-day limit; ISO 8601 with a zone (default: now)",
} as const satisfies FlagOption;

export const MANIFEST = {
  flag: "manifest",
  group: "Files",
  value: "<file>",
  file: "written",
  help: "save SHA-256 of inputs and outputs, rules, options and counts, for verify --manifest",
} as const satisfies FlagOption;

export const FORCE = {
  flag: "force",
  ofOneRun: true,
  group: "Files",
  help: "replace the output if it exists",
} as const satisfies FlagOption;

export const DRY_RUN = {
  flag: "dry-run",
  ofOneRun: true,
  group: "Run",
  unsaved: true,
  help: "do everything but write the output",
} as const satisfies FlagOption;

/** A first look: the rows that are read at most. */
export const ROWS_AT_MOST = {
  flag: "limit",
  ofOneRun: true,
  group: "Run",
  value: "<rows>",
  number: true,
  recorded: true,
  help: "read only the first rows, for a first look at a huge file",
  parse: parseWhole,
} as const satisfies FlagOption;

export const MAX_REFUSED = {
  flag: "max-refused",
  ofOneRun: true,
  group: "Run",
  value: "<percent>",
  number: true,
  recorded: true,
  help: "write nothing when more of the rows are refused (default: 10)",
  parse: parsePercent,
} as const satisfies FlagOption;

const ENCODING = {
  flag: "encoding",
  group: "Reading",
  value: "<label>",
  help: "encoding where the detected one is wrong, e.g. windows-1252",
} as const satisfies FlagOption;

const DELIMITER = {
  flag: "delimiter",
  group: "Reading",
  value: "<name>",
  help: "comma, semicolon, tab or pipe, where the detected one is wrong",
} as const satisfies FlagOption;

const SHEET = {
  flag: "sheet",
  group: "Reading",
  value: "<name>",
  help: "sheet of a workbook, by name or number (default: the first)",
} as const satisfies FlagOption;

/** What the flags say about how to read one input. */
export interface ReadingGiven {
  readonly encoding?: string | undefined;
  readonly delimiter?: Delimiter | undefined;
  readonly sheet?: string | undefined;
}

/** `read` of a job with one input. */
export const READ: PartedOption<ReadingGiven> = {
  recorded: true,
  parts: { encoding: ENCODING, delimiter: { ...DELIMITER, parse: parseDelimiter }, sheet: SHEET },
  join: (parts) => parts as ReadingGiven,
};

const asGiven = (text: string) => text;

type Parts = Readonly<Record<keyof ReadingGiven, Partial<Record<InputRole, never>> | undefined>>;

/** `read` of a job with several inputs: `--encoding utf-8` for all, `--encoding contacts=utf-16le` for one. */
export function readOption<Role extends InputRole>(
  roles: readonly Role[],
): PartedOption<Partial<Record<Role, ReadingGiven>>> {
  return {
    recorded: true,
    parts: {
      encoding: {
        ...ENCODING,
        help: "encoding where the detected one is wrong, e.g. windows-1252, or contacts=utf-16le for one file",
        repeatable: true,
        parseAll: parseByRole(roles, asGiven),
      },
      delimiter: { ...DELIMITER, repeatable: true, parseAll: parseByRole(roles, parseDelimiter) },
      sheet: { ...SHEET, repeatable: true, parseAll: parseByRole(roles, asGiven) },
    },
    join: (parts) => {
      const { encoding, delimiter, sheet } = parts as Parts;
      const read = roles.map((role) => [
        role,
        { encoding: encoding?.[role], delimiter: delimiter?.[role], sheet: sheet?.[role] },
      ]);
      return Object.fromEntries(read) as Partial<Record<Role, ReadingGiven>>;
    },
  };
}
