/** Consent on the command line: what is left out is counted and named, and the column must be said. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { scratch } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";

let folder: string;

beforeEach(() => {
  folder = scratch();
  const people = [
    "Contact ID,Email,Marketing OK",
    "1,ann@example.com,Ja",
    "2,bob@example.com,Nein",
  ];
  const deals = ["Contact ID,Conversion Name,Conversion Time"];
  for (const id of [1, 2, 1, 2]) deals.push(`${id},Sale,2026-11-19T1${deals.length}:00:00Z`);
  writeFileSync(join(folder, "contacts.csv"), `${people.join("\n")}\n`);
  writeFileSync(join(folder, "conversions.csv"), `${deals.join("\n")}\n`);
});

const prepare = (...args: string[]) =>
  warmFirsthash(
    [
      ...["prepare", "--contacts", "contacts.csv", "--conversions", "conversions.csv"],
      ...["--as-of", "2026-11-20T12:00:00Z", "-o", "upload.csv", ...args],
    ],
    { cwd: folder },
  );

// python3: hashlib.sha256(b"ann@example.com").hexdigest(), and bob's
const ANN = "71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476";
const BOB = "5ff860bf1190596c7188ab851db691f0f3169c453936e9e1eba2f9a47f7a0018";

it("leaves out who did not agree, and says how many and where", async () => {
  const { code, stderr } = await prepare(
    ...["--column", "consent=Marketing OK", "--consent-values", "ja, yes"],
  );
  expect(stderr).toContain("2 of 4 rows to upload.csv");
  expect(stderr).toContain("excluded     2 no consent (lines 3, 5)");
  expect(code).toBe(0);
  const upload = readFileSync(join(folder, "upload.csv"), "utf8");
  expect(upload).toContain(ANN);
  expect(upload).not.toContain(BOB);
});

it("writes nothing, and says what to do, when nobody agreed in the words of the list", async () => {
  const { code, stderr } = await prepare("--column", "consent=Marketing OK", "--verbose");
  expect(stderr).toContain("4 no consent (lines 2, 3, 4, 5)");
  expect(stderr).toContain("--consent-values");
  expect(stderr).toContain("no row can be written");
  expect(code).toBe(1);
});

it.each([
  ["values without a column", ["--consent-values", "ja"], "needs a consent column"],
  [
    "an empty list of values",
    ["--column", "consent=Marketing OK", "--consent-values", " , "],
    "--consent-values is empty",
  ],
  ["a column that is not there", ["--column", "consent=Opt-in"], "names no column of"],
])("refuses %s", async (_, args, message) => {
  const { code, stderr } = await prepare(...args);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});
