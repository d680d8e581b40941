/**
 * The contacts with a second thread, which scans them and finds the rows that matter; this one normalizes and
 * hashes those rows meanwhile. Answers come in the order of the file, so conflicts, counts, lines and
 * errors are those of a single thread.
 */

import { asNative, startThread, type Thread } from "#host";
import type { PeopleTally } from "../base/tally.ts";
import type { BlockAnswer, BlockTask, ContactWork } from "../join/contact-scan.ts";
import { type ContactLane, settleRow } from "../join/contacts.ts";
import type { CutCount } from "../join/damaged-keys.ts";
import type { KeyTable } from "../join/keys.ts";
import { quoteError } from "../read/text/contract.ts";
import { ScannedBatch } from "../read/text/scan.ts";
import type { RowBatch, TableText } from "../read/types.ts";
import { columnNumbers, type Input, tellMalformed, type Watch } from "./inputs.ts";
import type { Plan } from "./plan.ts";

/** Large enough that handing a block over costs little beside scanning it. */
const BLOCK = 256 * 1024;

/** Blocks that are under way: so many that the thread need not wait. */
const UNDER_WAY = 4;

/** @returns what was counted of keys that may have been cut; false where node may start no thread, and nothing was read */
export async function readContactsWithThread(
  contacts: Input & { readonly key: number },
  text: TableText,
  keys: KeyTable,
  lanes: readonly ContactLane[],
  tally: PeopleTally,
  { signal, onProgress, keys: reading, onRow }: Watch & Pick<Plan, "keys" | "onRow">,
): Promise<CutCount | false> {
  const columns = [...new Set(columnNumbers(contacts.columns, contacts.key))];
  const work: ContactWork = {
    keys: keys.share(),
    keyColumn: contacts.key,
    reading,
    delimiter: text.delimiter,
    headerWidth: contacts.table.headers.length,
    firstLine: text.firstLine,
    columns,
  };
  const script = "dist/join/contact-worker.js";
  const thread = await startThread<BlockTask, BlockAnswer>(script, work, signal);
  if (thread === undefined) return false;
  const tell = tellMalformed(contacts, onRow);
  let cut: CutCount = { long: 0, cut: 0 };
  try {
    for await (const { answer, progress } of answers(thread, text.open(signal))) {
      const { rows, malformed, hits, numbers, fault } = answer;
      tally.rows += rows;
      cut = answer.cut;
      for (const { reason, line } of malformed) {
        tally.malformed.add(reason, line);
        tell?.(reason, line);
      }
      const batch = rowsOf(answer, columns, work.headerWidth);
      for (let row = 0; row < hits; row++) settleRow(lanes, batch, row, [numbers[row] as number]);
      if (fault !== undefined)
        throw quoteError(fault.kind, contacts.table.findings.file, fault.line);
      onProgress?.({ stage: "contacts", rows: tally.rows, share: progress });
    }
  } finally {
    await thread.close();
  }
  return cut;
}

function rowsOf(
  { hits, numbers, bytes }: BlockAnswer,
  columns: readonly number[],
  width: number,
): RowBatch {
  const cells = hits * columns.length;
  const starts = 2 * hits;
  return ScannedBatch.of({
    length: hits,
    bytes: asNative(bytes),
    columns,
    width,
    lines: numbers.subarray(hits, starts),
    starts: numbers.subarray(starts, starts + cells),
    ends: numbers.subarray(starts + cells),
  });
}

interface Read {
  readonly answer: BlockAnswer;
  readonly progress: number | undefined;
}

/** The answers in the order of the text, of which only a few are under way at a time. */
async function* answers(
  thread: Thread<BlockTask, BlockAnswer>,
  text: ReturnType<TableText["open"]>,
): AsyncGenerator<Read> {
  const free: ArrayBuffer[] = [];
  const under: { answer: Promise<BlockAnswer>; progress: number | undefined }[] = [];
  async function* oldest(most: number): AsyncGenerator<Read> {
    while (under.length > most) {
      const { answer, progress } = under.shift() as (typeof under)[number];
      const read = { answer: await answer, progress };
      yield read;
      free.push(read.answer.block);
    }
  }
  const send = (block: ArrayBuffer, length: number, final: boolean) => {
    const answer = thread.run({ block, length, final }, [block]);
    under.push({ answer, progress: text.progress() });
  };
  const blockFor = (bytes: number): ArrayBuffer => {
    const used = free.pop();
    return used !== undefined && used.byteLength >= bytes
      ? used
      : new ArrayBuffer(Math.max(BLOCK, bytes));
  };
  let block = blockFor(0);
  let length = 0;
  try {
    for await (const chunk of text.chunks) {
      if (length + chunk.length > block.byteLength) {
        send(block, length, false);
        yield* oldest(UNDER_WAY - 1);
        block = blockFor(chunk.length);
        length = 0;
      }
      new Uint8Array(block).set(chunk, length);
      length += chunk.length;
    }
  } catch (error) {
    // What stands before the bytes that cannot be read may have a fault, which comes first.
    send(block, length, false);
    yield* oldest(0);
    throw error;
  }
  send(block, length, true);
  yield* oldest(0);
}
