/** docs/library.md: each recipe is taken out of the text and run. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { describe, expect, it } from "vitest";
import { duckdb } from "../helpers/duckdb.ts";
import { programs, recipeIds, recipeOf, shell } from "../helpers/recipes.ts";
import { ROOT, run } from "../helpers/run.ts";

const recipe = (id: string) => recipeOf("docs/library.md", id);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** A folder with a recipe as a file, and with the packages that it imports. */
function folderWith(files: Readonly<Record<string, string>>, ...packages: string[]): string {
  const folder = programs(...packages);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

const CUSTOMERS =
  "customer_id,email,phone,country\n1,ann@example.com,(212) 555-0101,US\n2,bob@example.com,,US\n";
const ORDERS = `customer_id,paid_at,total\n1,${hoursAgo(50)},12.50\n2,${hoursAgo(60)},7\n`;

describe("docs/library.md", () => {
  it("has no recipe that nothing runs", () => {
    const here = ["duckdb", "several", "records", "express", "worker", "lambda", "lambda-bundle"];
    // PostgreSQL is in postgresql.real.test.ts.
    const all = [...here, "airflow", "dbt", "errors", "postgresql"];
    expect(recipeIds("docs/library.md").sort()).toEqual(all.sort());
  });

  it("reads Parquet through DuckDB's cursors", async () => {
    const folder = folderWith(
      { "run.mjs": recipe("duckdb"), "c.csv": CUSTOMERS, "o.csv": ORDERS.replaceAll("Z", "") },
      "@duckdb",
    );
    const copy = (from: string, to: string) => `COPY (FROM '${from}') TO '${to}' (FORMAT parquet)`;
    await duckdb(
      ":memory:",
      [copy("c.csv", "customers.parquet"), copy("o.csv", "orders.parquet")],
      folder,
    );
    const { code, stdout, stderr } = await run(["run.mjs"], { cwd: folder });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("written: 2");
    expect(readFileSync(join(folder, "upload.csv"), "utf8")).toContain(sha256("ann@example.com"));
  });

  it("reads several files, and says the file of a line", async () => {
    const deals = (...rows: string[]) => `Contact ID,Close Date\n${rows.join("\n")}\n`;
    const folder = folderWith({
      "run.mjs": recipe("several"),
      "contacts.csv": "Contact ID,Email\nA-1,ann@example.com\n",
      "october.csv": deals(`A-1,${hoursAgo(90)}`),
      "november.csv": deals(
        ...Array.from({ length: 12 }, (_, at) => `A-1,${hoursAgo(40 + at)}`),
        "A-9,2026",
      ),
    });
    const { code, stdout, stderr } = await run(["run.mjs"], { cwd: folder });
    expect([code, stdout.trim()]).toEqual([0, "october.csv 1, november.csv 13, contacts.csv 1"]);
    expect(stderr).toMatch(/^november\.csv:14: .*\n$/);
  });

  it("hashes rows on their way, in TypeScript", async () => {
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const folder = folderWith({ "run.mts": recipe("records") });
    const args = [
      "run.mts",
      "--strict",
      "--target",
      "es2022",
      "--module",
      "nodenext",
      "--types",
      "node",
    ];
    const roots = ["--typeRoots", join(ROOT, "node_modules/@types")];
    const compiled = await run([tsc, ...args, ...roots], { cwd: folder });
    expect(compiled.stdout).toBe("");
    const { stdout } = await run(["run.mjs"], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual({
      id: 7,
      hashed_email: sha256("jane@contoso.com"),
      hashed_phone: sha256("+491713920012"),
    });
  });

  it("answers visitors of an Express app, and repeats nothing that they typed", async () => {
    const folder = folderWith({ "app.mjs": recipe("express") }, "express");
    const env = { ...process.env, PORT: "0" };
    const app = spawn(process.execPath, ["app.mjs"], { cwd: folder, env, stdio: "pipe" });
    try {
      const [first] = (await once(app.stdout, "data")) as [Buffer];
      const post = (body: unknown) =>
        fetch(`http://127.0.0.1:${String(first).trim()}/leads`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        });
      const saved = once(app.stdout, "data");
      expect((await post({ email: "ann@example.com", clickId: "c1" })).status).toBe(202);
      const [lead] = (await saved) as [Buffer];
      expect(JSON.parse(String(lead))).toMatchObject({
        clickId: "c1",
        email: sha256("ann@example.com"),
      });
      const refused = await post({ email: "not an address", phone: 7 });
      expect(refused.status).toBe(422);
      expect(await refused.text()).not.toContain("not an address");
    } finally {
      app.kill();
    }
  });

  it("works off a queue, job by job", async () => {
    const folder = folderWith({ "worker.mjs": recipe("worker") });
    const { default: work } = await import(pathToFileURL(join(folder, "worker.mjs")).href);
    expect(
      await work({ data: { id: 1, email: "ann@example.com", phone: "0171 3920012" } }),
    ).toEqual({
      id: 1,
      email: sha256("ann@example.com"),
      phone: sha256("+491713920012"),
      refused: 0,
    });
    expect(await work({ data: { id: 2, email: "nobody", phone: null } })).toMatchObject({
      refused: 1,
    });
  });

  it("is one file for Lambda, without packages beside it", async () => {
    expect(recipe("lambda-bundle")).toContain("handler.mjs --platform node --format cjs");
    const folder = folderWith({ "handler.mjs": recipe("lambda") });
    const bundle = await rolldown({ input: join(folder, "handler.mjs"), platform: "node" });
    const made = join(folder, "dist/index.js");
    await bundle.write({ file: made, format: "cjs" });
    await bundle.close();
    // Where a function runs there is that file alone.
    const deployed = join(folder, "deployed");
    mkdirSync(deployed);
    copyFileSync(made, join(deployed, "index.cjs"));
    const { handler } = createRequire(import.meta.url)(join(deployed, "index.cjs"));
    const body = JSON.stringify({ email: "ann@example.com", phone: "(212) 555-0101" });
    expect(await handler({ Records: [{ messageId: "m1", body }] })).toEqual({
      rows: [{ messageId: "m1", email: sha256("ann@example.com"), phone: sha256("+12125550101") }],
    });
  });

  it("runs by command from Airflow", async () => {
    const python = recipe("airflow");
    const folder = folderWith({
      "orders.csv": ORDERS,
      "customers.csv": CUSTOMERS,
      "dag.py": python,
      "firsthash.json": JSON.stringify({
        ...{ conversions: "orders.csv", contacts: "customers.csv", key: "customer_id" },
        ...{
          goal: "Sale",
          country: "US",
          output: "upload.csv",
          column: { time: "paid_at", value: "total" },
        },
        currency: "USD",
      }),
    });
    const compiled = await shell(folder, "python3 -m py_compile dag.py");
    expect(compiled.code, compiled.stderr).toBe(0);
    const { code, stderr } = await shell(folder, /bash_command="(.+)"/.exec(python)?.[1] ?? "");
    expect([code, stderr]).toEqual([0, expect.stringContaining("2 of 2 rows to upload.csv")]);
    expect(JSON.parse(readFileSync(join(folder, "prepare.json"), "utf8"))).toMatchObject({
      ok: true,
    });
  });

  it("runs by command after dbt, and not where dbt failed", async () => {
    const folder = folderWith({
      "made-orders.csv": ORDERS.replace("paid_at,total", "Paid at,Total Price"),
      "made-customers.csv": CUSTOMERS,
    });
    const dbt = (body: string) =>
      writeFileSync(join(folder, "bin/dbt"), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    dbt(
      '[ "$1" = build ] || { cp made-orders.csv orders.csv; cp made-customers.csv customers.csv; }',
    );
    const { code, stderr } = await shell(folder, recipe("dbt"));
    expect([code, stderr]).toEqual([0, expect.stringContaining("2 of 2 rows to upload.csv")]);
    dbt("exit 1");
    const failed = await shell(folder, recipe("dbt"));
    expect([failed.code, failed.stderr]).toEqual([1, ""]);
  });

  it("says what went wrong, by whom", async () => {
    const folder = folderWith({ "run.mjs": recipe("errors") });
    const { stdout } = await run(["run.mjs"], { cwd: folder });
    expect(stdout.trim()).toBe(
      "input | conversions: cannot be read: its source failed | the connection was lost",
    );
  });
});
