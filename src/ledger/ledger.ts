/**
 * The ledger: which conversions were sent, and what became of them. Microsoft tells duplicates by the digests too,
 * so a conversion whose person has a new address is a new one to it and counts twice; the ledger tells
 * conversions by what does not change. One ledger is for one account.
 */
import { appendSynced, copyOf, openBeside, publish, statusOf, takeLock } from "#host";
import { FirsthashError, outputError, usageError } from "../base/errors.ts";
import { LedgerKeys } from "./keys.ts";
import { batchesOf, HEAD, headOf, Log, type LogEnd, SECRET } from "./log.ts";
import { RECORD, Records } from "./records.ts";

/** Days after which nothing is taken any more, and a week. */
const KEPT_DAYS = 90 + 7;
/** Appended records from which on it is worth to write the ledger anew. */
const WORTH_REWRITING = 10_000;
/** Records of one pass of a rewriting: 40 MB of memory. */
const PASS = 1_000_000;
/** Seconds to wait for another process that writes. */
const LOCK_SECONDS = 60;

export class Ledger {
  readonly path: string;
  readonly keys: LedgerKeys;

  private constructor(path: string, secret: Uint8Array) {
    this.path = path;
    this.keys = new LedgerKeys(secret);
  }

  /**
   * Opens the ledger; makes an empty one of mode 0600 where there is none.
   *
   * @throws FirsthashError "output" for a file that is no ledger
   */
  static async open(path: string): Promise<Ledger> {
    if ((await statusOf(path)) === undefined) await make(path);
    const log = await Log.open(path);
    await log.close();
    return new Ledger(path, log.secret);
  }

  /** Puts into each of the records what the ledger knows of its key. Reads the ledger once, from end to end. */
  async ask(records: Records): Promise<void> {
    await this.#read((batch) => fillIn(records, batch));
  }

  /** The records of conversions of which some record has a content that is asked for; each as it is last. */
  async withContent(isAsked: (batch: Uint8Array, at: number) => boolean): Promise<Records> {
    const found = new Records();
    await this.#read((batch) => {
      for (let at = 0; at < batch.length; at += RECORD)
        if (isAsked(batch, at)) found.add(batch, at);
    });
    await this.ask(found);
    return found;
  }

  /**
   * Writes records behind the others, with `decide` between reading and writing, while no other process writes.
   *
   * @param asked is filled with what the ledger knows, for `decide`
   * @param decide gives the records to write
   */
  async write(
    { environment, account }: { readonly environment: string; readonly account: string },
    asked: Records,
    decide: () => Uint8Array,
  ): Promise<void> {
    await this.#locked(async () => {
      const own = this.keys.account(environment, account);
      let bound: Uint8Array | undefined;
      const end = await this.#read(
        (batch) => fillIn(asked, batch),
        (account) => {
          bound = copyOf(account);
        },
      );
      if (bound !== undefined && !sameBytes(bound, own)) {
        throw usageError(
          `${this.path}: this ledger is for another account (ledger-of-other-account)`,
          "keep one ledger for each account",
        );
      }
      const writing = end.writing + 1;
      const first = bound === undefined ? [...batchesOf("account", writing, own)] : [];
      const blocks = [...first, ...batchesOf("records", writing, decide())];
      if (blocks.length > 0) await appendSynced(this.path, end.at, blocks);
    });
  }

  /**
   * Drops entries that are too old to be sent, and what later entries have replaced, where that is worth it. The
   * new file takes the place of the old one in one step.
   *
   * @param today days since 1970
   */
  async prune(today: number): Promise<void> {
    const oldest = today - KEPT_DAYS;
    await this.#locked(async () => {
      const counts = { total: 0, first: 0, old: 0 };
      let account: Uint8Array | undefined;
      await this.#read(
        (batch, writing) => {
          counts.total += batch.length / RECORD;
          if (writing === 1) counts.first += batch.length / RECORD;
          for (let at = 0; at < batch.length; at += RECORD)
            if (dayOf(batch, at) < oldest) counts.old++;
        },
        (bytes) => {
          account = copyOf(bytes);
        },
      );
      const grown = counts.total - counts.first;
      if (counts.old > 0 || grown > counts.first + WORTH_REWRITING) {
        await this.#rewrite(oldest, account, counts.total);
      }
    });
  }

  async #rewrite(oldest: number, account: Uint8Array | undefined, total: number): Promise<void> {
    const log = await Log.open(this.path);
    const temp = await openBeside(this.path);
    try {
      await temp.write(headOf(log.secret));
      if (account !== undefined)
        for (const block of batchesOf("account", 1, account)) await temp.write(block);
      const passes = Math.ceil(total / PASS);
      for (let pass = 0; pass < passes; pass++) {
        const kept = new Records(Math.min(total, PASS));
        await log.read((kind, _, batch) => {
          if (kind !== "records") return;
          for (let at = 0; at < batch.length; at += RECORD) {
            // By the last bytes of the key: the table takes the first ones.
            const part = (((batch[at + 14] as number) << 8) | (batch[at + 15] as number)) % passes;
            if (part !== pass || dayOf(batch, at) < oldest) continue;
            kept.fill(kept.add(batch, at), batch, at);
          }
        });
        for (const block of batchesOf("records", 1, kept.bytes)) await temp.write(block);
      }
      await temp.settle();
      await publish([{ temp: temp.path, target: this.path }], { force: true, stale: [] });
    } catch (error) {
      await temp.discard();
      throw error;
    } finally {
      await log.close();
    }
  }

  async #read(
    onRecords: (batch: Uint8Array, writing: number) => void,
    onAccount: (account: Uint8Array) => void = () => {},
  ): Promise<LogEnd> {
    const log = await Log.open(this.path);
    try {
      return await log.read((kind, writing, batch) =>
        kind === "records" ? onRecords(batch, writing) : onAccount(batch),
      );
    } finally {
      await log.close();
    }
  }

  async #locked(work: () => Promise<void>): Promise<void> {
    const path = `${this.path}.lock`;
    for (let tries = 0; ; tries++) {
      const release = await takeLock(path);
      if (release !== undefined) return work().finally(release);
      if (tries >= LOCK_SECONDS * 10) {
        throw outputError("another process has been writing to the ledger for a minute", {
          file: this.path,
          reason: "ledger-locked",
          hint: `try again when it is done; if there is none, remove ${path}`,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** A later record is in the place of an earlier one. */
function fillIn(records: Records, batch: Uint8Array): void {
  for (let at = 0; at < batch.length; at += RECORD) {
    const slot = records.find(batch, at);
    if (slot >= 0) records.fill(slot, batch, at);
  }
}

async function make(path: string): Promise<void> {
  const temp = await openBeside(path);
  try {
    await temp.write(headOf(crypto.getRandomValues(new Uint8Array(SECRET))));
    await temp.settle();
    await publish([{ temp: temp.path, target: path }], { force: false, stale: [] });
  } catch (error) {
    await temp.discard();
    // Another process was quicker: its ledger is the one.
    if (error instanceof FirsthashError && (await statusOf(path)) !== undefined) return;
    throw error;
  }
}

function dayOf(batch: Uint8Array, at: number): number {
  return ((batch[at + 24] as number) << 8) | (batch[at + 25] as number);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Bytes before the first batch, for tests of damage. */
export const LEDGER_HEAD = HEAD;
