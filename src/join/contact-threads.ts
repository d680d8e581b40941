/**
 * The contacts by several threads: this one cuts the file into blocks and settles what the others found in
 * them, in the order of the file. So conflicts, counts, lines and errors are those of a single thread.
 */
import type { IdentifySettings } from "../identity/identify.ts";
import type { RunOptions } from "../options.ts";
import { packageFile } from "../package-file.ts";
import type { Plan } from "../plan.ts";
import type { RecordBlock } from "../read/blocks.ts";
import { columnNumbers, type Input } from "../read/inputs.ts";
import { quoteError } from "../read/lane.ts";
import type { TableBlocks } from "../read/types.ts";
import type { PeopleTally } from "../report/tally.ts";
import { Threads } from "../threads.ts";
import { type BlockAnswer, type BlockTask, type ContactWork, peopleOf } from "./contact-block.ts";
import type { KeyTable } from "./keys.ts";
import { type ContactLane, settleContact } from "./settle.ts";

const SCRIPT = packageFile("dist/join/contact-worker.js");

/** Blocks that a thread has before it: one that it reads and one that waits. */
const BLOCKS_A_THREAD = 2;

export async function readContactsInThreads(
  count: number,
  contacts: Input & { readonly key: number },
  blocks: TableBlocks,
  keys: KeyTable,
  lanes: readonly ContactLane[],
  tally: PeopleTally,
  plan: Plan,
  options: RunOptions,
): Promise<void> {
  const work: ContactWork = {
    keys: keys.share(),
    keyColumn: contacts.key,
    person: contacts.columns,
    settings: lanes.map(({ rules }): IdentifySettings => ({ rules, region: plan.region })),
    consentValues: [...plan.consentValues],
    delimiter: blocks.delimiter,
    headerWidth: contacts.table.headers.length,
    columns: columnNumbers(contacts.columns, contacts.key),
  };
  const threads = new Threads<BlockTask, BlockAnswer>(SCRIPT, count, work, options.signal);
  let line = blocks.firstLine;
  try {
    for await (const { answer, progress } of inOrder(threads, blocks.read(options.signal))) {
      settleBlock(answer, line, lanes, tally);
      line += answer.lines;
      if (answer.fault !== undefined) {
        const { kind, line: within } = answer.fault;
        throw quoteError(kind, contacts.table.findings.file, line - answer.lines + within);
      }
      options.onProgress?.({ stage: "contacts", rows: tally.rows, share: progress });
    }
  } finally {
    await threads.close();
  }
}

interface Read {
  readonly answer: BlockAnswer;
  readonly progress: number | undefined;
}

/** The answers in the order of the blocks, of which only a few are held at a time. */
async function* inOrder(
  threads: Threads<BlockTask, BlockAnswer>,
  blocks: AsyncIterable<RecordBlock>,
): AsyncGenerator<Read> {
  const under: { answer: Promise<BlockAnswer>; progress: number | undefined }[] = [];
  async function* oldest(most: number): AsyncGenerator<Read> {
    while (under.length > most) {
      const { answer, progress } = under.shift() as (typeof under)[number];
      yield { answer: await answer, progress };
    }
  }
  try {
    for await (const { bytes, final, progress } of blocks) {
      under.push({ answer: threads.run({ bytes, final }, [bytes.buffer]), progress });
      yield* oldest(BLOCKS_A_THREAD * threads.count - 1);
    }
  } catch (error) {
    // Blocks in front of the bytes that cannot be read may have a fault, which comes first.
    yield* oldest(0);
    throw error;
  }
  yield* oldest(0);
}

function settleBlock(
  { rows, malformed, hits, people }: BlockAnswer,
  firstLine: number,
  lanes: readonly ContactLane[],
  tally: PeopleTally,
): void {
  tally.rows += rows;
  for (const { reason, line } of malformed) tally.malformed.add(reason, firstLine + line);
  for (const [n, lane] of lanes.entries()) {
    const found = peopleOf(people[n] as (typeof people)[number]);
    for (const [hit, slot] of hits.slots.entries()) {
      const person = found.next().value;
      const line = firstLine + (hits.lines[hit] as number);
      settleContact(lane, slot, line, hits.consents[hit] ? () => person : undefined);
    }
  }
}
