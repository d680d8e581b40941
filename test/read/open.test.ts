import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import { FirsthashError } from "../../src/base/errors.ts";
import { openTable } from "../../src/read/open.ts";
import type { InputSource } from "../../src/read/types.ts";
import { readAll, readBytes } from "./helpers.ts";

const folder = mkdtempSync(join(tmpdir(), "firsthash-open-"));
afterAll(() => rmSync(folder, { recursive: true }));

const TEXT = "Contact ID,Email\r\n1,ann@example.com\r\n\r\n2,bob@example.com\r\n";
const ROWS = [
  { line: 2, width: 2, cells: ["1", "ann@example.com"] },
  { line: 4, width: 2, cells: ["2", "bob@example.com"] },
];

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function rowsOf(source: InputSource, repeatable = false) {
  const table = await openTable(source, "list.csv", { repeatable });
  const rows = await readAll(table);
  await table.close();
  return rows;
}

describe("openTable", () => {
  it("reads a path, a stream, a web stream, chunks of text and chunks of bytes alike", async () => {
    const bytes = Buffer.from(TEXT);
    const sources: InputSource[] = [
      written("list.csv", TEXT),
      Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]),
      Readable.toWeb(Readable.from([bytes])) as unknown as AsyncIterable<Uint8Array>,
      Readable.from([TEXT]) as AsyncIterable<Uint8Array>,
      [new Uint8Array(bytes)] as unknown as InputSource,
    ];
    for (const source of sources) expect(await rowsOf(source)).toEqual(ROWS);
  });

  it("reads a file twice from one opening, and a stream when it is asked to be repeatable", async () => {
    for (const source of [written("twice.csv", TEXT), Readable.from([Buffer.from(TEXT)])]) {
      const table = await openTable(source, "list.csv", { repeatable: true });
      expect(table.repeatable).toBe(true);
      expect(await readAll(table)).toEqual(ROWS);
      expect(await readAll(table)).toEqual(ROWS);
      await table.close();
    }
  });

  it.skipIf(process.platform === "win32")(
    "reads a pipe, and reads it twice when it is asked to be repeatable",
    async () => {
      const path = join(folder, "pipe");
      execFileSync("mkfifo", [path]);
      for (const repeatable of [false, true]) {
        const feeding = import("node:fs/promises").then(({ writeFile }) => writeFile(path, TEXT));
        const table = await openTable(path, path, { repeatable });
        await feeding;
        expect(await readAll(table)).toEqual(ROWS);
        if (repeatable) expect(await readAll(table)).toEqual(ROWS);
        await table.close();
      }
    },
  );

  it("says how much of a file is read, and nothing where the size is not known", async () => {
    const path = written("progress.csv", `Email\n${"a@example.com\n".repeat(50_000)}`);
    const shares: (number | undefined)[] = [];
    const table = await openTable(path, path);
    for await (const batch of table.rows([0])) shares.push(batch.progress);
    await table.close();
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort());
    const long = Array.from({ length: 20 }, () => Buffer.from("a@example.com\n".repeat(5_000)));
    const stream = await openTable(Readable.from([Buffer.from("Email\n"), ...long]), "stdin");
    expect(stream.repeatable).toBe(false);
    for await (const batch of stream.rows([0])) expect(batch.progress).toBeUndefined();
  });

  it("stops when a file changes between the passes", async () => {
    const path = written("growing.csv", TEXT);
    const table = await openTable(path, "growing.csv");
    appendFileSync(path, "3,cy@example.com\r\n");
    await expect(readAll(table)).rejects.toThrow(/growing.csv: was changed/);
    await table.close();
  });

  it("names the file and the reason when a path cannot be read", async () => {
    const missing = join(folder, "missing.csv");
    await expect(openTable(missing, missing)).rejects.toThrow(
      `${missing}: cannot be read: there is no`,
    );
    await expect(openTable(folder, folder)).rejects.toThrow(
      `${folder}: cannot be read: it is a folder`,
    );
  });

  it("refuses empty inputs of every kind", async () => {
    for (const source of [
      written("empty.csv", ""),
      Readable.from([]),
      [],
      written("blank.csv", "\r\n \r\n"),
    ]) {
      const opening = openTable(source as InputSource, "list.csv");
      await expect(opening).rejects.toMatchObject({ code: "input", message: "list.csv: is empty" });
    }
  });

  it("stops at an abort signal", async () => {
    const stop = new AbortController();
    const table = await openTable(written("abort.csv", TEXT), "list.csv");
    stop.abort();
    await expect(table.rows([0], stop.signal)[Symbol.asyncIterator]().next()).rejects.toMatchObject(
      {
        code: "interrupted",
      },
    );
    await table.close();
  });

  it("keeps the words of a failing stream out of its error", async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield Buffer.from(TEXT);
      throw Object.assign(new Error("canary ann@example.com"), { code: "ECONNRESET" });
    }
    const error: unknown = await openTable(failing(), "list.csv").catch((thrown) => thrown);
    expect(error).toBeInstanceOf(FirsthashError);
    expect(String(error)).not.toContain("canary");
    expect(String(error)).toContain("ECONNRESET");
    // The caller gave the stream, and gets what it threw.
    expect((error as Error).cause).toBeInstanceOf(Error);
  });

  it("reads a header without rows", async () => {
    expect((await readBytes("Email,Phone")).rows).toEqual([]);
    expect((await readBytes("Email,Phone\r\n")).headers).toEqual(["Email", "Phone"]);
  });
});

describe("records", () => {
  it("makes text of numbers, dates and null, and counts lines from 2", async () => {
    const records = [
      {
        "Contact ID": 4155552671,
        Email: "ann@example.com",
        At: new Date(Date.UTC(2026, 10, 19, 13, 5)),
      },
      { "Contact ID": 1e21, Email: null, At: undefined },
      { "Contact ID": 12n, Email: true },
    ];
    expect(await rowsOf(records)).toEqual([
      { line: 2, width: 3, cells: ["4155552671", "ann@example.com", "2026-11-19T13:05:00.000Z"] },
      { line: 3, width: 3, cells: ["1000000000000000000000", "", ""] },
      { line: 4, width: 3, cells: ["12", "true", ""] },
    ]);
  });

  it("takes the keys of later records too, and refuses one that comes after the first thousand", async () => {
    const early = await openTable([{ a: "1" }, { b: "2" }], "records");
    expect(early.headers).toEqual(["a", "b"]);
    async function* late(): AsyncGenerator<Record<string, unknown>> {
      for (let i = 0; i < 1000; i++) yield { Email: "x" };
      yield { Email: "x", Phone: "y" };
    }
    await expect(rowsOf(late())).rejects.toThrow(/record 1001 has a key/);
  });

  it("refuses what is not a record, and values that are no cells", async () => {
    await expect(rowsOf([1, 2] as unknown as InputSource)).rejects.toThrow(
      /record 1 is not an object/,
    );
    await expect(rowsOf([{ Email: { canary: 1 } }])).rejects.toThrow(/record 1 has a value/);
  });
});
