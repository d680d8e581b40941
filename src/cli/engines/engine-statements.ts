/** The statements that install the rules in an engine and use them there: `firsthash udf`. */
import { optionError } from "../../base/errors.ts";
import { regionOption } from "../../identity/phone-settings.ts";
import { DEFAULT_EMAIL_RULES } from "../../identity/rules.ts";
import { bigquery } from "./bigquery.ts";
import { clickhouse } from "./clickhouse.ts";
import { duckdb } from "./duckdb.ts";
import type { Engine, StatementOptions } from "./options.ts";
import { snowflake } from "./snowflake.ts";
import type { Statement } from "./statement.ts";

const TEXTS: Readonly<Record<Engine, (statement: Statement) => string>> = {
  bigquery,
  snowflake,
  duckdb,
  clickhouse,
};

/** An address of Cloud Storage that stands between quotes as it is. */
const LIBRARY = /^gs:\/\/[\w.-]+\/[\w./ -]+\.js$/;

/**
 * The text to run in an engine: functions, a check of published vectors, and a join that is safe.
 *
 * @throws FirsthashError "usage"
 */
export function engineStatements(options: StatementOptions): string {
  const { engine, scripts, rules = DEFAULT_EMAIL_RULES, library } = options;
  if (library !== undefined && engine !== "bigquery") {
    throw optionError("library", "is about bigquery", "leave it out");
  }
  if (library !== undefined && !LIBRARY.test(library)) {
    throw optionError(
      "library",
      "is not the address of a script in Cloud Storage",
      "such as gs://bucket/firsthash.udf.js",
    );
  }
  return TEXTS[engine]({ scripts, rules, country: regionOption(options.country), library });
}
