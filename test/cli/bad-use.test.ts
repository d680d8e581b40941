/** Bad use, run as a user runs it: the exit code, and a message that names the mend. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";

const CONTACTS = "Contact ID,Email,Phone\n1,ann@example.com,+1 206 555 0101\n2,bob@example.com,\n";
const CONVERSIONS =
  "Contact ID,Conversion Name,Conversion Time,Conversion Value\n1,Sale,2026-11-19T10:00:00Z,5\n2,Sale,2026-11-19T11:00:00Z,6\n";

let folder: string;
const write = (name: string, text: string | Uint8Array) => writeFileSync(join(folder, name), text);

beforeEach(() => {
  folder = scratch();
  write("contacts.csv", CONTACTS);
  write("conversions.csv", CONVERSIONS);
});

/** The flags of a run that works; `changes` replaces flags, undefined removes one. */
function args(changes: Readonly<Record<string, string | true | undefined>> = {}): string[] {
  const flags: Record<string, string | true | undefined> = {
    "--contacts": "contacts.csv",
    "--conversions": "conversions.csv",
    "--key": "Contact ID",
    "--as-of": "2026-11-20T12:00:00Z",
    "-o": "upload.csv",
    ...changes,
  };
  return [
    "prepare",
    ...Object.entries(flags).flatMap(([flag, value]) =>
      value === undefined ? [] : value === true ? [flag] : [flag, value],
    ),
  ];
}

const run = (changes?: Parameters<typeof args>[0], input?: string) =>
  warmFirsthash(args(changes), { cwd: folder, ...(input !== undefined && { input }) });

it("works when nothing is wrong", async () => {
  const result = await run();
  expect(result.stderr).toContain("2 of 2 rows");
  expect(result.code).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(["contacts.csv", "conversions.csv", "upload.csv"]);
});

interface Case {
  readonly name: string;
  readonly flags?: Parameters<typeof args>[0];
  readonly before?: () => void;
  readonly code: number;
  /** All of these stand in the message or the hint. */
  readonly says: readonly (string | RegExp)[];
  /** Name of a file that must not be there afterwards; upload.csv unless another. */
  readonly absent?: string | null;
}

