/** Contacts -> key and digests: a filter for who does the join elsewhere. One pass, bounded memory. */
import { usageError } from "../base/errors.ts";
import type { RowReason } from "../base/reasons.ts";
import { PeopleTally, RowTally } from "../base/tally.ts";
import { PersonReader } from "../identity/person.ts";
import { DEFAULT_EMAIL_RULES, isEmailRuleSet } from "../identity/rules.ts";
import type { EmailRuleSet, Identifiers } from "../identity/types.ts";
import { KeyCells } from "../join/key-cell.ts";
import { KeyTable } from "../join/keys.ts";
import { cellCountFault, type Input, noRows, openContacts } from "../prepare/inputs.ts";
import { writeManifest } from "../prepare/manifest.ts";
import type { ColumnChoices, PersonField, Progress } from "../prepare/options.ts";
import { consentOption, maxRefusedOption, regionOption } from "../prepare/plan.ts";
import { batches } from "../read/pass.ts";
import type { InputSource, ReadOptions, RowBatch } from "../read/types.ts";
import { checkFile } from "../write/check.ts";
import { csvLine } from "../write/csv.ts";
import { DataFile, type DataTarget } from "../write/data-file.ts";
import { TextBlocks } from "../write/encoder.ts";
import { formatOf } from "../write/formats.ts";
import { type HashReport, reportHash, whyNotPublish } from "./report.ts";

/** What `hashContacts` takes. */
export interface HashOptions {
  /**
   * A path, a stream of bytes, or records. Read once; with a key and a consent column twice, and then
   * what comes only once is kept in memory.
   */
  readonly contacts: InputSource;
  /** What to call contacts that are not a path, in messages. */
  readonly name?: string | undefined;
  /** Path of a .csv file, or a stream that gets it once the run is known to be good, and is not ended. Required unless `dryRun`. */
  readonly output?: string | NodeJS.WritableStream | undefined;
  /** Column whose cells are written beside the digests. The line in the file where it is left out. */
  readonly key?: string | undefined;
  readonly columns?: ColumnChoices<PersonField> | undefined;
  /** Country of phone numbers that name none: ISO code or English name. */
  readonly country?: string | undefined;
  /** E-mail rule set: that of the destination that the digests are for. `microsoft-2026-06` by default. */
  readonly rules?: EmailRuleSet | undefined;
  /** Values of the consent column that mean yes. Compared without case. */
  readonly consentValues?: readonly string[] | undefined;
  /** Percent of the rows read, 0 to 100; past it nothing is written. 10 by default. */
  readonly maxRefused?: number | undefined;
  /** Replace an existing output. */
  readonly force?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** Path of a manifest to write, as for `prepare`. */
  readonly manifest?: string | undefined;
  /** How to read the contacts, where detection is wrong. */
  readonly read?: Omit<ReadOptions, "repeatable"> | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops the run; nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
}

/** Names of the digest columns. */
export const DIGEST_HEADERS = ["hashed_email", "hashed_phone"] as const;

/** What stands in the first column where no key is named: the row's line in the input. */
const ROW_HEADER = "row";

