/** `--template`: a copy of the user's own, read before the inputs. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { beforeEach, expect, it } from "vitest";
import { adobe } from "../../src/destinations/adobe.ts";
import { CONVERSIONS } from "../destinations/rows.ts";
import { SAMPLE_ARGS, SAMPLES, scratch } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";
import { bytesOf } from "../write/helpers.ts";

const TEMPLATE = join(SAMPLES, "template.csv");

let folder: string;
beforeEach(() => {
  folder = scratch();
});

const run = (...args: string[]) => warmFirsthash([...SAMPLE_ARGS, "--max-refused", "20", ...args]);

it("is filled as it stands, and what is left empty is said", async () => {
  const output = join(folder, "filled.csv");
  const { code, stderr } = await run("--to", "adobe", "--template", TEMPLATE, "-o", output);
  expect(stderr).toContain("the template's column Campaign note is left empty");
  expect(code).toBe(0);
  const lines = readFileSync(output, "utf8").split("\r\n");
  const template = readFileSync(TEMPLATE, "utf8").trimEnd().split("\n");
  expect(lines.slice(0, 3)).toEqual(template.slice(0, 3));
  expect(lines[3]).toBe("Parameters:TimeZone=+0000,,,,,,");
  expect(lines[4]).toBe(template[4]);
});

it("may be a workbook, and may be filled into one", async () => {
  const template = join(folder, "template.xlsx");
  writeFileSync(
    template,
    bytesOf(adobe, { format: "xlsx", layout: "2024-11" }, CONVERSIONS.slice(0, 1)),
  );
  const text = join(folder, "a.csv");
  const book = join(folder, "a.xlsx");
  expect((await run("--to", "adobe", "--template", template, "-o", text)).code).toBe(0);
  expect((await run("--to", "adobe", "--template", template, "-o", book)).code).toBe(0);
  const golden = readFileSync(join(SAMPLES, "outputs/adobe-2024-11.csv"));
  // The row of the copy is an example, and is not kept.
  expect(readFileSync(text).equals(golden)).toBe(true);
  const parts = unzipSync(readFileSync(book));
  const texts = Object.values(parts).map((part) => Buffer.from(part).toString());
  expect(texts.join()).toContain("Hashed Email Address");
});

it("serves microsoft-import too", async () => {
  const output = join(folder, "import.csv");
  const { code } = await run("--to", "microsoft-import", "--template", TEMPLATE, "-o", output);
  expect(code).toBe(0);
  expect(readFileSync(output, "utf8")).toContain("Conversion Name*,Conversion Time*");
});

it.each([
  [
    "a destination without templates",
    ["--to", "microsoft-bulk"],
    TEMPLATE,
    "--template is nothing that microsoft-bulk takes",
  ],
  [
    "a layout beside it",
    ["--to", "adobe", "--layout", "2026-05"],
    TEMPLATE,
    "--layout and --template exclude",
  ],
  [
    "two destinations",
    ["--to", "adobe", "--to", "microsoft-import"],
    TEMPLATE,
    "a single destination",
  ],
  [
    "a template that is no template",
    ["--to", "adobe"],
    join(SAMPLES, "contacts.csv"),
    "no row with the header Conversion Name",
  ],
])("%s is a usage error, before an input is read", async (_what, args, template, message) => {
  const { code, stderr } = await warmFirsthash(
    ["prepare", "--conversions", "nowhere.csv", "--template", template, ...args, "-o", "{to}.csv"],
    { cwd: folder },
  );
  expect(stderr).toContain(message);
  expect(code).toBe(2);
  expect(readdirSync(folder)).toEqual([]);
});

it("that is missing is an input error, and the template is never replaced", async () => {
  const output = join(folder, "a.csv");
  const missing = await run("--to", "adobe", "--template", join(folder, "t.csv"), "-o", output);
  expect(missing.stderr).toContain("there is no such file");
  expect(missing.code).toBe(3);
  const copy = join(folder, "copy.csv");
  writeFileSync(copy, readFileSync(TEMPLATE));
  const itself = await run("--to", "adobe", "--template", copy, "-o", copy, "--force");
  expect(itself.code).toBe(2);
  expect(readFileSync(copy).equals(readFileSync(TEMPLATE))).toBe(true);
});
