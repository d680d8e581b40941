/** The recipe for PostgreSQL in docs/library.md, with a server of its own in a folder of its own. */
import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { program } from "../helpers/parts.ts";
import { programs, recipeOf } from "../helpers/recipes.ts";
import { run, runProgram, scratch } from "../helpers/run.ts";

const initdb = program("postgresql", "initdb");
const ctl = program("postgresql", "pg_ctl");
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** The server refuses to run as root. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** Runs a program of the server's, as somebody who is not root. */
async function server(command: string, ...args: string[]): Promise<void> {
  const asUser = ["--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups", command];
  const { code, stderr } = isRoot
    ? await runProgram("setpriv", [...asUser, ...args])
    : await runProgram(command, args);
  if (code !== 0) throw new Error(stderr);
}

describe.skipIf(initdb === undefined || ctl === undefined)("PostgreSQL", () => {
  const folder = scratch();
  const data = join(folder, "data");
  const connection = { host: folder, user: "shop", database: "postgres" };

  beforeAll(async () => {
    mkdirSync(data);
    if (isRoot) for (const path of [folder, data]) chownSync(path, NOBODY, NOBODY);
    chmodSync(folder, 0o755);
    await server(initdb ?? "", "-D", data, "-U", "shop", "-A", "trust", "--no-sync", "-E", "UTF8");
    const options = `-k ${folder} -c listen_addresses= -c fsync=off`;
    await server(ctl ?? "", "-D", data, "-w", "-l", join(folder, "log"), "-o", options, "start");
    const client = new pg.Client(connection);
    await client.connect();
    await client.query(`
      CREATE TABLE customers (customer_id bigint, email text, phone text, country text);
      INSERT INTO customers
        SELECT n, 'person' || n || '@example.com', '(212) 555-0101', 'US' FROM generate_series(1, 5000) n;
      CREATE TABLE orders (customer_id bigint, paid_at timestamptz, total numeric(12, 2), currency text);
      INSERT INTO orders
        SELECT n, now() - interval '3 days' - n * interval '1 minute', n + 0.50, 'USD'
        FROM generate_series(1, 2500) n;
      INSERT INTO orders VALUES (9999999, now() - interval '3 days', 1, 'USD'), (1, NULL, 1, 'USD');
    `);
    await client.end();
  }, 120_000);

  afterAll(async () => {
    if (existsSync(join(data, "postmaster.pid")))
      await server(ctl ?? "", "-D", data, "-m", "fast", "stop");
  }, 60_000);

  it("is read by cursors, in batches, into the file of the rows", async () => {
    const work = programs("pg", "pg-cursor");
    writeFileSync(join(work, "run.mjs"), recipeOf("docs/library.md", "postgresql"));
    const env = { PGHOST: folder, PGUSER: "shop", PGDATABASE: "postgres" };
    const { code, stdout, stderr } = await run(["run.mjs"], { cwd: work, env });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.replace(/\s+/g, " ")).toContain("read: 2502, written: 2500");
    const [, , second = ""] = readFileSync(join(work, "upload.csv"), "utf8").split("\r\n");
    expect(second).toContain(sha256("person1@example.com"));
    expect(second).toContain("1.5");
  });
});
