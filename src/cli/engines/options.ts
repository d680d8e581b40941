/** What the statements for an engine are made of, and the flags of `firsthash udf`. */
import { LIBRARY_ONLY, type OptionTable } from "../../base/options.ts";
import { COUNTRY } from "../../base/shared-options.ts";
import { EMAIL_RULE_SETS, type EmailRuleSet } from "../../base/types.ts";

/** Engines that there are statements for. */
export const ENGINES = ["bigquery", "snowflake", "duckdb", "clickhouse"] as const;

export type Engine = (typeof ENGINES)[number];

/** The scripts of `dist-udf/`, as they are in the package. */
export interface UdfScripts {
  /** E-mail, phone numbers and digests. */
  readonly all: string;
  /** Without phone numbers, and a tenth of the size. */
  readonly email: string;
}

/** What `engineStatements` takes. */
export interface StatementOptions {
  readonly engine: Engine;
  readonly scripts: UdfScripts;
  /** E-mail rule set: that of the destination. `microsoft-2026-11` by default. */
  readonly rules?: EmailRuleSet | undefined;
  /** Country of phone numbers that name none: ISO code or a name. */
  readonly country?: string | undefined;
  /** BigQuery: where the script lies, for phone numbers. */
  readonly library?: string | undefined;
}

/** Each option of {@link StatementOptions}. The engine is the command's argument. */
export const STATEMENT_OPTIONS = {
  engine: LIBRARY_ONLY,
  scripts: LIBRARY_ONLY,
  rules: {
    flag: "rules",
    group: "Statements",
    value: "<name>",
    choices: EMAIL_RULE_SETS,
    help: "e-mail rule set, that of the destination (default: microsoft-2026-11)",
  },
  country: { ...COUNTRY, group: "Statements" },
  library: {
    flag: "library",
    group: "Statements",
    value: "<gs://…>",
    help: "bigquery: where the file of --script lies, which phone numbers need: gs://bucket/firsthash.udf.js",
  },
} as const satisfies OptionTable<StatementOptions>;