const CASES: readonly Case[] = [
  {
    name: "a missing file",
    flags: { "--contacts": "nowhere.csv" },
    code: 3,
    says: ["nowhere.csv", /does not exist|no such file/],
  },
  {
    name: "a folder instead of a file",
    before: () => mkdirSync(join(folder, "crm")),
    flags: { "--contacts": "crm" },
    code: 3,
    says: ["crm", "folder"],
  },
  {
    name: "an empty file",
    before: () => write("conversions.csv", ""),
    code: 3,
    says: ["conversions.csv", "empty"],
  },
  {
    name: "an empty contacts file",
    before: () => write("contacts.csv", ""),
    code: 3,
    says: ["contacts.csv", "empty"],
  },
  {
    name: "a file of blank lines",
    before: () => write("conversions.csv", "\n\n\n"),
    code: 3,
    says: ["conversions.csv", "empty"],
  },
  {
    name: "a header and nothing else",
    before: () => write("conversions.csv", "Contact ID,Conversion Name,Conversion Time\n"),
    code: 3,
    says: ["conversions.csv", "no rows"],
  },
  {
    name: "a key that is in neither file",
    flags: { "--key": "Contct ID" },
    code: 2,
    says: ["--key", "Contact ID"],
  },
  {
    name: "a column that is not there",
    flags: { "--column": "email=E-mial" },
    code: 2,
    says: ["--column email", "contacts.csv", "Email"],
  },
  {
    name: "a field that is not there",
    flags: { "--column": "emial=Email" },
    code: 2,
    says: ["--column", "did you mean email"],
  },
  {
    name: "a choice of column without a header",
    flags: { "--column": "email" },
    code: 2,
    says: ["--column", "email=Work Email"],
  },
  {
    name: "no time column",
    before: () => write("conversions.csv", "Contact ID,Conversion Name,Amount\n1,Sale,5\n"),
    code: 2,
    says: ["conversions.csv", "time", "--column time="],
  },
  {
    name: "no conversion name",
    before: () => write("conversions.csv", "Contact ID,Conversion Time\n1,2026-11-19T10:00:00Z\n"),
    code: 2,
    says: ["name", "--goal"],
  },
  {
    name: "no e-mail, phone or click id anywhere",
    before: () => write("contacts.csv", "Contact ID,City\n1,Oslo\n"),
    code: 2,
    says: ["contacts.csv", /e-?mail/, "phone"],
  },
  {
    name: "an unknown destination",
    flags: { "--to": "microsoft-bluk" },
    code: 2,
    says: ["--to", "did you mean microsoft-bulk"],
  },
  {
    name: "an unknown time zone",
    flags: { "--time-zone": "America/New_Yrok" },
    code: 2,
    says: ["--time-zone", "America/New_York"],
  },
  {
    name: "an unknown country",
    flags: { "--country": "Atlantis" },
    code: 2,
    says: ["--country is not a country"],
  },
  {
    name: "an unknown option",
    flags: { "--contry": "US" },
    code: 2,
    says: ["word 12", "--country"],
  },
  {
    name: "an unknown layout",
    flags: { "--layout": "fancy" },
    code: 2,
    says: ["--layout", "documented"],
  },
  {
    name: "a wrong choice",
    flags: { "--date-order": "ddmmyy" },
    code: 2,
    says: ["--date-order", "dmy"],
  },
  {
    name: "a wrong percentage",
    flags: { "--max-refused": "200" },
    code: 2,
    says: ["--max-refused", "0 to 100"],
  },
  { name: "a wrong present", flags: { "--as-of": "yesterday" }, code: 2, says: ["--as-of"] },
  {
    name: "a wrong time of day",
    flags: { "--assume-time": "25:00" },
    code: 2,
    says: ["--assume-time", "HH:mm"],
  },
  { name: "a wrong currency", flags: { "--currency": "dollars" }, code: 2, says: ["--currency"] },
  { name: "a wrong encoding", flags: { "--encoding": "utf-99" }, code: 2, says: ["encoding"] },
  {
    name: "a wrong delimiter",
    flags: { "--delimiter": "colon" },
    code: 2,
    says: ["--delimiter", "semicolon"],
  },
  {
    name: "a goal name that is too long",
    flags: { "--goal": "x".repeat(101) },
    code: 2,
    says: ["--goal", "100"],
  },
  {
    name: "a goal map that is not there",
    flags: { "--goal-map": "map.json" },
    code: 3,
    says: ["map.json"],
  },
  {
    name: "an output that exists",
    before: () => write("upload.csv", "older"),
    code: 4,
    says: ["upload.csv", "exists", "--force"],
    absent: null,
  },
  {
    name: "an output folder that is missing",
    flags: { "-o": "out/upload.csv" },
    code: 4,
    says: ["out/upload.csv", "folder"],
  },
  {
    name: "an output that is a folder",
    before: () => mkdirSync(join(folder, "upload.csv")),
    code: 4,
    says: ["upload.csv", "folder"],
    absent: null,
  },
  {
    name: "an output that is an input",
    flags: { "-o": "contacts.csv", "--force": true },
    code: 2,
    says: ["contacts.csv", "input"],
  },
  {
    name: "an extension that the destination is not written under",
    flags: { "-o": "upload.pdf" },
    code: 2,
    says: ["upload.pdf", ".csv"],
    absent: "upload.pdf",
  },
  {
    name: "both inputs from stdin",
    flags: { "--contacts": "-", "--conversions": "-" },
    code: 2,
    says: ["standard input"],
  },
  { name: "no output", flags: { "-o": undefined }, code: 2, says: ["--output", "--dry-run"] },
  {
    name: "no conversions",
    flags: { "--conversions": undefined },
    code: 2,
    says: ["--conversions"],
  },
  {
    name: "times without a zone",
    before: () => write("conversions.csv", CONVERSIONS.replaceAll("Z,", ",")),
    code: 2,
    says: ["--time-zone", "conversions.csv"],
  },
  {
    name: "an open order of day and month",
    before: () =>
      write(
        "conversions.csv",
        "Contact ID,Conversion Name,Conversion Time\n1,Sale,11/10/2026 10:00\n2,Sale,10/11/2026 10:00\n",
      ),
    flags: { "--time-zone": "UTC" },
    code: 2,
    says: ["--date-order", "conversions.csv"],
  },
  {
    name: "an unclosed quote",
    before: () => write("contacts.csv", `${CONTACTS}3,"carl@example.com,\n4,dora@example.com,\n`),
    code: 3,
    says: [/contacts\.csv:4/, "quote"],
  },
  {
    name: "a contacts file without a header",
    before: () => write("contacts.csv", "1,ann@example.com,+1 206 555 0101\n2,bob@example.com,\n"),
    code: 3,
    says: ["contacts.csv", "header"],
  },
  {
    name: "a word that is no flag's",
    flags: { "stray@example.com": true },
    code: 2,
    says: ["without a flag"],
  },
];

describe("bad use", () => {
  it.each(CASES)("$name", async ({ flags, before, code, says, absent = "upload.csv" }) => {
    before?.();
    const result = await run(flags);
    for (const words of says) expect(result.stderr).toMatch(words);
    expect(result.stderr).toMatch(/^firsthash: error: /m);
    expect(result.stderr).toMatch(/^firsthash: hint: /m);
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: "" });
    expect(result.stderr).not.toMatch(/@example\.com|internal error|\n\s+at /);
    if (absent !== null) expect(existsSync(join(folder, absent))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("leaves an older output as it was", async () => {
    write("upload.csv", "older");
    await run();
    expect(readFileSync(join(folder, "upload.csv"), "utf8")).toBe("older");
  });

  it.skipIf(process.getuid?.() === 0)("a folder that cannot be written to", async () => {
    mkdirSync(join(folder, "locked"));
    chmodSync(join(folder, "locked"), 0o500);
    const result = await run({ "-o": "locked/upload.csv" });
    expect(result.code).toBe(4);
    expect(result.stderr).toContain("permission denied");
  });

  it.skipIf(process.getuid?.() === 0)("a file that cannot be read", async () => {
    chmodSync(join(folder, "contacts.csv"), 0o000);
    const result = await run();
    expect(result.code).toBe(3);
    expect(result.stderr).toContain("contacts.csv");
  });

  it("names the nearest command", async () => {
    const result = await warmFirsthash(["prepar"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/unknown command[\s\S]*did you mean prepare/);
  });

  it("does not print an address that was typed in the place of a command", async () => {
    const result = await warmFirsthash(["jane.doe@example.com"]);
    expect(result.code).toBe(2);
    expect(result.stderr).not.toContain("jane");
  });

  it("prints help on stdout, and its version", async () => {
    const help = await warmFirsthash(["--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("prepare");
    const version = await warmFirsthash(["--version"]);
    expect(version).toMatchObject({ code: 0, stderr: "" });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
