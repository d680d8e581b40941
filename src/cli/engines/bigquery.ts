/**
 * BigQuery: JavaScript functions. Inline code has at most 32 KB, a library of Cloud Storage 1 MB
 * (docs.cloud.google.com/bigquery/quotas#udf_limits, 2026-08). Not run by this project's tests: it needs an account.
 */
import { hashedByFunctions, safeJoin } from "./safe-join.ts";
import { selfCheck } from "./self-check.ts";
import { guarded, quoted, type Statement } from "./statement.ts";

const SCHEMA = "firsthash.";

export function bigquery({ scripts, rules, country, library }: Statement): string {
  const define = (name: string, args: readonly string[], call: string) => {
    const given = args.map((arg) => `${arg} STRING`).join(", ");
    const head = `CREATE OR REPLACE FUNCTION ${SCHEMA}${name}(${given}) RETURNS STRING DETERMINISTIC LANGUAGE js`;
    return library === undefined
      ? `${head} AS r"""\n${guarded(scripts.email, call, args)}\n""";`
      : `${head}\nOPTIONS (library = ["${library}"]) AS r"""return firsthash.${call}(${args.join(", ")});""";`;
  };
  const phones =
    library === undefined
      ? `-- Phone numbers need the whole script, which is too large for a statement: write it with
-- firsthash udf bigquery --script firsthash.udf.js, put it into a bucket, and give its address as --library.
-- Until then phone numbers give NULL.
CREATE OR REPLACE FUNCTION ${SCHEMA}hash_phone(cell STRING, country STRING, fallback STRING) RETURNS STRING
AS (CAST(NULL AS STRING));`
      : define("hash_phone", ["cell", "country", "fallback"], "hashPhone");
  return `-- firsthash in BigQuery: NULL gives NULL, and a cell that cannot be hashed gives NULL.
CREATE SCHEMA IF NOT EXISTS firsthash;

${define("hash_email", ["cell", "rules"], "hashEmail")}

${define("pass_hashed", ["cell"], "passHashed")}

${phones}

-- Published vectors. This must give no row; where it gives one, do not use the functions.
${selfCheck({ schema: SCHEMA, rules, phones: library !== undefined })};

-- One row for each conversion. Export it as a CSV file, ordered by an id of the conversions so that two exports are
-- one file, for: firsthash prepare --conversions joined.csv
CREATE OR REPLACE TABLE firsthash.joined AS
${safeJoin(
  hashedByFunctions({
    schema: SCHEMA,
    rules: quoted(rules),
    country: quoted(country),
  }),
)};
`;
}
