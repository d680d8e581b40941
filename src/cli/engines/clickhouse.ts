/**
 * ClickHouse: no JavaScript inside, but `executable()` starts a program beside the rows: `firsthash hash --stream`
 * (clickhouse.com/docs/sql-reference/table-functions/executable, 2026-08).
 */
import { safeJoin } from "./safe-join.ts";
import type { Statement } from "./statement.ts";

export function clickhouse({ rules, country }: Statement): string {
  const flags = country === undefined ? "" : ` --country ${country}`;
  const digests = `-- The columns of your contacts, in this order. Without a country column write ''. Keys are texts: cast numbers.
SELECT * FROM executable(
  'firsthash hash --stream --fields key,email,phone,country --rules ${rules}${flags}',
  TabSeparated,
  'person Nullable(String), hashed_email Nullable(String), hashed_phone Nullable(String)',
  (SELECT trim(customer_id), email, phone, country FROM contacts WHERE trim(customer_id) NOT IN (
    -- Who said no in one row said no. Without a consent column leave this condition out.
    SELECT trim(customer_id) FROM contacts WHERE coalesce(consent, '') <> 'yes'
  ))
)`;
  return `-- firsthash in ClickHouse. It starts programs of its folder for scripts alone (user_scripts_path): put this one there
-- on each server, where node is among the programs that the server finds:
--   ln -s "$(command -v firsthash)" /var/lib/clickhouse/user_scripts/firsthash
-- Try it on a server before you rely on it:
--   firsthash selftest

-- One row for each conversion. Export it as a CSV file, ordered by an id of the conversions so that two exports are
-- one file, for: firsthash prepare --conversions joined.csv
CREATE TABLE joined ENGINE = MergeTree ORDER BY tuple() AS
${safeJoin({ text: digests, agreed: false })};
`;
}
