// SQL alone, on all cores. SQL knows no numbering plans, so the phone column stays empty: less work than
// asked. It marks what a database does with the rest.
import { DuckDBInstance } from "@duckdb/node-api";

const [shape, ...paths] = process.argv.slice(2);
const text = (path) => `'${path.replaceAll("'", "''")}'`;
const csv = (path, more = "") =>
  `read_csv(${text(path)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'${more})`;

const DIGEST = `
  CASE WHEN regexp_full_match(address, '[a-z0-9_''-]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}')
  THEN sha256(address) ELSE '' END`;
const ADDRESS = `
  strip_accents(replace(regexp_replace(split_part(plain, '@', 1), '\\+.*', ''), '.', '')) || substr(plain, strpos(plain, '@'))`;
const PLAIN = "lower(regexp_replace(coalesce(\"Email\", ''), '\\s+', '', 'g'))";

const people = (from, keep) => `
  SELECT ${keep}, ${DIGEST} AS email FROM
    (SELECT *, ${ADDRESS} AS address FROM (SELECT *, ${PLAIN} AS plain FROM ${from}))`;

const source =
  shape === "single"
    ? `SELECT row_number() OVER () + 1 AS line, * FROM (${people(csv(paths[0]), '"Conversion Name", "Conversion Time", "Conversion Value", "Conversion Currency"')})`
    : `SELECT c.*, p.email FROM (SELECT row_number() OVER () + 1 AS line, * FROM ${csv(paths[1])}) c
       JOIN (${people(`(SELECT * FROM ${csv(paths[0])} WHERE "Contact ID" IN (SELECT "Contact ID" FROM ${csv(paths[1])}))`, '"Contact ID"')}) p
       ON c."Contact ID" = p."Contact ID"`;

const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run(`
  COPY (SELECT 'Offline Conversion' AS "Type", '' AS "Status", '' AS "Id", '' AS "Parent Id",
      'row-' || line AS "Client Id", '' AS "Name", "Conversion Currency" AS "Conversion Currency Code",
      "Conversion Name", strftime(CAST(replace("Conversion Time", 'Z', '') AS TIMESTAMP), '%-m/%-d/%Y %-I:%M:%S %p') AS "Conversion Time",
      "Conversion Value", '' AS "Microsoft Click Id", email AS "Hashed Email Address", '' AS "Hashed Phone Number"
    FROM (${source}) WHERE email <> '' ORDER BY line)
  TO ${text(paths.at(-1))} (HEADER, DELIMITER ',')`);
