/**
 * Cuts a text into blocks of whole records without reading them, so that blocks can be read in several
 * places at once. A line feed ends a record when the quotes before it are even in number: a quoted cell has
 * two around it and two for each one inside.
 *
 * That holds up to the first fault (see lane.ts). The block with the fault begins at a record, so whoever
 * reads it meets the fault, and nothing behind it counts. Where no cut is found for longer than a record
 * may be, there is such a fault: the block is given out as it is, as the last one.
 */
import { MAX_RECORD_BYTES } from "./lane.ts";

const LF = 0x0a;
const QUOTE = 0x22;

/** Large enough that handing a block over costs little beside reading it. */
const BLOCK = 1024 * 1024;

export interface RecordBlock {
  /** Begins with a record; nothing else is in its memory, so that this can be handed to another thread. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether the text ends here. Else the block ends with a record, or has a fault. */
  readonly final: boolean;
  /** Share of the input that was read. */
  readonly progress: number | undefined;
}

export async function* recordBlocks(
  chunks: AsyncIterable<Uint8Array>,
  progress: () => number | undefined,
  size = BLOCK,
): AsyncGenerator<RecordBlock> {
  let bytes = new Uint8Array(2 * size);
  let filled = 0;
  let odd = false;
  // Where the next cut is looked for: not in the same bytes again and again.
  let enough = size;
  const take = (length: number, final: boolean): RecordBlock => {
    const rest = bytes.subarray(length, filled);
    const next = new Uint8Array(Math.max(2 * size, rest.length));
    next.set(rest);
    const block = { bytes: bytes.subarray(0, length), final, progress: progress() };
    bytes = next;
    filled = rest.length;
    odd = oddQuotes(next, 0, filled, false);
    enough = Math.max(size, 2 * filled);
    return block;
  };
  try {
    for await (const chunk of chunks) {
      if (filled + chunk.length > bytes.length) bytes = grown(bytes, filled + chunk.length);
      bytes.set(chunk, filled);
      odd = oddQuotes(bytes, filled, filled + chunk.length, odd);
      filled += chunk.length;
      if (filled < enough) continue;
      const cut = lastRecordEnd(bytes, filled, odd);
      if (cut > 0) yield take(cut, false);
      else if (filled > 2 * MAX_RECORD_BYTES) {
        yield take(filled, false);
        return;
      } else enough = 2 * filled;
    }
  } catch (error) {
    // What stands before the bytes that cannot be read may have a fault, which comes first.
    if (filled > 0) yield take(filled, false);
    throw error;
  }
  if (filled > 0) yield take(filled, true);
}

/** Whether the quotes are odd in number, after those before them. */
function oddQuotes(bytes: Uint8Array, from: number, to: number, before: boolean): boolean {
  let count = before ? 1 : 0;
  for (let at = from; at < to; at++) if (bytes[at] === QUOTE) count++;
  return count % 2 === 1;
}

/** Where the last whole record ends; 0 where none does. `odd`: of the quotes before `end`. */
function lastRecordEnd(bytes: Uint8Array, end: number, odd: boolean): number {
  let inside = odd;
  for (let at = end - 1; at >= 0; at--) {
    if (bytes[at] === QUOTE) inside = !inside;
    else if (bytes[at] === LF && !inside) return at + 1;
  }
  return 0;
}

function grown(bytes: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(2 * bytes.length, needed));
  larger.set(bytes);
  return larger;
}
