/**
 * What an upload writes into the ledger: all its rows as sent before the first byte goes out, and what became of each
 * when the answer is read. Each writing can be repeated: after a kill `--resume` does it again.
 */
import { FirsthashError } from "../base/errors.ts";
import { keysPath, readKeys, type UploadKeys } from "../ledger/keys-file.ts";
import { Ledger } from "../ledger/ledger.ts";
import { type EntryState, KEY, RECORD, Records, STATES } from "../ledger/records.ts";
import type { Answer } from "./answer.ts";
import { bulkBatches } from "./bulk-rows.ts";
import { instantOf } from "./bulk-time.ts";
import type { Account } from "./service.ts";

interface Target extends Account {
  readonly environment: string;
}

const DAY = 86_400_000;

/** The rows of one upload in the ledger. */
export class LedgerMarks {
  readonly #ledger: Ledger;
  /** Undefined for a file of adjustments, which is told by what it says. */
  readonly #keys: UploadKeys | undefined;
  readonly #file: string;
  readonly #tag: number;

  private constructor(ledger: Ledger, keys: UploadKeys | undefined, file: string) {
    this.#ledger = ledger;
    this.#keys = keys;
    this.#file = file;
    this.#tag = keys?.head.mark ?? 0;
  }

  /**
   * @param sha256 of the file
   * @throws FirsthashError "usage" where the file was not prepared with this ledger
   */
  static async open(
    path: string,
    file: string,
    { sha256, adjustments }: { readonly sha256: string; readonly adjustments: boolean },
  ): Promise<LedgerMarks> {
    const ledger = await Ledger.open(path);
    if (adjustments) return new LedgerMarks(ledger, undefined, file);
    const keys = await readKeys(file);
    if (keys === undefined || keys.head.sha256 !== sha256 || keys.head.ledger !== ledger.keys.id) {
      const what = keys === undefined ? "" : `: ${keysPath(file)} is of another file or ledger`;
      throw refused(
        "not-of-this-ledger",
        `${file}: was not prepared with this ledger${what}`,
        "prepare it again with --ledger and the same ledger; without it nothing is marked",
      );
    }
    return new LedgerMarks(ledger, keys, file);
  }

  /** Of the ledger, for the state: going on needs the same one. */
  get ledgerId(): string {
    return this.#ledger.keys.id;
  }

  /** The lines of the conversions, and their file's base name. */
  get keys(): UploadKeys | undefined {
    return this.#keys;
  }

  /**
   * Before anything is written of the upload.
   *
   * @throws FirsthashError "usage" where rows were sent with another file meanwhile
   */
  async needUnsent(): Promise<void> {
    const asked = this.#asked();
    await this.#ledger.ask(asked);
    this.#needUnsent(asked);
  }

  /**
   * Before the first byte.
   *
   * @param again rows of other uploads are sent all the same
   * @throws FirsthashError "usage" where rows were sent with another file meanwhile
   */
  async sent(target: Target, again: boolean): Promise<void> {
    if (this.#keys === undefined) return;
    const { records } = this.#keys;
    await this.#write(target, (asked) => {
      if (!again) this.#needUnsent(asked);
      return this.#marked(records, () => "sent");
    });
  }

  /** The file was refused as a whole: its rows may be sent again. */
  async failed(target: Target): Promise<void> {
    if (this.#keys === undefined) return;
    const { records } = this.#keys;
    await this.#write(target, () => this.#marked(records, () => "refused"));
  }

  /** What became of each row. Those of which the service said nothing stay `sent`. */
  async answered(target: Target, answer: Answer): Promise<void> {
    if (this.#keys === undefined) await this.#retracted(target, answer);
    else {
      const { records } = this.#keys;
      await this.#write(target, () =>
        this.#marked(records, (row) =>
          answer.isRefused(row) ? "refused" : answer.isAccepted(row) ? "accepted" : undefined,
        ),
      );
    }
    await this.#ledger.prune(Math.floor(Date.now() / DAY));
  }

  async #write(target: Target, decide: (asked: Records) => Uint8Array): Promise<void> {
    const asked = this.#asked();
    await this.#ledger.write(target, asked, () => decide(asked));
  }

  #asked(): Records {
    const { records = new Uint8Array() } = this.#keys ?? {};
    const asked = new Records(records.length / RECORD);
    for (let at = 0; at < records.length; at += RECORD) asked.add(records, at);
    return asked;
  }

  #needUnsent(asked: Records): void {
    let others = 0;
    for (let slot = 0; slot < asked.size; slot++) {
      const state = asked.state(slot);
      if ((state === "sent" || state === "accepted") && asked.upload(slot) !== this.#tag) others++;
    }
    if (others === 0) return;
    throw refused(
      "already-sent",
      `${this.#file}: ${others} of its rows were sent with another file meanwhile`,
      "prepare it again: the ledger leaves them out; to send them once more, --again",
    );
  }

  #marked(records: Uint8Array, stateOf: (row: number) => EntryState | undefined): Uint8Array {
    const marked = new Uint8Array(records.length);
    const view = new DataView(marked.buffer);
    let size = 0;
    for (let at = 0; at < records.length; at += RECORD) {
      const state = stateOf(at / RECORD);
      if (state === undefined) continue;
      marked.set(records.subarray(at, at + RECORD), size);
      marked[size + 26] = STATES.indexOf(state);
      view.setUint32(size + 28, this.#tag);
      size += RECORD;
    }
    return marked.subarray(0, size);
  }

  /** Conversions that were taken back may be sent anew. They are told by what was sent of them. */
  async #retracted(target: Target, answer: Answer): Promise<void> {
    const contents = new Set<string>();
    let row = 0;
    for await (const rows of bulkBatches(this.#file, this.#file)) {
      for (const { row: cells } of rows) {
        const at = row++;
        const time = instantOf(cells.cell("time"));
        if (!answer.isAccepted(at) || time === undefined) continue;
        if (cells.cell("adjustmentType").toLowerCase() !== "retract") continue;
        const content = this.#ledger.keys.content(cells.cell("name"), time, {
          clickId: cells.cell("clickId").toLowerCase(),
          email: cells.cell("email"),
          phone: cells.cell("phone"),
        });
        contents.add(textOf(content, 0));
      }
    }
    if (contents.size === 0) return;
    const found = await this.#ledger.withContent((records, at) =>
      contents.has(textOf(records, at + KEY)),
    );
    await this.#ledger.write(target, found, () => {
      const taken = found.bytes.slice();
      for (let at = 26; at < taken.length; at += RECORD) taken[at] = STATES.indexOf("retracted");
      return taken;
    });
  }
}

/** Eight bytes as a text, for a set. */
function textOf(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 8));
}

function refused(reason: string, message: string, hint: string): FirsthashError {
  return new FirsthashError("usage", `${message} (${reason})`, { reason, hint });
}
