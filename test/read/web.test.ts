/** Blobs and web streams as inputs and outputs: the same bytes as from and to files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hashContacts } from "../../src/hash/hash-contacts.ts";
import { inspect } from "../../src/inspect/inspect.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import { verify } from "../../src/verify/verify.ts";
import { SAMPLES } from "../helpers/run.ts";

const AS_OF = "2026-11-20T12:00:00Z";
const bytes = (name: string) => readFileSync(join(SAMPLES, name));
const UPLOAD = bytes("outputs/microsoft-bulk.csv");

/** A web stream that keeps what was written to it. */
function sink() {
  const chunks: Uint8Array[] = [];
  let closed = false;
  const stream = new WritableStream<Uint8Array>({
    write: (chunk) => void chunks.push(chunk.slice()),
    close: () => {
      closed = true;
    },
  });
  return { stream, written: () => Buffer.concat(chunks), isClosed: () => closed };
}

const common = { key: "Contact ID", country: "US", timeZone: "America/New_York", asOf: AS_OF };

const WAYS: Readonly<Record<string, (name: string) => Blob | ReadableStream<Uint8Array>>> = {
  "a Blob": (name) => new Blob([bytes(name)]),
  "a File": (name) => new File([bytes(name)], name),
  "a web stream": (name) => new Blob([bytes(name)]).stream(),
};

describe.each(Object.entries(WAYS))("%s", (_, open) => {
  it("gives the bytes that the files give", async () => {
    const out = sink();
    const report = await prepare({
      ...common,
      contacts: open("contacts.csv"),
      conversions: open("conversions.csv"),
      output: out.stream,
    });
    expect(report.ok).toBe(true);
    expect(out.written()).toEqual(UPLOAD);
    // As with a Node stream: who made it ends it.
    expect(out.isClosed()).toBe(false);
    await out.stream.close();
  });

  it("is inspected, hashed and verified", async () => {
    expect((await inspect(open("contacts.csv"), { country: "US" })).people?.both).toBe(14);
    const hashed = await hashContacts({
      contacts: open("contacts.csv"),
      country: "US",
      dryRun: true,
    });
    expect(hashed.rows.read).toBe(20);
    const checked = await verify(open("outputs/microsoft-bulk.csv"), { asOf: AS_OF });
    expect(checked).toMatchObject({ ok: true });
  });

  it("may be a workbook", async () => {
    const report = await inspect(open("encodings/contacts.xlsx"));
    expect(report.kind).toBe("workbook");
  });
});

it("a Blob has a size, so that progress is known, and is read twice without being kept", async () => {
  const shares: (number | undefined)[] = [];
  await prepare({
    ...common,
    contacts: new Blob([bytes("contacts.csv")]),
    conversions: new Blob([bytes("conversions.csv")]),
    dryRun: true,
    onProgress: ({ share }) => shares.push(share),
  });
  expect(shares).toHaveLength(3);
  expect(shares.every((share) => share === 1)).toBe(true);
});

it("a Blob that can no longer be read is named, with what to do", async () => {
  const blob = new Blob([bytes("conversions.csv")]);
  blob.slice = () => {
    throw new DOMException("NotReadableError: /Users/jane.doe/x.csv", "NotReadableError");
  };
  const run = prepare({ conversions: blob, names: { conversions: "x.csv" }, dryRun: true });
  await expect(run).rejects.toMatchObject({
    message: "x.csv: cannot be read: it was changed, moved or locked since it was chosen",
    hint: "choose the file again",
  });
});

it("an output that fails is an output error, and is let go", async () => {
  const stream = new WritableStream<Uint8Array>({
    write: () => Promise.reject(new Error("a secret of the stream")),
  });
  const run = prepare({
    ...common,
    contacts: new Blob([bytes("contacts.csv")]),
    conversions: new Blob([bytes("conversions.csv")]),
    output: stream,
  });
  await expect(run).rejects.toMatchObject({
    code: "output",
    message:
      "stdout: cannot write: unknown error; at least 0 bytes had gone to stdout, which are not the whole file",
  });
  expect(stream.locked).toBe(false);
});

describe("a first look", () => {
  const rows = Array.from({ length: 5000 }, (_, at) => `${at},p${at}@example.com`);
  const file = () => new Blob([["Contact ID,Email", ...rows].join("\n")]);

  it.each([
    [10, 10, true],
    [5000, 5000, undefined],
    [6000, 5000, undefined],
    [0, 0, true],
  ])(
    "at %i rows counts %i, and says whether there are more",
    async (rowsAtMost, counted, partial) => {
      const report = await inspect(file(), { rowsAtMost });
      expect(report.rows).toBe(counted);
      expect(report.partial).toBe(partial);
      expect(report.people?.emailOnly ?? 0).toBe(counted);
    },
  );
});
