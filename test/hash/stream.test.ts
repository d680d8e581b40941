/** `hash --stream`: a line for each line. Digests are those of sha256sum and of the published vectors. */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { runVectors } from "../../src/testing/run-vectors.ts";
import { vectors } from "../../src/testing/vectors.ts";
import { BIN, firsthash, ROOT } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const ANN = sha256("ann@example.com");
const PHONE = sha256("+12065550101");
const stream = (input: string | Uint8Array, ...flags: string[]) =>
  warmFirsthash(["hash", "--stream", ...flags], { input });

describe("hash --stream", () => {
  it("answers each line in its order, NULL where there is nothing, with the key as it stood", async () => {
    const { code, stdout, stderr } = await stream(
      "a\\tb\tann@example.com\t206-555-0101\tUS\n\\N\tann@example.com\t\\N\t\\N\n" +
        " 7 \tn/a\tbroken\tUS\nann@example.com\tann@example.com\t\t\nshort\tann@example.com\n\n" +
        "8\tann@example.com\t\t",
    );
    expect(code).toBe(0);
    expect(stdout).toBe(
      `a\\tb\t${ANN}\t${PHONE}\n\\N\t${ANN}\t\\N\n 7 \t\\N\t\\N\n\\N\t${ANN}\t\\N\n` +
        `\\N\t\\N\t\\N\n\\N\t\\N\t\\N\n8\t${ANN}\t\\N\n`,
    );
    expect(stderr).toMatch(
      /^lines +7: 4 with digests, 1 without .*, 2 malformed, 1 keys withheld/m,
    );
  });

  it("reads and writes CSV and JSON Lines, with numbers digit by digit", async () => {
    const csv = await stream(
      '"k,""1""","ann@example.com",\r\n2,,206-555-0101\n',
      "--format",
      "csv",
      "--fields",
      "key,email,phone",
      "--country",
      "US",
    );
    expect(csv.stdout).toBe(`"k,""1""",${ANN},\n2,,${PHONE}\n`);
    const json = await stream(
      '{"key":12345678901234567890,"email":"ann@example.com","other":{"key":1}}\n' +
        '{"phone":2065550101,"country":"US","key":"é\\t"}\nnot json ann@example.com\n',
      "--format",
      "jsonl",
    );
    expect(json.stdout).toBe(
      `{"key":12345678901234567890,"hashed_email":"${ANN}","hashed_phone":null}\n` +
        `{"key":"é\\t","hashed_email":null,"hashed_phone":"${PHONE}"}\n` +
        '{"key":null,"hashed_email":null,"hashed_phone":null}\n',
    );
    expect(json.stderr).not.toContain("ann@");
  });

  it("has a digest column for each kind of identifier among the fields", async () => {
    expect((await stream("ann@example.com\n", "--fields", "email")).stdout).toBe(`${ANN}\n`);
    const phone = await stream("206-555-0101\tx\tUS\n", "--fields", "phone,-,country");
    expect(phone.stdout).toBe(`${PHONE}\n`);
  });

  it("decides by a row's consent alone, and only when that was asked for", async () => {
    const fields = ["--fields", "key,email,consent"];
    const rows = "1\tann@example.com\tyes\n2\tann@example.com\tno\n3\tann@example.com\t\\N\n";
    expect(await stream(rows, ...fields)).toMatchObject({ code: 2, stdout: "" });
    const asked = await stream(rows, ...fields, "--consent-per-row");
    expect(asked.stdout).toBe(`1\t${ANN}\n2\t\\N\n3\t\\N\n`);
  });

  it("ends in 0 for no line at all, and without a row that is any use", async () => {
    expect(await stream("")).toMatchObject({ code: 0, stdout: "" });
    const nothing = await stream("1\t\t\t\n");
    expect(nothing).toMatchObject({ code: 0, stdout: "1\t\\N\t\\N\n" });
  });

  it.each([
    ["bytes that are not UTF-8", Uint8Array.from([49, 10, 0xff, 10]), [], /not UTF-8/],
    [
      "a CSV cell of two lines",
      '1,"a\nb",\n',
      ["--format", "csv", "--fields", "key,email,phone"],
      /goes on on the next line/,
    ],
    ["lines of another form alone", "1,ann@example.com\n".repeat(10), [], /no line has the form/],
  ])("ends in 3 for %s", async (_, input, flags, says) => {
    const { code, stderr } = await stream(input, ...flags);
    expect(code).toBe(3);
    expect(stderr).toMatch(says);
    expect(stderr).not.toContain("ann@");
  });

  it.each([
    [["--stream", "--key", "Id"], "--stream does not take --key"],
    [["--stream", "--column", "consent=OK"], "--stream does not take --column"],
    [["--stream", "-o", "x.csv"], "--stream does not take --output"],
    [["--stream", "contacts.csv"], "--stream reads standard input alone"],
    [["--stream", "--fields", "key"], "--fields names no e-mail and no phone"],
    [["--stream", "--fields", "key,name"], "--fields names something else"],
    [["--format", "csv"], "--format is about --stream"],
  ])("refuses %j", async (flags, says) => {
    const { code, stdout, stderr } = await warmFirsthash(["hash", ...flags], { input: "" });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
  });

  it("answers while its input stays open", async () => {
    const child = spawn(process.execPath, [BIN, "hash", "--stream", "--fields", "key,email"], {
      cwd: ROOT,
    });
    const answer = () =>
      new Promise<string>((resolve) => child.stdout.once("data", (data) => resolve(String(data))));
    for (const key of ["1", "2"]) {
      child.stdin.write(`${key}\tann@example.com\n`);
      expect(await answer()).toBe(`${key}\t${ANN}\n`);
    }
    child.stdin.end();
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
  });

  it("ends in 4 where its reader left", async () => {
    const { code } = await firsthash(["hash", "--stream", "--fields", "key,email"], {
      input: "1\tann@example.com\n".repeat(100_000),
      onStart: (child) => child.stdout?.destroy(),
    });
    expect(code).toBe(4);
  });

  it.each(["tsv", "jsonl"] as const)("gives what the vectors say, as %s", async (format) => {
    const all = [...vectors["microsoft-2026-11"], ...vectors["e164-2026-11"]];
    const keys = all.map((_, at) => `v${at}`);
    const rows = all.map(({ rules, input, country = null }, at) => {
      const isPhone = rules === "e164-2026-11";
      return {
        key: keys[at],
        email: isPhone ? null : input,
        phone: isPhone ? input : null,
        country,
      };
    });
    const tsv = (cell: string | null | undefined) =>
      cell?.replace(
        /[\\\t\n\r]/g,
        (sign) => `\\${{ "\t": "t", "\n": "n", "\r": "r" }[sign] ?? sign}`,
      ) ?? "\\N";
    const lines = rows
      .map((row) =>
        format === "jsonl" ? JSON.stringify(row) : Object.values(row).map(tsv).join("\t"),
      )
      .join("\n");
    const flags = ["--format", format, "--fields", "key,email,phone,country"];
    const { code, stdout } = await stream(lines, ...flags);
    expect(code).toBe(0);
    const answers = stdout.trimEnd().split("\n");
    expect(answers).toHaveLength(keys.length);
    let at = 0;
    const { count, failed } = await runVectors(
      (_, { kind }) => {
        const answer = answers[at] ?? "";
        const column = kind === "phone" ? "hashed_phone" : "hashed_email";
        const value =
          format === "jsonl"
            ? JSON.parse(answer)[column]
            : answer.split("\t")[kind === "phone" ? 2 : 1]?.replace("\\N", "");
        expect(format === "jsonl" ? JSON.parse(answer).key : answer.split("\t")[0]).toBe(
          keys[at++],
        );
        return value || undefined;
      },
      { rules: ["microsoft-2026-11", "e164-2026-11"] },
    );
    expect(count).toBe(keys.length);
    expect(failed).toEqual([]);
  });
});
