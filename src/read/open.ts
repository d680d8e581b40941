/** Opens any input as a table: a path, a stream of bytes, or records. */

import { asNative, refuseDebugOutput, utf8Bytes } from "#host";
import { untilAborted } from "../base/abort.ts";
import { emptyInput, inputError } from "../base/errors.ts";
import { callersError, cannotRead } from "../base/system.ts";
import { withoutFooter } from "./footer.ts";
import { observed, type WholeBytes } from "./observed.ts";
import { openRecords } from "./records.ts";
import {
  type ByteSource,
  isWebStream,
  openBlob,
  openFile,
  peek,
  streamChunks,
  streamSource,
} from "./source.ts";
import { isZip, refuseForeign } from "./text/magic.ts";
import { openText, SAMPLE_BYTES } from "./text/table.ts";
import type { InputSource, ReadOptions, Table } from "./types.ts";

export interface OpenOptions extends ReadOptions {
  /** Split the text by csv-parse alone; the rows are the same. */
  readonly reference?: boolean | undefined;
  /** Names that the user gave for columns: a row that has one is a header. */
  readonly knownNames?: readonly string[] | undefined;
  /** Told when all bytes have been read. Records have none. */
  readonly onWhole?: ((whole: WholeBytes) => void) | undefined;
}

/**
 * Opens an input and reads its header. `name` is what messages call it. The caller closes the table.
 *
 * @throws FirsthashError "input" where it cannot be read, is empty, damaged, or no table; "usage" where
 *   an option does not fit it.
 */
export async function openTable(
  source: InputSource,
  name: string,
  options: OpenOptions = {},
  signal?: AbortSignal,
): Promise<Table> {
  refuseDebugOutput();
  if (typeof source === "string") {
    return openBytes(await openFile(source, signal), name, options, signal);
  }
  if (source instanceof Blob) return openBytes(openBlob(source, name), name, options, signal);
  if (source instanceof Uint8Array) {
    return openBytes(
      streamSource(buffers(iterate<unknown>([source], name), name), name),
      name,
      options,
      signal,
    );
  }
  const items = iterate<unknown>(isWebStream(source) ? streamChunks(source) : source, name);
  const first = await untilAborted(items.next(), signal).catch((error) => {
    throw cannotRead(name, error);
  });
  if (first.done === true) throw emptyInput(name);
  const all = prepend(first.value, items);
  if (typeof first.value === "string" || ArrayBuffer.isView(first.value)) {
    return openBytes(streamSource(buffers(all, name), name), name, options, signal);
  }
  const names = options.knownNames ?? [];
  return openRecords({ items: all, file: name, options, names }, signal);
}

async function openBytes(
  bytes: ByteSource,
  file: string,
  options: OpenOptions,
  signal: AbortSignal | undefined,
): Promise<Table> {
  const source = options.onWhole === undefined ? bytes : observed(bytes, options.onWhole);
  try {
    const peeked = await peek(source, SAMPLE_BYTES, options.repeatable === true, signal);
    if (peeked.top.length === 0) throw emptyInput(file);
    const names = options.knownNames ?? [];
    if (isZip(peeked.top)) {
      const { openSheet } = await import("./workbook/sheet.ts");
      return withoutFooter(await openSheet(peeked.source, file, options, names, signal));
    }
    refuseForeign(peeked.top, file);
    const { reference } = options;
    return withoutFooter(await openText({ ...peeked, file, options, names, reference }, signal));
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** What the caller gave. */
async function* iterate<T>(
  source: AsyncIterable<T> | Iterable<T>,
  file: string,
): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw callersError(file, error);
  }
}

async function* prepend<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

/** Text of a stream with an encoding set is taken as UTF-8, which loses nothing. */
async function* buffers(items: AsyncIterable<unknown>, file: string): AsyncGenerator<Uint8Array> {
  for await (const item of items) {
    if (typeof item === "string") yield utf8Bytes(item);
    else if (ArrayBuffer.isView(item)) {
      yield asNative(new Uint8Array(item.buffer, item.byteOffset, item.byteLength));
    } else {
      throw inputError("the stream mixes bytes with something else", { file });
    }
  }
}
