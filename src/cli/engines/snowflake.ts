/**
 * Snowflake: JavaScript functions, which have their code inline and the names of their arguments in capitals. It
 * recommends at most 100 KB and says that the limit depends on how well the code compresses
 * (docs.snowflake.com/en/developer-guide/udf/javascript/udf-javascript-limitations, 2026-08). Not run by this
 * project's tests: it needs an account.
 */
import { hashedByFunctions, safeJoin } from "./safe-join.ts";
import { selfCheck } from "./self-check.ts";
import { guarded, quoted, type Statement } from "./statement.ts";

const SCHEMA = "firsthash.";

export function snowflake({ scripts, rules, country }: Statement): string {
  const define = (name: string, args: readonly string[], script: string, call: string) =>
    `CREATE OR REPLACE FUNCTION ${SCHEMA}${name}(${args.map((arg) => `${arg} STRING`).join(", ")})
RETURNS STRING LANGUAGE JAVASCRIPT IMMUTABLE AS $$
${guarded(script, call, args)}
$$;`;
  const check = (phones: boolean) => selfCheck({ schema: SCHEMA, rules, phones });
  return `-- firsthash in Snowflake: NULL gives NULL, and a cell that cannot be hashed gives NULL.
CREATE SCHEMA IF NOT EXISTS firsthash;

${define("hash_email", ["CELL", "RULES"], scripts.email, "hashEmail")}

${define("pass_hashed", ["CELL"], scripts.email, "passHashed")}

-- Published vectors. This must give no row; where it gives one, do not use the functions.
${check(false)};

-- Phone numbers need ${Math.round(scripts.all.length / 1000)} KB of code, more than the 100 KB that Snowflake recommends. Where it does not take
-- this, hash the phone numbers outside (docs/scale.md), or create the function as
-- CREATE OR REPLACE FUNCTION ${SCHEMA}hash_phone(CELL STRING, COUNTRY STRING, FALLBACK STRING) RETURNS STRING AS 'NULL::STRING';
${define("hash_phone", ["CELL", "COUNTRY", "FALLBACK"], scripts.all, "hashPhone")}

-- The same with phone numbers. No row here either.
${check(true)};

-- One row for each conversion. Export it as a CSV file, ordered by an id of the conversions so that two exports are
-- one file, for: firsthash prepare --conversions joined.csv
CREATE OR REPLACE TABLE firsthash.joined AS
${safeJoin(hashedByFunctions({ schema: SCHEMA, rules: quoted(rules), country: quoted(country) }))};
`;
}
