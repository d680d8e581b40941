/** Checks the rows of a file one by one. Keeps counts, places and digests; no other text of a row. */

import type { CountryCode } from "../base/types.ts";
import { Duplicates } from "../conversion/duplicates.ts";
import { isDigestOfNothing } from "../identity/nothing.ts";
import { headerKey } from "../read/columns/headers.ts";
import type { RowBatch } from "../read/types.ts";
import { type FindPlain, hashFault, isDigest } from "./cells.ts";
import {
  AmountCheck,
  clickIdFault,
  clientIdFault,
  FreeColumn,
  NameCheck,
  PlainColumn,
} from "./fields.ts";
import type { FindingCode, FindingCounts } from "./findings.ts";
import { FrequentDigests } from "./frequent.ts";
import {
  type FileColumn,
  type Head,
  indexesOf,
  labelOf,
  NO_COLUMN,
  type Positions,
  positionsOf,
  versionRowOf,
} from "./head.ts";
import { TimeCheck } from "./times.ts";

/** Past this, the table of duplicates is not grown: 16 bytes a row are 320 MB here. */
const MOST_DUPLICATE_KEYS = 20_000_000;

/** What comes out of an input as it is. */
const PLAIN_ROLES: ReadonlySet<FileColumn["role"]> = new Set([
  "name",
  "client-id",
  "value",
  "adjustment-value",
  "model",
]);

export interface RowCheckOptions {
  readonly head: Head;
  readonly findings: FindingCounts;
  /** The present, in seconds since 1970. */
  readonly asOf: number;
  /** A delimited text: a spreadsheet could read a cell as a formula, and a row may be cut short. */
  readonly delimited: boolean;
  readonly find: FindPlain;
  /** The country whose columns of bare digits are phone numbers. */
  readonly region: CountryCode | undefined;
  /** Columns whose bare digits are no phone numbers. */
  readonly allowPlain: readonly string[] | undefined;
  /** Collects the digests, where they are to be compared. */
  readonly digests: DigestSink | undefined;
  /** Told of each row to upload, by its line. */
  readonly onChecked: ((line: number) => void) | undefined;
}

/** A row to upload, for those who ask whose it is. Empty texts are cells that are not there. */
export interface UploadedRow {
  readonly line: number;
  /** Digests. */
  readonly email: string;
  readonly phone: string;
  readonly clientId: string;
  readonly name: string;
  /** Seconds since 1970; undefined where it cannot be read. */
  readonly time: number | undefined;
}

export type DigestField = "email" | "phone";

/** Takes the digests of a file, one after the other, and then the row that they stood in. */
export interface DigestSink {
  add(digest: string, field: DigestField): unknown;
  endRow(row: UploadedRow): void;
}

/** Rows by what identifies the person in them. */
export interface IdentifierCounts {
  both: number;
  emailOnly: number;
  phoneOnly: number;
  clickIdOnly: number;
  none: number;
}

const NO_CELLS = { clientId: "", name: "", time: undefined } as const;

export class RowCheck {
  /** Rows to upload. */
  rows = 0;
  readonly identifiers: IdentifierCounts = {
    both: 0,
    emailOnly: 0,
    phoneOnly: 0,
    clickIdOnly: 0,
    none: 0,
  };
  readonly #columns: readonly FileColumn[];
  readonly #at: Positions;
  /** Digests of which it is not known what they are of. */
  readonly #hashes: readonly number[];
  readonly #free: readonly FreeColumn[];
  readonly #plain: readonly PlainColumn[];
  readonly #options: RowCheckOptions;
  readonly #findings: FindingCounts;
  readonly #times: TimeCheck;
  readonly #amounts: AmountCheck;
  readonly #names: NameCheck;
  readonly #duplicates = new Duplicates();
  #keys = 0;
  readonly #frequent = { email: new FrequentDigests(), phone: new FrequentDigests() };
  readonly #version: ReturnType<typeof versionRowOf>;
  #versionSeen = false;
  #first = true;
  /** The row at hand has something in a hash column that is no digest. */
  #malformed = false;

