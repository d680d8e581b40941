/**
 * The ledger's file: a head with a random secret, then batches of records that are only appended. A batch has a
 * checksum and the number of the writing that it belongs to, so that what a kill or a power cut left of the last
 * writing is told from damage: the first is cut off, the second stops the run.
 */
import { allocate, checksum, type InputFile, openInput, utf8Bytes } from "#host";
import { outputError } from "../base/errors.ts";
import { cannotRead } from "../base/system.ts";
import { RECORD } from "./records.ts";

const MAGIC = utf8Bytes("firsthash-ledger");
export const HEAD = 64;
export const SECRET = 32;
/** Records of one batch. */
const MOST = 4096;

export type BatchKind = "records" | "account";
const KINDS: Readonly<Record<BatchKind, number>> = { records: 0x66684c31, account: 0x66684131 };

/** The first bytes of a ledger: 16 of name, 32 of secret, version, checksum. */
export function headOf(secret: Uint8Array): Uint8Array {
  const head = allocate(HEAD);
  head.set(MAGIC, 0);
  head.set(secret, MAGIC.length);
  const view = viewOf(head);
  view.setUint32(48, 1);
  view.setUint32(60, checksum(head.subarray(0, 60), 0));
  return head;
}

/** Records as batches of one writing. */
export function* batchesOf(
  kind: BatchKind,
  writing: number,
  records: Uint8Array,
): Generator<Uint8Array> {
  for (let at = 0; at < records.length; at += MOST * RECORD) {
    const body = records.subarray(at, at + MOST * RECORD);
    const batch = allocate(RECORD + body.length);
    batch.set(body, RECORD);
    const view = viewOf(batch);
    view.setUint32(0, KINDS[kind]);
    view.setUint32(4, body.length / RECORD);
    view.setUint32(8, checksum(body, 0));
    view.setUint32(12, writing);
    view.setUint32(28, checksum(batch.subarray(0, 28), 0));
    yield batch;
  }
}

/** Where a log ends, and by which writing. */
export interface LogEnd {
  /** Bytes that count; what stands behind them was never finished. */
  readonly at: number;
  readonly writing: number;
}

/** An open ledger. */
export class Log {
  readonly path: string;
  readonly secret: Uint8Array;
  readonly #file: InputFile;

  private constructor(path: string, file: InputFile, secret: Uint8Array) {
    this.path = path;
    this.#file = file;
    this.secret = secret;
  }

  /** @throws FirsthashError "output" for what is no ledger, "input" where it cannot be read */
  static async open(path: string): Promise<Log> {
    const file = await openInput(path).catch((error) => {
      throw cannotRead(path, error);
    });
    try {
      const head = allocate(HEAD);
      if (file.kind !== "file" || (await readFully(file, head, 0)) < HEAD) throw noLedger(path);
      const view = viewOf(head);
      const same = MAGIC.every((byte, at) => head[at] === byte);
      if (!same || view.getUint32(60) !== checksum(head.subarray(0, 60), 0)) throw noLedger(path);
      if (view.getUint32(48) !== 1) throw noLedger(path);
      return new Log(path, file, head.slice(16, 16 + SECRET));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /**
   * Reads all batches in order.
   *
   * @param onBatch told kind, number of the writing, and records; the bytes are good until it returns
   * @throws FirsthashError "output" (`ledger-damaged`)
   */
  async read(
    onBatch: (kind: BatchKind, writing: number, records: Uint8Array) => void,
  ): Promise<LogEnd> {
    const block = allocate(RECORD + MOST * RECORD);
    let at = HEAD;
    let writing = 0;
    for (;;) {
      const length = await readFully(this.#file, block, at);
      if (length === 0) return { at, writing };
      const batch = batchIn(block, length);
      if (batch === undefined) {
        await this.#needTorn(at, writing);
        return { at, writing };
      }
      onBatch(batch.kind, batch.writing, batch.records);
      writing = batch.writing;
      at += RECORD + batch.records.length;
    }
  }

  /** Behind a place that is no batch nothing may stand that a later writing wrote. */
  async #needTorn(from: number, writing: number): Promise<void> {
    const block = allocate(MOST * RECORD);
    for (let at = from; ; at += block.length) {
      const length = await readFully(this.#file, block, at);
      for (let head = 0; head + RECORD <= length; head += RECORD) {
        const found = headIn(block.subarray(head, head + RECORD));
        if (found !== undefined && found.writing > writing + 1) {
          throw outputError("the ledger is damaged (ledger-damaged)", {
            file: this.path,
            reason: "ledger-damaged",
            hint: "take it from a backup; without it, conversions that were sent may be sent again",
          });
        }
      }
      if (length < block.length) return;
    }
  }
}

interface Batch {
  readonly kind: BatchKind;
  readonly writing: number;
  readonly records: Uint8Array;
}

function headIn(head: Uint8Array) {
  const view = viewOf(head);
  const kind = (Object.keys(KINDS) as BatchKind[]).find(
    (name) => KINDS[name] === view.getUint32(0),
  );
  if (kind === undefined || view.getUint32(28) !== checksum(head.subarray(0, 28), 0))
    return undefined;
  return { kind, count: view.getUint32(4), sum: view.getUint32(8), writing: view.getUint32(12) };
}

function batchIn(block: Uint8Array, length: number): Batch | undefined {
  if (length < RECORD) return undefined;
  const head = headIn(block.subarray(0, RECORD));
  if (head === undefined || head.count > MOST) return undefined;
  const end = RECORD + head.count * RECORD;
  if (end > length) return undefined;
  const records = block.subarray(RECORD, end);
  if (checksum(records, 0) !== head.sum) return undefined;
  return { kind: head.kind, writing: head.writing, records };
}

async function readFully(file: InputFile, into: Uint8Array, at: number): Promise<number> {
  let length = 0;
  while (length < into.length) {
    const read = await file.read(into.subarray(length), at + length);
    if (read === 0) break;
    length += read;
  }
  return length;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function noLedger(path: string): Error {
  return outputError("is not a ledger that this version of firsthash has written", {
    file: path,
    reason: "not-a-ledger",
    hint: "name another file; a ledger that is not there is made",
  });
}
