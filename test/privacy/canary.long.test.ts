/**
 * Nothing personal leaves (rules.md 10). Each scene is an input in which every personal cell is a word
 * that stands nowhere else; after a run of the real binary, everything that the run has left or said is
 * searched for all of them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { warmFirsthash } from "../helpers/warm.ts";
import { filesLeft, layOut, leaksOf } from "./play.ts";
import { buildScene, SCENES, type Scene } from "./scenes.ts";

const AS_OF = "2026-11-20T12:00:00Z";

/** Ways to ask for output. Scenes take turns, and some take all. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  "a file, --verbose and --report": [
    "--verbose",
    "--report",
    "report.json",
    "--report",
    "report.html",
    "-o",
    "upload.csv",
  ],
  "stdout and --json": ["--json", "-o", "-"],
  "a dry run, --json and --verbose": ["--json", "--verbose", "--dry-run"],
  "a workbook and a saved configuration": [
    "--verbose",
    "--to",
    "microsoft-import",
    "--save-config",
    "saved.json",
    "-o",
    "upload.xlsx",
  ],
};
const WAY_NAMES = Object.keys(WAYS);

function argumentsOf(scene: Scene, way: readonly string[]): string[] {
  const files = (flags: readonly string[]) =>
    flags.map((flag) => (flag in scene.files ? `../in/${flag}` : flag));
  return [
    "prepare",
    ...(scene.contacts === undefined ? [] : ["--contacts", `../in/${scene.contacts}`]),
    "--conversions",
    `../in/${scene.conversions}`,
    ...(scene.contacts === undefined || scene.flags.includes("--key")
      ? []
      : ["--key", "Contact ID"]),
    "--as-of",
    AS_OF,
    ...files(scene.flags),
    ...way,
  ];
}

async function play(scene: Scene, way: readonly string[]) {
  const folders = layOut(scene);
  const result = await warmFirsthash(argumentsOf(scene, way), {
    cwd: folders.work,
    env: { TMPDIR: folders.temp, HOME: folders.home },
  });
  return { folders, result, leaks: leaksOf(scene, folders, result) };
}

/** What a cell of an upload may be: ours, a digest, a time, a value, a currency, a name, a row number. */
const ALLOWED =
  /^(?:|Type|Status|Id|Parent Id|Client Id|Name|(?:Hashed |Conversion |Microsoft |External )[A-Za-z ]+|Format Version|6\.0|Offline Conversion|row-\d+|Sale|[A-Z]{3}|\d{1,2}\/\d{1,2}\/2026 \d{1,2}:\d\d:\d\d [AP]M|\d+|[0-9a-f]{64})$/;

function expectOnlyAllowedCells(upload: string): void {
  const rows = upload
    .replace(/^\ufeff/, "")
    .trimEnd()
    .split("\r\n");
  expect(rows.length).toBeGreaterThan(2);
  for (const cell of rows.flatMap((row) => row.split(","))) expect(cell).toMatch(ALLOWED);
}

describe("the search", () => {
  const scene = buildScene("good input");
  const cell = String(scene.files["contacts.csv"]).split("\n")[1]?.split(",") ?? [];
  const [, , , email = "", phone = ""] = cell;

  it.each<[string, (text: string) => string | Uint8Array]>([
    ["as it is", (text) => text],
    ["in lower case", (text) => text.toLowerCase()],
    ["without dots", (text) => text.replaceAll(".", "")],
    ["without spaces", (text) => text.replaceAll(" ", "")],
    ["with dashes", (text) => text.replace(/(\d{3})(?=\d)/g, "$1-")],
    ["in base64", (text) => Buffer.from(text.replaceAll(" ", "")).toString("base64")],
    ["in hex", (text) => Buffer.from(text.replaceAll(" ", "")).toString("hex")],
    ["in UTF-16", (text) => Buffer.from(text, "utf16le")],
    ["escaped for JSON", (text) => JSON.stringify({ text })],
  ])("finds a cell %s", (_, change) => {
    expect(scene.canaries.leaks(change(email), "here")).not.toEqual([]);
    expect(scene.canaries.leaks(change(phone), "here")).not.toEqual([]);
  });

  it("finds the first six letters of a cell", () => {
    expect(scene.canaries.leaks(`ends with ${email.slice(0, 6)}…`, "here")).not.toEqual([]);
  });

  it("finds nothing in what is ours", () => {
    const ours = readFileSync(join(import.meta.dirname, "../../src/base/reasons.ts"));
    expect(scene.canaries.leaks(ours, "here")).toEqual([]);
    expect(scene.canaries.size).toBeGreaterThan(100);
  });
});

describe.concurrent("good input", () => {
  it.each(WAY_NAMES)("says and leaves no cell with %s", async (way) => {
    const scene = buildScene("good input");
    const { result, leaks, folders } = await play(scene, WAYS[way] ?? []);
    expect(leaks).toEqual([]);
    expect(result).toMatchObject({ code: 0 });
    const left = filesLeft(folders, scene);
    const expected = (WAYS[way] ?? []).filter((flag) => /^\w+\.(?:csv|json|html|xlsx)$/.test(flag));
    expect([...left.keys()].sort()).toEqual(expected.map((name) => `work/${name}`).sort());
    const upload = left.get("work/upload.csv")?.toString() ?? result.stdout;
    if (upload.includes("Offline Conversion")) expectOnlyAllowedCells(upload);
  });
});

describe.concurrent("broken input", () => {
  // Faults in a single row are played through the library, in library.long.test.ts.
  const broken = SCENES.filter((name) => name !== "good input" && !name.endsWith("in one row"));

  it.each(broken.map((name, at) => [name, WAY_NAMES[at % WAY_NAMES.length] ?? ""] as const))(
    "says and leaves no cell: %s (%s)",
    async (name, way) => {
      const scene = buildScene(name);
      const { result, leaks, folders } = await play(scene, WAYS[way] ?? []);
      expect(leaks).toEqual([]);
      expect(result.code, result.stderr).toBeOneOf([0, 1, 2, 3]);
      expect(result.stderr).not.toMatch(/internal error|\n\s+at /);
      const upload = filesLeft(folders, scene).get("work/upload.csv")?.toString() ?? result.stdout;
      if (upload.includes("Offline Conversion")) expectOnlyAllowedCells(upload);
    },
  );
});