/**
 * Normalizes and hashes every contact of an export and writes a CSV of three columns: the key (or the
 * line), `hashed_email` and `hashed_phone`. Contacts with neither are left out and counted.
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
  const { rules = DEFAULT_EMAIL_RULES, contacts, manifest, force, signal } = options;
  if (!isEmailRuleSet(rules)) throw usageError("the rules option names no e-mail rule set");
  const settings = { rules, region: regionOption(options.country) };
  const consent = consentOption(options);
  const maxRefused = maxRefusedOption(options.maxRefused);
  const target = targetOf(options);
  const targetRules = { force, inputs: typeof contacts === "string" ? [contacts] : [] };
  for (const path of [target.kind === "file" ? target.path : undefined, manifest]) {
    if (path !== undefined) await checkFile(path, targetRules);
  }
  const input = await openContacts(options);
  try {
    const people = new PeopleTally();
    const file = await DataFile.open(target, targetRules, signal);
    try {
      const run = {
        input,
        people,
        rows: new RowTally(),
        reader: new PersonReader(input.columns, settings, consent, people),
        keys: new KeyCells(),
        refused: await refusedKeys(input, consent, options),
        blocks: new TextBlocks(),
      };
      run.blocks.push(csvLine([keyHeader(input), ...DIGEST_HEADERS], ","));
      for await (const batch of batches(input, "contacts", options)) {
        for (let row = 0; row < batch.length; row++) {
          const reason = settleRow(batch, row, run);
          if (reason !== undefined) run.rows.reasons.add(reason, batch.line(row));
        }
        people.rows += batch.length;
        await file.write(run.blocks.take());
      }
      if (people.rows === 0) throw noRows(input.table);
      await file.write(run.blocks.end());
      const problem = whyNotPublish(run, maxRefused);
      const written = problem === undefined ? await file.commit() : undefined;
      const report = reportHash({ ...run, options, rules, problem, written });
      if (manifest !== undefined) {
        await writeManifest(manifest, { report, options: { ...options, rules } }, targetRules);
      }
      return report;
    } finally {
      await file.discard();
    }
  } finally {
    await input.table.close();
  }
}

function targetOf({ output, dryRun }: HashOptions): DataTarget {
  if (dryRun) return { kind: "none" };
  if (output === undefined) throw usageError("the output is missing", "name a file, or a dry run");
  if (typeof output !== "string") return { kind: "stream", stream: output };
  formatOf({ id: "hash", formats: ["csv"] }, output);
  return { kind: "file", path: output };
}

/** A header that could be data is not written. */
function keyHeader({ table, key }: Input): string {
  if (key === undefined) return ROW_HEADER;
  return table.headersPrintable ? (table.headers[key] ?? "key") : "key";
}

/** Who said no in one row said no, wherever that row stands: a pass of its own where that can be asked. */
async function refusedKeys(
  input: Input,
  consent: ReadonlySet<string>,
  options: HashOptions,
): Promise<KeyTable> {
  const refused = new KeyTable();
  const { columns, key, table } = input;
  if (columns.consent === undefined || key === undefined) return refused;
  const tally = new PeopleTally();
  const reader = new PersonReader(columns, { rules: DEFAULT_EMAIL_RULES }, consent, tally);
  for await (const batch of batches(
    { ...input, columns: { consent: columns.consent } },
    "contacts",
    options,
  )) {
    for (let row = 0; row < batch.length; row++) {
      if (cellCountFault(table, batch, row) !== undefined) continue;
      if (!reader.consents(batch, row)) refused.intern(batch.cell(row, key));
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
  readonly blocks: TextBlocks;
}

/** Writes a row, or says why not. */
function settleRow(batch: RowBatch, row: number, run: HashRun): RowReason | undefined {
  const { input, rows, reader, refused, blocks } = run;
  const fault = cellCountFault(input.table, batch, row);
  if (fault !== undefined) return fault;
  if (input.key !== undefined && refused.find(batch.cell(row, input.key)) >= 0) return "no-consent";
  if (!reader.consents(batch, row)) return "no-consent";
  const key = readKey(batch, row, run);
  if (!key.ok) return key.reason;
  const person: Identifiers = reader.identify(batch, row);
  if (person.email === undefined && person.phone === undefined) return "no-identifier";
  blocks.push(csvLine([key.key, person.email ?? "", person.phone ?? ""], ","));
  rows.write(person);
  return undefined;
}

function readKey(batch: RowBatch, row: number, { input, keys }: HashRun) {
  if (input.key === undefined) return { ok: true, key: String(batch.line(row)) } as const;
  const { email = [], phone = [] } = input.columns;
  const personal = [...email, ...phone].map((column) => batch.cell(row, column));
  return keys.read(batch.cell(row, input.key), personal);
}
