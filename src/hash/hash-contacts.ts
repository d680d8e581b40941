/** Contacts -> key and digests, used when the join happens elsewhere. One pass, bounded memory. */
import type { RowReason } from "../base/reasons.ts";
import { type OnRow, rowEnding } from "../base/row-events.ts";
import { PeopleTally, RowTally } from "../base/tally.ts";
import type { CountryCode, Identifiers } from "../base/types.ts";
import { BareDigits } from "../identity/bare-digits.ts";
import { PersonReader } from "../identity/person.ts";
import { findPlaintext, holdsOneOf } from "../identity/plaintext-net.ts";
import { CutKeys, type KeyFault, keyFault } from "../join/damaged-keys.ts";
import { KeyCount } from "../join/key-count.ts";
import { KeyTable } from "../join/keys.ts";
import {
  batches,
  cellCountFault,
  type Input,
  noRows,
  openContacts,
  placer,
  tellCells,
} from "../prepare/inputs.ts";
import { writeManifest } from "../prepare/manifest.ts";
import type { RowBatch } from "../read/types.ts";
import type { HashReport } from "../report/summary.ts";
import { checkFile } from "../write/check.ts";
import { csvLine } from "../write/csv.ts";
import { DataFile } from "../write/data-file.ts";
import { TextBlocks } from "../write/encoder.ts";
import type { HashOptions } from "./options.ts";
import { PeopleByKey } from "./people-by-key.ts";
import { type HashPlan, planHash } from "./plan.ts";
import { HASH_TEXTS, reportHash, whyNotPublish } from "./report.ts";

/** Names of the digest columns. */
export const DIGEST_HEADERS = ["hashed_email", "hashed_phone"] as const;

/** What stands in the first column where no key is named: the row's line in the input. */
const ROW_HEADER = "row";

/**
 * Normalizes and hashes every contact of an export and writes a CSV of three columns: the key (or the
 * line), `hashed_email` and `hashed_phone`. Contacts with neither are left out and counted. With `perKey`
 * there is one row for each key.
 *
 * The key's cells are written as they are, so a key that looks like an e-mail address or a phone number is
 * refused (`key-looks-personal`).
 *
 * @returns what was read and written, and what was left out and why; never a cell of the input
 * @throws FirsthashError with an exit code and a hint; then nothing was written
 *
 * @example
 * ```ts
 * import { hashContacts } from "firsthash";
 *
 * const report = await hashContacts({
 *   contacts: "samples/contacts.csv",
 *   key: "Contact ID",
 *   country: "US",
 *   dryRun: true,
 * });
 * console.log(report.ok, report.rows.written); // true 19
 * ```
 */
export async function hashContacts(options: HashOptions): Promise<HashReport> {
  const plan = planHash(options);
  const { target, targetRules, manifest, signal } = plan;
  for (const path of [target.kind === "file" ? target.path : undefined, manifest]) {
    if (path !== undefined) await checkFile(path, targetRules);
  }
  const input = await openContacts(plan);
  try {
    const people = new PeopleTally();
    tellCells(people, input, plan.onRow);
    const file = await DataFile.open(target, targetRules, signal);
    try {
      const run = {
        input,
        people,
        rows: new RowTally(),
        reader: new PersonReader(input.columns, plan.settings, plan.consentValues, people),
        keys: new KeyCells(plan.settings.region),
        count: new KeyCount(),
        cut: new CutKeys(),
        tell: tellRows(input, plan.onRow),
        perKey: plan.perKey === undefined ? undefined : new PeopleByKey(plan.perKey),
        refused: await refusedKeys(input, plan),
        blocks: new TextBlocks(),
      };
      run.blocks.push(csvLine([keyHeader(input), ...DIGEST_HEADERS], ","));
      for await (const batch of batches(input, "contacts", plan)) {
        for (let row = 0; row < batch.length; row++) {
          const end = settleRow(batch, row, run);
          if (end !== undefined) endRow(end, batch.line(row), run);
        }
        people.rows += batch.length;
        await file.write(run.blocks.take());
      }
      if (people.rows === 0) throw noRows(input.table);
      await writePeople(run, file);
      await file.write(run.blocks.end());
      const problem = whyNotPublish(run, plan);
      const written = problem === undefined ? await file.commit() : undefined;
      const report = reportHash({ ...run, plan, problem, written });
      if (manifest !== undefined) {
        await writeManifest(manifest, { report, recorded: plan.recorded }, targetRules);
      }
      return report;
    } finally {
      await file.discard();
    }
  } finally {
    await input.table.close();
  }
}

/** A header that could be data is not written. */
function keyHeader({ table, key }: Input): string {
  if (key === undefined) return ROW_HEADER;
  return table.headersPrintable ? (table.headers[key] ?? "key") : "key";
}

/** If any row of a person refuses consent, every row is refused. With a key one extra pass tells that. */
async function refusedKeys(input: Input, plan: HashPlan): Promise<KeyTable> {
  const refused = new KeyTable();
  const { columns, key, table } = input;
  if (columns.consent === undefined || key === undefined) return refused;
  const tally = new PeopleTally();
  const reader = new PersonReader(columns, plan.settings, plan.consentValues, tally);
  for await (const batch of batches(
    { ...input, columns: { consent: columns.consent } },
    "contacts",
    plan,
  )) {
    for (let row = 0; row < batch.length; row++) {
      if (cellCountFault(table, batch, row) !== undefined) continue;
      if (reader.consents(batch, row) || keyFaultOf(batch, row, key) !== undefined) continue;
      refused.intern(batch.cell(row, key));
    }
  }
  return refused;
}

