/** The recipes of the documents, taken out of the text by their ids, and the files that those of docs/scale.md are about. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "vitest";
import { duckdb, tableOf } from "./duckdb.ts";
import { BIN, ROOT, type RunResult, run, runProgram, scratch } from "./run.ts";
import { people } from "./shards.ts";

/** A recipe of docs/scale.md. */
export function recipe(id: string): string {
  return recipeOf("docs/scale.md", id);
}

/**
 * The code below `<!-- recipe: ID -->`.
 *
 * @throws Error where the text has no such recipe, or two
 */
export function recipeOf(document: string, id: string): string {
  const text = readFileSync(join(ROOT, document), "utf8");
  const found = [...text.matchAll(/^<!-- recipe: ([\w-]+) -->\n```\w+\n([\s\S]*?)^```$/gm)];
  const [only, ...more] = found.filter(([, name]) => name === id);
  if (only === undefined || more.length > 0) throw new Error(`${document}: recipe ${id}`);
  return only[2] as string;
}

/** The ids of all recipes. */
export function recipeIds(document = "docs/scale.md"): string[] {
  const text = readFileSync(join(ROOT, document), "utf8");
  return [...text.matchAll(/recipe: ([\w-]+)/g)].map(([, id = ""]) => id);
}

/** A folder where programs may import these packages of ours and this one, and where a shell finds `firsthash`. */
export function programs(...packages: string[]): string {
  const folder = scratch();
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules/firsthash"));
  for (const name of packages) {
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  }
  mkdirSync(join(folder, "bin"));
  const script = `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`;
  writeFileSync(join(folder, "bin/firsthash"), script, { mode: 0o755 });
  return folder;
}

/**
 * A folder with contacts.csv, conversions.csv and firsthash.json, and with the packages that a program there may
 * import.
 */
export function customer(count: number, seed: number): string {
  const folder = programs("@duckdb");
  const { rows, conversions } = people(count, seed);
  const contacts = rows.map(({ text }, at) => {
    const [key, email, phone, consent] = text.trimEnd().split(",");
    // Spaces around a key, which tear a person apart where nobody takes them off.
    return `${at % 3 === 0 ? ` ${key} ` : key},${email},${phone},,${consent}\n`;
  });
  contacts.push(",p0@example.com,,,yes\n", " ,p1@example.com,,,yes\n");
  const [, ...lines] = conversions.trimEnd().split("\n");
  lines.push(",2026-11-05T10:00:00Z,7", " ,2026-11-06T10:00:00Z,8");
  const numbered = lines.map((line, at) => `${line},c${String(at).padStart(6, "0")}\n`);
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("contacts.csv", `customer_id,email,phone,country,consent\n${contacts.join("")}`);
  write("conversions.csv", `customer_id,Conversion Time,Value,conversion_id\n${numbered.join("")}`);
  const usual = { conversions: "conversions.csv", key: "customer_id", ...SALE, country: "US" };
  write("firsthash.json", JSON.stringify({ ...usual, "max-refused": "100" }));
  return folder;
}

const SALE = { goal: "Sale", currency: "USD", "as-of": "2026-11-20T12:00:00Z" };

/** Runs a recipe for a shell, with `firsthash` among its programs. */
export function shell(folder: string, script: string): Promise<RunResult> {
  const PATH = join(folder, "bin") + delimiter + process.env.PATH;
  return runProgram("bash", ["-c", script], { cwd: folder, env: { PATH } });
}

/** A folder after a run of what `firsthash udf duckdb` prints, with the contacts and conversions of its customer. */
export async function joinedByDuckdb(program: string, seed: number) {
  const folder = customer(400, seed);
  await duckdb(
    "my.duckdb",
    [tableOf("contacts", "contacts.csv"), tableOf("conversions", "conversions.csv")],
    folder,
  );
  writeFileSync(join(folder, "join.mjs"), program);
  return { folder, ran: await run(["join.mjs", "my.duckdb"], { cwd: folder }) };
}

/** The upload file of joined.csv: by the recipe, with what the file of options says elsewhere. */
export async function preparedJoined(folder: string): Promise<string> {
  const more = "--max-refused 100 --as-of 2026-11-20T12:00:00Z";
  const { code, stderr } = await shell(folder, `${recipe("prepare-joined").trimEnd()} ${more}`);
  expect(code, stderr).toBe(0);
  return readFileSync(join(folder, "upload.csv"), "utf8");
}

/** What one machine writes. It leaves no upload.csv behind. */
export async function onOneMachine(folder: string): Promise<string> {
  const { code, stderr } = await shell(
    folder,
    recipe("one-machine").replace("-o upload.csv", "-o one.csv"),
  );
  expect(code, stderr).toBe(0);
  const text = readFileSync(join(folder, "one.csv"), "utf8");
  expect(text.split("\n").length).toBeGreaterThan(50);
  return text;
}
