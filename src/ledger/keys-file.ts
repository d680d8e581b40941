/**
 * `<upload>.ledger-keys`, mode 0600: which conversions of the ledger the rows of a prepared file are. `prepare`
 * writes it, `upload` marks by it and removes it when the upload is done. Record n is of row n of the file; in the
 * place of an upload's mark stands the line of the conversions, so that an answer can be traced to it.
 */
import { allocate, checksum, openBeside, publish, readSmall, utf8, utf8Bytes } from "#host";
import { systemCode, usageError } from "../base/errors.ts";
import { cannotRead } from "../base/system.ts";
import { KEY, RECORD, rulesNumber } from "./records.ts";

export function keysPath(upload: string): string {
  return `${upload}.ledger-keys`;
}

/** Collects the rows of a run as they are written. */
export class KeyRows {
  #bytes = new Uint8Array(RECORD * 64);
  #view = new DataView(this.#bytes.buffer);
  #size = 0;
  readonly #rules: number;

  constructor(rules: string) {
    this.#rules = rulesNumber(rules);
  }

  add(key: Uint8Array, content: Uint8Array, time: number, line: number): void {
    const at = this.#size++ * RECORD;
    if (at + RECORD > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    this.#bytes.set(key, at);
    this.#bytes.set(content, at + KEY);
    this.#view.setUint16(at + 24, Math.floor(time / 86_400));
    this.#bytes[at + 27] = this.#rules;
    this.#view.setUint32(at + 28, line);
  }

  /** The records of `count` rows from row `from` on. */
  part(from: number, count: number): Uint8Array {
    return this.#bytes.subarray(from * RECORD, Math.min(this.#size, from + count) * RECORD);
  }
}

/** What stands above the records. */
export interface KeysHead {
  readonly schema: "firsthash.ledger-keys/1";
  /** Of the ledger. */
  readonly ledger: string;
  /** SHA-256 of the upload file. */
  readonly sha256: string;
  readonly rows: number;
  /** Of this file alone, to tell it from another one with the same bytes. */
  readonly mark: number;
  /** Base name of the conversions; null for what is no file. */
  readonly conversions: string | null;
  readonly crc: number;
}

/** @throws FirsthashError "output" */
export async function writeKeys(
  upload: string,
  head: Omit<KeysHead, "schema" | "crc" | "rows" | "mark">,
  records: Uint8Array,
): Promise<void> {
  const whole: KeysHead = {
    schema: "firsthash.ledger-keys/1",
    ...head,
    rows: records.length / RECORD,
    mark: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    crc: checksum(records, 0),
  };
  const target = keysPath(upload);
  const temp = await openBeside(target);
  try {
    await temp.write(utf8Bytes(`${JSON.stringify(whole)}\n`));
    await temp.write(records);
    await temp.settle();
    // An older one is of an older file of this name.
    await publish([{ temp: temp.path, target }], { force: true, stale: [] });
  } catch (error) {
    await temp.discard();
    throw error;
  }
}

/** The keys of a prepared file. */
export interface UploadKeys {
  readonly head: KeysHead;
  /** `RECORD` bytes for each row. */
  readonly records: Uint8Array;
}

/**
 * @returns undefined where there are none
 * @throws FirsthashError "usage" for what is not of this version, or damaged
 */
export async function readKeys(upload: string): Promise<UploadKeys | undefined> {
  const path = keysPath(upload);
  let bytes: Uint8Array;
  try {
    bytes = await readSmall(path);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw cannotRead(path, error);
  }
  const end = bytes.indexOf(0x0a);
  const head = headFrom(utf8(bytes.subarray(0, Math.max(end, 0))));
  const records = allocate(bytes.length - end - 1);
  records.set(bytes.subarray(end + 1));
  if (
    head === undefined ||
    records.length !== head.rows * RECORD ||
    checksum(records, 0) !== head.crc
  ) {
    throw usageError(
      `${path}: are not keys of a ledger that this version of firsthash has written`,
      "prepare the file again with `ledger`",
    );
  }
  return { head, records };
}

/** The line of the conversions that a row of the upload was made of. */
export function lineOf({ records }: UploadKeys, row: number): number {
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  return view.getUint32(row * RECORD + 28);
}

function headFrom(text: string): KeysHead | undefined {
  try {
    const head = JSON.parse(text) as Partial<KeysHead> | null;
    const fits =
      head?.schema === "firsthash.ledger-keys/1" &&
      typeof head.ledger === "string" &&
      typeof head.sha256 === "string" &&
      typeof head.crc === "number" &&
      typeof head.mark === "number" &&
      Number.isInteger(head.rows);
    return fits ? (head as KeysHead) : undefined;
  } catch {
    // The parser's error quotes the text.
    return undefined;
  }
}
