/** `firsthash inspect`, run as a user runs it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { SAMPLES, scratch } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";

it("prints what is in the contacts", async () => {
  const { code, stdout, stderr } = await warmFirsthash(["inspect", "samples/contacts.csv"]);
  expect(code).toBe(0);
  expect(stderr).toBe("");
  expect(stdout.split("\n").slice(0, 4)).toEqual([
    "file         samples/contacts.csv: 20 rows",
    "             utf-8, comma, LF line ends, header on line 1",
    'columns      key           "Contact ID": 20 different, 0 more than once, 0 empty',
    '             email         "Email": 16 usable (80 %), 2 empty, 2 refused',
  ]);
  expect(stdout).toContain('not read      "First Name", "Last Name", "Notes"');
  expect(stdout).toMatch(/\nnext {9}firsthash prepare --contacts samples\/contacts\.csv .*\n$/);
});

it("prints the report as JSON, from standard input too", async () => {
  const input = readFileSync(join(SAMPLES, "contacts.csv"));
  const { code, stdout } = await warmFirsthash(["inspect", "-", "--json", "--country", "US"], {
    input,
  });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    schema: "firsthash.inspect/1",
    file: "stdin",
    rows: 20,
    people: { both: 14 },
  });
});

it("gives a command that works once its blanks are filled in", async () => {
  const folder = scratch();
  for (const name of ["contacts.csv", "conversions.csv"]) {
    writeFileSync(join(folder, name), readFileSync(join(SAMPLES, name)));
  }
  const { stdout } = await warmFirsthash(["inspect", "conversions.csv"], { cwd: folder });
  const command = /next +firsthash (.*)/.exec(stdout)?.[1] ?? "";
  const words = command
    .replace("<file>", "contacts.csv")
    .replace("<iana>", "America/New_York")
    .match(/"[^"]*"|\S+/g)
    ?.map((word) => word.replaceAll('"', ""));
  const args = [...(words ?? []), "--country", "US", "--as-of", "2026-11-20T12:00:00Z"];
  const { code, stderr } = await warmFirsthash(args, { cwd: folder });
  expect(stderr).toContain("19 of 24 rows");
  expect(code).toBe(0);
});

it.each([
  ["no file", [], 2, "inspect takes a file, and none was given"],
  ["a file that is not there", ["nowhere.csv"], 3, "there is no such file"],
  ["a country that is none", ["samples/contacts.csv", "--country", "Atlantis"], 2, "--country"],
  ["a column that is not there", ["samples/contacts.csv", "--key", "Kontakt"], 2, "--key"],
  ["a delimiter that is none", ["samples/contacts.csv", "--delimiter", "x"], 2, "--delimiter"],
  ["an unknown encoding", ["samples/contacts.csv", "--encoding", "utf-9"], 2, "--encoding"],
] as const)("refuses %s", async (_, args, code, message) => {
  const result = await warmFirsthash(["inspect", ...args]);
  expect(result.code).toBe(code);
  expect(result.stderr).toContain(message);
  expect(result.stdout).toBe("");
});
