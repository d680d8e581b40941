/** The ledger in a run of `prepare`: what was sent before is left out, and what is written gets its keys beside it. */

import { basename } from "#host";
import { lineOf } from "../base/lines.ts";
import type { RowReason } from "../base/reasons.ts";
import type { RecordReader } from "../conversion/record.ts";
import type { Conversion } from "../conversion/types.ts";
import type { UploadRow } from "../destinations/types.ts";
import { KeyRows, writeKeys } from "../ledger/keys-file.ts";
import { Ledger } from "../ledger/ledger.ts";
import { Records } from "../ledger/records.ts";
import type { RowBatch } from "../read/types.ts";
import type { PrepareReport } from "../report/summary.ts";
import { batches, type Input, rowFaults } from "./inputs.ts";
import type { PreparePlan } from "./plan.ts";

/** About 75 bytes of memory for each row of the conversions. */
export class RunLedger {
  readonly #ledger: Ledger;
  readonly #known: Records;
  readonly #joinColumn: number | undefined;
  readonly #written: KeyRows;
  readonly #conversions: string | null;
  /** Conversions of uploads whose answer nobody has read. */
  #unanswered = 0;

  private constructor(ledger: Ledger, known: Records, input: Input, plan: PreparePlan) {
    this.#ledger = ledger;
    this.#known = known;
    this.#joinColumn = input.key;
    const { conversions } = plan;
    this.#conversions = typeof conversions === "string" ? basename(conversions) : null;
    this.#written = new KeyRows(plan.uploads[0]?.destination.emailRules ?? "");
  }

  /**
   * Reads which conversions there are, in a pass of its own, and then once through the ledger. So the memory is
   * that of the conversions, however long the ledger has grown.
   *
   * @returns undefined where there is to be no ledger
   */
  static async ask(
    input: Input,
    records: RecordReader,
    plan: PreparePlan,
  ): Promise<RunLedger | undefined> {
    if (plan.ledger === undefined) return undefined;
    const run = new RunLedger(await Ledger.open(plan.ledger), new Records(), input, plan);
    const faultOf = rowFaults(input);
    for await (const batch of batches(input, "conversions", plan)) {
      for (let row = 0; row < batch.length; row++) {
        if (faultOf(batch, row) !== undefined) continue;
        const record = records.read(batch, row);
        if (!record.ok) continue;
        const key = run.keyOf(record.conversion, batch, row);
        if (key !== undefined) run.#known.add(key, 0);
      }
    }
    await run.#ledger.ask(run.#known);
    return run;
  }

  /** @returns undefined where nothing in the row tells which conversion it is */
  keyOf(conversion: Conversion, batch: RowBatch, row: number): Uint8Array | undefined {
    const column = this.#joinColumn;
    const { name, time, orderId, clickId } = conversion;
    const joinKey = column === undefined ? undefined : batch.cell(row, column).trim();
    return this.#ledger.keys.key({ name, time, orderId, clickId, joinKey });
  }

  /** @returns why the row is left out; undefined for one that is to be written */
  take(row: UploadRow, key: Uint8Array | undefined): RowReason | undefined {
    if (key === undefined) return "no-id-for-ledger";
    const content = this.#ledger.keys.content(row.name, row.time, row);
    const slot = this.#known.find(key, 0);
    const state = slot < 0 ? "" : this.#known.state(slot);
    if (state === "sent" || state === "accepted") {
      if (state === "sent") this.#unanswered++;
      return this.#known.hasContent(slot, content) ? "already-sent" : "already-sent-changed";
    }
    this.#written.add(key, content, row.time, lineOf(row.line));
    return undefined;
  }

  /** Writes the keys beside each file that was published. */
  async publish(report: PrepareReport): Promise<PrepareReport> {
    let from = 0;
    for (const { file, rows, sha256 = "" } of report.destinations.flatMap(({ files }) => files)) {
      const head = { ledger: this.#ledger.keys.id, sha256, conversions: this.#conversions };
      await writeKeys(file, head, this.#written.part(from, rows));
      from += rows;
    }
    if (this.#unanswered === 0) return report;
    const note = `${this.#unanswered} conversions are in an upload whose answer was not read; go on with it with \`firsthash upload\` and --resume`;
    return { ...report, notes: [...report.notes, note] };
  }
}