  constructor(options: RowCheckOptions) {
    const { head, asOf } = options;
    this.#options = options;
    this.#findings = options.findings;
    this.#columns = head.columns;
    this.#at = positionsOf(head.columns);
    this.#hashes = indexesOf(head.columns, "hash");
    this.#free = head.columns.flatMap((column, index) =>
      column.role === "unknown" || column.role === "none"
        ? [new FreeColumn(column, index, options.find)]
        : [],
    );
    const allowed = new Set(options.allowPlain?.map(headerKey));
    this.#plain = head.columns.flatMap((column, index) => {
      const watched = PLAIN_ROLES.has(column.role) && !allowed.has(headerKey(String(column.label)));
      return watched ? [new PlainColumn(column, index)] : [];
    });
    this.#times = new TimeCheck(head.shape?.destination, head.zone, asOf);
    this.#amounts = new AmountCheck(options, this.#at);
    this.#names = new NameCheck(options.delimited, options.find);
    this.#version = versionRowOf(head);
  }

  check(batch: RowBatch, row: number): void {
    const line = batch.line(row);
    const { head } = this.#options;
    const width = this.#columns.length;
    const cells = batch.width(row);
    if (cells > width && this.#isTooLong(batch, row, cells)) {
      this.#findings.add("row-too-long", line);
      this.#countRow(line);
      // The cells stand in wrong columns: what is said of them would not be true.
      for (let column = 0; column < cells; column++)
        this.#search(batch.cell(row, column), line, column);
      return;
    }
    if (head.shape === undefined) {
      this.#unknownRow(batch, row, line);
      return;
    }
    if (cells < width && this.#options.delimited) this.#findings.add("row-too-short", line);
    if (!this.#isConversion(batch, row, line)) return;
    this.#countRow(line);
    this.#conversion(batch, row, line);
  }

  /** What is known only at the end. */
  finish(): void {
    const { shape, headerLine } = this.#options.head;
    if (this.#version.type !== "" && !this.#versionSeen) {
      this.#findings.add("version-row-missing", headerLine + 1);
    }
    if (this.rows === 0) this.#findings.add("no-rows");
    if (shape !== undefined && this.rows > shape.destination.limits.rows) {
      this.#findings.add("too-many-rows", undefined, undefined, this.rows);
    }
    for (const field of ["email", "phone"] as const) {
      for (const { rows, line } of this.#frequent[field].suspicious()) {
        this.#findings.add("digest-on-many-rows", line, this.#label(this.#at[field]), rows);
      }
    }
    for (const column of this.#free) column.finish(this.#findings);
    for (const column of this.#plain) column.finish(this.#findings, this.#options.region);
  }

  /** True for a row of the kind that is uploaded. The version row is checked here. */
  #isConversion(batch: RowBatch, row: number, line: number): boolean {
    const first = this.#first;
    this.#first = false;
    const at = this.#at.type;
    const { recordType } = this.#options.head.shape ?? {};
    if (at === NO_COLUMN || recordType === undefined) return true;
    const type = batch.cell(row, at);
    if (type === recordType) return true;
    if (type === this.#version.type) {
      if (!first) this.#findings.add("version-row-misplaced", line);
      this.#versionSeen = true;
      for (const [column, expected] of this.#version.cells) {
        if (batch.cell(row, column) !== expected) {
          this.#findings.add("version-wrong", line, this.#label(column));
        }
      }
      return false;
    }
    this.#findings.add(type === `${recordType} Error` ? "result-file" : "record-type-other", line);
    for (let column = 0; column < this.#columns.length; column++) {
      this.#search(batch.cell(row, column), line, column);
    }
    return false;
  }

  #countRow(line: number): void {
    this.rows++;
    this.#options.onChecked?.(line);
  }

  #unknownRow(batch: RowBatch, row: number, line: number): void {
    this.#countRow(line);
    const email = this.#hash(batch, row, line, this.#at.email, "email");
    const phone = this.#hash(batch, row, line, this.#at.phone, "phone");
    for (const column of this.#hashes) this.#hash(batch, row, line, column, "email");
    this.#identifiers(email, phone, "", line);
    this.#options.digests?.endRow({ ...NO_CELLS, line, email, phone });
    for (const column of this.#free)
      column.check(batch.cell(row, column.index), line, this.#findings, false);
  }

  #conversion(batch: RowBatch, row: number, line: number): void {
    const at = this.#at;
    this.#malformed = false;
    const email = this.#hash(batch, row, line, at.email, "email");
    const phone = this.#hash(batch, row, line, at.phone, "phone");
    const clickId = at["click-id"] === NO_COLUMN ? "" : batch.cell(row, at["click-id"]);
    if (clickId !== "")
      this.#fault(clickIdFault(clickId, this.#options.find), line, at["click-id"]);
    this.#identifiers(email, phone, clickId, line);
    const name = at.name === NO_COLUMN ? "" : batch.cell(row, at.name);
    if (at.name !== NO_COLUMN) {
      for (const code of this.#names.check(name)) this.#fault(code, line, at.name);
    }
    const timeCell = at.time === NO_COLUMN ? "" : batch.cell(row, at.time);
    const time = at.time === NO_COLUMN ? undefined : this.#time(timeCell, clickId, line, at.time);
    const retract = this.#amounts.adjustment(batch, row, line, time);
    this.#amounts.money(batch, row, line, retract);
    const id = at["client-id"] === NO_COLUMN ? "" : batch.cell(row, at["client-id"]);
    if (at["client-id"] !== NO_COLUMN) {
      const { delimited, find } = this.#options;
      if (id !== "") this.#fault(clientIdFault(id, delimited, find), line, at["client-id"]);
    }
    if (at.credit !== NO_COLUMN || at.model !== NO_COLUMN)
      this.#amounts.attribution(batch, row, line);
    for (const column of this.#free)
      column.check(batch.cell(row, column.index), line, this.#findings, true);
    for (const column of this.#plain) column.check(batch.cell(row, column.index), line);
    this.#options.digests?.endRow({ line, email, phone, clientId: id, name, time });
    this.#duplicate(name, timeCell, time, email, phone, clickId, retract !== undefined, line);
  }

  /** @returns the digest, "" where there is none */
  #hash(batch: RowBatch, row: number, line: number, column: number, field: DigestField): string {
    if (column === NO_COLUMN) return "";
    const cell = batch.cell(row, column);
    if (cell === "") return "";
    if (!isDigest(cell)) {
      this.#malformed = true;
      this.#fault(hashFault(cell), line, column);
      return "";
    }
    if (isDigestOfNothing(cell)) {
      this.#findings.add("hash-of-nothing", line, this.#label(column));
      return "";
    }
    this.#frequent[field].add(cell, line);
    this.#options.digests?.add(cell, field);
    return cell;
  }

  #identifiers(email: string, phone: string, clickId: string, line: number): void {
    const counts = this.identifiers;
    if (email !== "" && phone !== "") {
      counts.both++;
      if (email === phone) {
        this.#findings.add("digest-in-both-columns", line, this.#label(this.#at.phone));
      }
    } else if (email !== "") counts.emailOnly++;
    else if (phone !== "") counts.phoneOnly++;
    else if (clickId !== "") counts.clickIdOnly++;
    else {
      counts.none++;
      if (this.#options.head.shape !== undefined) this.#findings.add("no-identifier", line);
    }
  }

  /** @returns the instant, or undefined */
  #time(cell: string, clickId: string, line: number, column: number): number | undefined {
    const checked = this.#times.check(cell, clickId === "" ? undefined : clickId);
    const plain = checked.code === "time-unreadable" ? this.#options.find(cell) : undefined;
    this.#fault(plain ?? checked.code, line, column);
    this.#fault(checked.form, line, column);
    const { shape, zone } = this.#options.head;
    const stated = zone.kind === "offset" || zone.kind === "name";
    if (shape !== undefined && shape.above.length > 0 && !stated && zone.kind !== "wrong") {
      if (
        !checked.ownZone &&
        checked.code !== "time-absent" &&
        !this.#findings.has("time-zone-missing")
      ) {
        this.#findings.add("time-zone-missing", line, this.#label(column));
      }
    }
    return checked.time;
  }

  #duplicate(
    name: string,
    timeCell: string,
    time: number | undefined,
    email: string,
    phone: string,
    clickId: string,
    adjusted: boolean,
    line: number,
  ): void {
    // An adjustment repeats the key of its conversion; without its digest a row has no key.
    if (adjusted || this.#malformed) return;
    if (this.#keys >= MOST_DUPLICATE_KEYS) {
      if (!this.#findings.has("duplicates-not-checked")) {
        this.#findings.add("duplicates-not-checked", line);
      }
      return;
    }
    // A time outside of the 90 days gives no instant; its text tells duplicates just as well.
    const key = time === undefined ? `${timeCell}|${name}` : name;
    if (this.#duplicates.add({ clickId, name: key, time: time ?? 0, email, phone })) {
      this.#findings.add("duplicate", line);
    } else this.#keys++;
  }

  #isTooLong(batch: RowBatch, row: number, cells: number): boolean {
    for (let column = this.#columns.length; column < cells; column++) {
      if (batch.cell(row, column) !== "") return true;
    }
    return false;
  }

  #search(cell: string, line: number, column: number): void {
    if (cell === "" || isDigest(cell)) return;
    const { role } = this.#columns[column] ?? {};
    if (role === "time" || role === "adjustment-time") {
      if (this.#times.check(cell).code !== "time-unreadable") return;
    }
    this.#fault(this.#options.find(cell), line, column);
  }

  #fault(code: FindingCode | undefined, line: number, column: number): void {
    if (code !== undefined) this.#findings.add(code, line, this.#label(column));
  }

  #label(column: number): string | number | undefined {
    return labelOf(this.#options.head, column);
  }
}