interface HashRun {
  readonly input: Input;
  readonly people: PeopleTally;
  readonly rows: RowTally;
  readonly reader: PersonReader;
  readonly keys: KeyCells;
  /** Keys of people who said no in one of their rows. */
  readonly refused: KeyTable;
  /** Keys of rows that could be written. */
  readonly count: KeyCount;
  /** Keys that a spreadsheet may have cut. */
  readonly cut: CutKeys;
  readonly tell: ((code: RowEnd, line: number) => void) | undefined;
  /** Where rows of one key become one; then that counts the keys. */
  readonly perKey: PeopleByKey | undefined;
  readonly blocks: TextBlocks;
}

/** How a row ended. */
type RowEnd = RowReason | "duplicate" | "written";

function tellRows(input: Input, onRow: OnRow | undefined) {
  if (onRow === undefined) return undefined;
  const placeOf = placer(input);
  return (code: RowEnd, line: number) =>
    onRow({ ...placeOf(line), ...rowEnding(code, HASH_TEXTS) });
}

/** Counts a row that was not written, and tells of any. */
function endRow(end: RowEnd, line: number, { rows, tell }: HashRun): void {
  if (end === "duplicate") rows.duplicates.add(end, line);
  else if (end !== "written") rows.reasons.add(end, line);
  tell?.(end, line);
}

/** Writes a row, or says why not; undefined where that is known only when all rows of its key are. */
function settleRow(batch: RowBatch, row: number, run: HashRun): RowEnd | undefined {
  const { input, reader, refused, perKey } = run;
  const fault = cellCountFault(input.table, batch, row);
  if (fault !== undefined) return fault;
  if (input.key !== undefined && refused.find(batch.cell(row, input.key)) >= 0) return "no-consent";
  if (!reader.consents(batch, row)) return "no-consent";
  const key = readKey(batch, row, run);
  if (!key.ok) return key.reason;
  const person: Identifiers = reader.identify(batch, row);
  if (perKey !== undefined) {
    const line = batch.line(row);
    const { isNew, conflict } = perKey.add(key.key, person, line);
    reader.countConflict(conflict, line);
    return isNew ? undefined : "duplicate";
  }
  if (input.key !== undefined) run.count.addCell(batch, row, input.key);
  return writeRow(key.key, person, run);
}

function writeRow(key: string, person: Identifiers, run: HashRun): RowEnd {
  if (person.email === undefined && person.phone === undefined) return "no-identifier";
  run.blocks.push(csvLine([key, person.email ?? "", person.phone ?? ""], ","));
  run.rows.write(person);
  return "written";
}

/** The people of all keys, where rows of one key became one. */
async function writePeople(run: HashRun, file: DataFile): Promise<void> {
  for (const { key, line, identifiers } of run.perKey?.people() ?? []) {
    endRow(writeRow(key, identifiers, run), line, run);
    const blocks = run.blocks.take();
    if (blocks.length > 0) await file.write(blocks);
  }
}

function readKey(batch: RowBatch, row: number, { input, keys, cut }: HashRun) {
  if (input.key === undefined) return { ok: true, key: String(batch.line(row)) } as const;
  const { email = [], phone = [] } = input.columns;
  const fault = keyFaultOf(batch, row, input.key);
  if (fault !== undefined) return { ok: false, reason: fault } as const;
  const key = batch.cell(row, input.key);
  cut.observe(key.trim());
  const personal = [...email, ...phone].map((column) => batch.cell(row, column));
  return keys.read(key, personal);
}

/** A key that is none must not be written either: a join elsewhere would compare it. */
function keyFaultOf(batch: RowBatch, row: number, key: number): KeyFault | undefined {
  if (batch.isRounded?.(row, key) === true) return "key-spreadsheet-damaged";
  return keyFault(batch.cell(row, key).trim());
}

/**
 * Keys that are written as they stand. An id passes; what looks like an address or a number does not,
 * and neither does what the same row has in its e-mail or phone column.
 */

export class KeyCells {
  readonly #region: CountryCode | undefined;
  readonly #digits = new BareDigits();
  #numberSeen = false;

  /** @param region the country of numbers that name none */
  constructor(region?: CountryCode) {
    this.#region = region;
  }

  /** @param personal the cells of the same row that hold addresses and numbers */
  read(
    cell: string,
    personal: readonly string[],
  ):
    | { readonly ok: true; readonly key: string }
    | { readonly ok: false; readonly reason: "no-key" | "key-looks-personal" } {
    const key = cell.trim();
    if (key === "") return { ok: false, reason: "no-key" };
    const found = findPlaintext(key, this.#region);
    if (found !== undefined || holdsOneOf(key, personal)) {
      if (found === "phone") this.#numberSeen = true;
      return { ok: false, reason: "key-looks-personal" };
    }
    this.#digits.observe(key);
    return { ok: true, key };
  }

  /** Whether the keys that were read are phone numbers in bare digits; some have been written already. */
  get holdPhones(): boolean {
    return this.#digits.holdNumbers(this.#region, this.#numberSeen);
  }
}
