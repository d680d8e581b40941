/**
 * Uploads prepared files. Each file goes through: verify, goals, confirmation, send, wait, read the answer.
 * The state beside it says how far it is; `resume` goes on from there.
 */
import { basename } from "node:path";
import { removeFile, statusOf } from "#host";
import { FirsthashError, usageError } from "../base/errors.ts";
import { VERSION } from "../base/version.ts";
import { keysPath } from "../ledger/keys-file.ts";
import { digestFile } from "../read/observed.ts";
import { checkFile } from "../write/check.ts";
import { DataFile } from "../write/data-file.ts";
import { type Admitted, admit } from "./admit.ts";
import type { Answer } from "./answer.ts";
import type { UploadStatus } from "./bulk.ts";
import { deliver } from "./deliver.ts";
import type { Packed } from "./download.ts";
import type { Endpoint } from "./endpoint.ts";
import { hasReason } from "./endpoint.ts";
import { failure } from "./failures.ts";
import { compareNames, countNames, isBlocked, listGoals, type NameReport } from "./goals.ts";
import { LedgerMarks } from "./marks.ts";
import {
  type Connection,
  checkServiceOptions,
  connect,
  type Internals,
  resolveAccount,
  type ServiceOptions,
} from "./options.ts";
import { rejectLines, sourceOfRows } from "./rejects.ts";
import {
  ACCEPTED_NOTE,
  reportState,
  summarize,
  type UploadFileReport,
  type UploadReport,
} from "./report.ts";
import { RowIndex } from "./row-index.ts";
import type { Account } from "./service.ts";
import { STATUS_TEXTS } from "./service-codes.ts";
import { awaitStatus, fetchAnswer } from "./settle.ts";
import {
  isUnfinished,
  readState,
  StateFile,
  setStateAside,
  statePath,
  type UploadState,
} from "./state.ts";

/** How far an upload is. */
export type UploadProgress = { readonly file: string } & (
  | { readonly step: "verifying"; readonly rows: number; readonly share: number | undefined }
  | { readonly step: "sending"; readonly bytes: number; readonly total: number }
  | { readonly step: "checking"; readonly rows: number; readonly total: number }
  | { readonly step: "retrying"; readonly why: string }
  | { readonly step: "waiting"; readonly status: string; readonly percent: number | undefined }
  | { readonly step: "reading"; readonly bytes: number }
);

/** What a person is asked before the first byte goes out. */
export interface Confirmation {
  readonly file: string;
  readonly rows: number;
  readonly adjustments: boolean;
  readonly account: string;
  readonly customer: string;
  readonly environment: string;
  /** An upload of the same bytes is done already, or its outcome is not known. */
  readonly again: boolean;
}

/** Options of {@link upload}. */
export interface UploadOptions extends ServiceOptions {
  /** Go on with the uploads that the state files describe. Never sends what has arrived. */
  readonly resume?: boolean | undefined;
  /** Send although the state says that these bytes were sent. */
  readonly again?: boolean | undefined;
  /** Verify and check the goals; send nothing. */
  readonly dryRun?: boolean | undefined;
  /** False: stop when the file was sent; `resume` reads the answer later. */
  readonly wait?: boolean | undefined;
  /** Seconds to wait for the answer; an hour by default. */
  readonly timeout?: number | undefined;
  /** False: do not compare the names with the goals of the account. */
  readonly goalsCheck?: boolean | undefined;
  /** Keep the service's rows (digests, names, times) in this file, mode 0600. One upload only. */
  readonly result?: string | undefined;
  /** Write the rows that were refused to this file, as CSV. */
  readonly rejects?: string | undefined;
  /** Replace older files of `result` and `rejects`. */
  readonly force?: boolean | undefined;
  /** The manifest of the run that made the file; found beside it where it has the usual name. */
  readonly manifest?: string | undefined;
  /**
   * Path of the ledger that the file was prepared with: its rows are marked as sent before the first byte goes out,
   * and as accepted or refused when the answer is read.
   */
  readonly ledger?: string | undefined;
  /** Asked before anything is sent; false ends the run. Not asked when left out. */
  readonly confirm?: ((question: Confirmation) => Promise<boolean>) | undefined;
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
  /** Told what is worth knowing at once, in our words. */
  readonly onNote?: ((note: string) => void) | undefined;
}

/** Seconds. */
const TIMEOUT = 3600;

/**
 * Sends prepared Bulk files to Microsoft Advertising and reads back what became of each row. A file is verified
 * as a whole before anything is sent; a state file beside it makes sure that it is sent once.
 *
 * @param files prepared by `prepare` or `adjust` for `microsoft-bulk`; they go one after the other
 * @param options who calls, for which account
 * @returns what became of the files, up to the first that failed as a whole
 * @throws FirsthashError "input" for a file that is not fit, "signIn", "unavailable" (go on with `resume`),
 *   "rejected", "usage" for an upload that is done or unfinished, "output"
 *
 * @example
 * ```ts
 * import { upload } from "firsthash/upload";
 *
 * const report = await upload("upload.csv", {
 *   account: "222",
 *   customer: "111",
 *   token: () => process.env.FIRSTHASH_ACCESS_TOKEN ?? "",
 *   developerToken: process.env.FIRSTHASH_DEVELOPER_TOKEN,
 * });
 * console.log(report.accepted, report.refused);
 * ```
 */
export async function upload(
  files: string | readonly string[],
  options: UploadOptions,
): Promise<UploadReport> {
  return uploadWith(files, options, {});
}

/** As `upload`, with what only the command line has. */
export async function uploadWith(
  files: string | readonly string[],
  options: UploadOptions,
  internals: Internals,
): Promise<UploadReport> {
  const list = [files].flat();
  const endpoint = checkServiceOptions(options, internals);
  await checkOptions(list, options);
  const run = new Run(options, endpoint, internals);
  try {
    const starts = await run.readStates(list);
    const reports: UploadFileReport[] = [];
    for (const start of starts) {
      const report = await new FileRun(run, start).finish();
      reports.push(report);
      if (report.outcome === "failed") break;
    }
    return run.report(reports);
  } finally {
    await run.close();
  }
}

async function checkOptions(files: readonly string[], options: UploadOptions): Promise<void> {
  if (files.length === 0) throw usageError("no file to upload", "firsthash upload upload.csv");
  if (files.includes("-")) {
    throw usageError(
      "an upload cannot come from standard input: there would be nothing to go on with",
      "write it to a file first",
    );
  }
  if (new Set(files).size < files.length) {
    throw usageError("one file is named twice", "name each file once");
  }
  const { result, rejects, resume, again, dryRun } = options;
  if (resume && (again || dryRun)) {
    throw usageError("resume goes with neither again nor dry-run", "give one of them");
  }
  if ((result ?? rejects) !== undefined && files.length > 1) {
    throw usageError(
      "result and rejects keep the rows of one upload",
      "upload one file at a time with them",
    );
  }
  for (const path of [result, rejects]) {
    if (path !== undefined) await checkFile(path, { force: options.force, inputs: [...files] });
  }
}

interface Start {
  readonly file: string;
  readonly state: UploadState | undefined;
}

/** What all files of one run share. */
class Run {
  readonly options: UploadOptions;
  readonly endpoint: Endpoint;
  readonly #internals: Internals;
  #connection: Connection | undefined;
  #account: Account | undefined;
  readonly notes: string[] = [];

  constructor(options: UploadOptions, endpoint: Endpoint, internals: Internals) {
    this.options = options;
    this.endpoint = endpoint;
    this.#internals = internals;
  }

  /** Reads all states before anything is done: a second file must not stop a run when the first was sent. */
  async readStates(files: readonly string[]): Promise<Start[]> {
    const starts: Start[] = [];
    for (const file of files) starts.push({ file, state: await readState(file) });
    const { resume, again } = this.options;
    if (resume) {
      if (starts.every(({ state }) => state === undefined)) {
        throw usageError(
          `${files[0]}: there is no upload to go on with`,
          "leave --resume out to begin one",
        );
      }
      return starts;
    }
    for (const { file, state } of starts) {
      if (state === undefined || again || !isUnfinished(state)) continue;
      throw usageError(
        `${file}: an earlier upload is unfinished (${state.phase})`,
        "go on with it with --resume; to send it once more, --again",
      );
    }
    return starts;
  }

  /** Opened with the first call, so that no socket is there before a file was verified. */
  async connect(): Promise<{ readonly connection: Connection; readonly account: Account }> {
    this.#connection ??= await connect(this.options, this.endpoint, this.#internals);
    this.#account ??= await resolveAccount(this.#connection.service, this.options);
    return { connection: this.#connection, account: this.#account };
  }

  note(note: string): void {
    this.notes.push(note);
    this.options.onNote?.(note);
  }

  async close(): Promise<void> {
    await this.#connection?.close();
  }

  report(files: readonly UploadFileReport[]): UploadReport {
    const sum = (count: (file: UploadFileReport) => number | null) =>
      files.reduce((total, file) => total + (count(file) ?? 0), 0);
    const refused = sum((file) => file.refused);
    const unanswered = sum((file) => file.unanswered);
    const unplaced = sum((file) => file.unplaced.length);
    const facts = this.#connection?.service.facts;
    const ahead = facts?.clockAhead;
    if (ahead !== undefined && Math.abs(ahead) > 300) {
      this.note(
        `the clock of this machine is ${Math.abs(Math.round(ahead / 60))} minutes ${ahead > 0 ? "ahead of" : "behind"} the service's; expiry and the 90 days depend on it`,
      );
    }
    return {
      schema: "firsthash.upload-report/1",
      version: VERSION,
      environment: this.endpoint.environment,
      account: this.options.account,
      customer: this.#account?.customer ?? this.options.customer ?? "",
      rows: sum((file) => file.rows),
      accepted: sum((file) => file.accepted),
      refused,
      unanswered,
      files,
      calls: this.#connection?.service.http.calls ?? 0,
      retries: facts?.retries ?? 0,
      waitedSeconds: Math.round(this.#connection?.clock.waited ?? 0),
      ok:
        refused + unanswered + unplaced === 0 && files.every(({ outcome }) => outcome !== "failed"),
      notes: this.notes,
    };
  }
}

/** One file from its state to its end. */
class FileRun {
  readonly #run: Run;
  readonly #file: string;
  readonly #earlier: UploadState | undefined;
  #stateFile: StateFile | undefined;
  #state: UploadState | undefined;
  #marks: LedgerMarks | undefined;

  constructor(run: Run, { file, state }: Start) {
    this.#run = run;
    this.#file = file;
    this.#earlier = state;
  }

  async finish(): Promise<UploadFileReport> {
    try {
      return this.#run.options.resume && this.#earlier !== undefined
        ? await this.#resume(this.#earlier)
        : await this.#begin();
    } catch (error) {
      throw this.#interrupted(error);
    }
  }

  async #resume(state: UploadState): Promise<UploadFileReport> {
    const { account, environment = "production" } = this.#run.options;
    if (state.account !== account || state.environment !== environment) {
      throw failure("account-differs", { file: this.#file });
    }
    const { sha256 } = await digestFile(this.#file, this.#run.options.signal);
    if (sha256 !== state.sha256) throw failure("file-changed", { file: this.#file });
    this.#stateFile = StateFile.of(this.#file);
    this.#state = state;
    if (!isUnfinished(state)) {
      await this.#forgetKeys(state);
      const report = reportState(this.#file, state);
      return { ...report, notes: ["nothing was sent: this upload was finished before"] };
    }
    await this.#openMarks(state, state.ledger);
    if (state.phase === "sending") {
      const admitted = await this.#admit();
      await this.#deliver(admitted, state);
    }
    return this.#settle();
  }

  async #begin(): Promise<UploadFileReport> {
    const { options } = this.#run;
    const earlier = this.#earlier;
    const again = await this.#isAgain();
    const admitted = await this.#admit();
    if (!options.dryRun) await this.#openMarks(admitted, again ? earlier?.ledger : undefined);
    if (!again) await this.#marks?.needUnsent();
    const { connection, account } = await this.#run.connect();
    await this.#checkGoals(connection, account, admitted);
    if (options.dryRun) return dryRunReport(admitted);
    const { rows, adjustments } = admitted;
    const confirmed = await options.confirm?.({
      file: this.#file,
      rows,
      adjustments,
      ...account,
      environment: this.#run.endpoint.environment,
      again,
    });
    if (confirmed === false) throw usageError("not confirmed; nothing was sent");
    if (earlier !== undefined && !again) await setStateAside(this.#file, earlier);
    this.#stateFile =
      again && earlier !== undefined ? StateFile.of(this.#file) : await StateFile.fresh(this.#file);
    await this.#deliver(admitted, undefined, again);
    if (options.wait === false) return reportState(this.#file, this.#known());
    return this.#settle();
  }

  /** Whether the bytes were sent before and are to be sent again. @throws FirsthashError "usage" */
  async #isAgain(): Promise<boolean> {
    const state = this.#earlier;
    const { again, signal } = this.#run.options;
    if (state === undefined) return false;
    if (isUnfinished(state)) return true;
    const { sha256 } = await digestFile(this.#file, signal);
    if (sha256 !== state.sha256) return false;
    if (again) return true;
    throw usageError(
      `${this.#file}: this file was uploaded already (${state.phase}, ${state.at})`,
      state.phase === "failed"
        ? "see the outcome with --resume; to send it once more, --again"
        : "see the outcome with --resume; to send it once more although it was taken, --again",
    );
  }

  async #admit(): Promise<Admitted> {
    const { onProgress, signal } = this.#run.options;
    const admitted = await admit(this.#file, {
      environment: this.#run.endpoint.environment,
      onProgress: (rows, share) =>
        onProgress?.({ file: this.#file, step: "verifying", rows, share }),
      signal,
    });
    for (const warning of admitted.warnings) this.#run.note(`${this.#file}: ${warning}`);
    return admitted;
  }

  async #checkGoals(
    { service }: Connection,
    account: Account,
    { adjustments }: Admitted,
  ): Promise<void> {
    const { goalsCheck, signal } = this.#run.options;
    if (goalsCheck === false) return;
    const names = await countNames(this.#file, signal);
    let reports: NameReport[];
    try {
      reports = compareNames(await listGoals(service, account), names, { adjustments });
    } catch (error) {
      if (!hasReason(error, "no-access")) throw error;
      this.#run.note("the goals cannot be read with this sign-in, so the names were not compared");
      return;
    }
    const blocked = reports.filter(isBlocked);
    if (blocked.length === 0) return;
    throw new FirsthashError("findings", `${blockedText(blocked)} (goals-check)`, {
      file: this.#file,
      reason: "goals-check",
      hint: "see all with `firsthash goals` and the file; --no-goals-check sends it all the same",
    });
  }

  async #deliver(admitted: Admitted, resumed?: UploadState, again = false): Promise<void> {
    const { file, sha256, bytes, rows, adjustments } = admitted;
    const { onProgress } = this.#run.options;
    if (resumed !== undefined && sha256 !== resumed.sha256) throw failure("file-changed", { file });
    const archive = await admitted.pack();
    const { connection, account } = await this.#run.connect();
    const delivered = await deliver({
      service: connection.service,
      account,
      archive,
      auth: resumed?.auth ?? this.#earlier?.auth ?? "authentication-token",
      earlier: resumed?.requestId,
      begin: async ({ requestId, auth }) => {
        // First the state, then the ledger: a kill between them leaves an upload to go on with, and no conversion
        // that counts as sent and is not.
        await this.#write({
          schema: "firsthash.upload/1",
          file: basename(file),
          ...{ sha256, bytes, rows, adjustments },
          environment: this.#run.endpoint.environment,
          ...account,
          phase: "sending",
          requestId,
          sends: (this.#state?.sends ?? 0) + 1,
          auth,
          ...((again || resumed?.again) && { again: true }),
          at: "",
          ...(this.#marks !== undefined && { ledger: this.#marks.ledgerId }),
          ...{ status: null, accepted: null, refused: null, unanswered: null, errors: [] },
        });
        await this.#marks?.sent(this.#target, again || resumed?.again === true);
      },
      onSent: (sent) => onProgress?.({ file, step: "sending", bytes: sent, total: archive.bytes }),
      onRetry: (why) => onProgress?.({ file, step: "retrying", why }),
    }).catch(async (error) => {
      // Refused as it came in: the same bytes will be refused again, so there is nothing to go on with.
      if (hasReason(error, "upload-failed")) {
        await this.#marks?.failed(this.#target);
        await this.#write({ ...this.#known(), phase: "failed" });
      } else if (hasReason(error, "already-sent")) {
        // Found when the state was written, before a byte went out.
        await this.#write({ ...this.#known(), phase: "failed" });
      }
      throw error;
    });
    await this.#write({
      ...this.#known(),
      phase: "sent",
      requestId: delivered.requestId,
      auth: delivered.auth,
    });
  }

  /** From `sent` or `result` to the end. */
  async #settle(): Promise<UploadFileReport> {
    const { options } = this.#run;
    const { connection, account } = await this.#run.connect();
    const { service } = connection;
    const { requestId } = this.#known();
    const status = await awaitStatus({
      service,
      account,
      requestId,
      timeout: options.timeout ?? TIMEOUT,
      onStatus: ({ status, percent }) =>
        options.onProgress?.({ file: this.#file, step: "waiting", status, percent }),
    });
    if (status.kind === "failed") return this.#fail(status);
    await this.#write({ ...this.#known(), phase: "result", status: status.status });
    const { answer, index, packed } = await fetchAnswer({
      service,
      account,
      requestId,
      status,
      index: () => RowIndex.of(this.#file, this.#known().rows, options.signal),
      signal: options.signal,
      onBytes: (bytes) => options.onProgress?.({ file: this.#file, step: "reading", bytes }),
    });
    await this.#keep(answer, packed);
    await this.#marks?.answered(this.#target, answer);
    return this.#done(answer, index, service.facts.trackingId);
  }

  async #fail(status: UploadStatus): Promise<UploadFileReport> {
    const errors = status.errors.map(({ code, name }) => ({ name, number: code, rows: 0 }));
    await this.#marks?.failed(this.#target);
    await this.#write({ ...this.#known(), phase: "failed", status: status.status, errors });
    const { advice } = STATUS_TEXTS[status.status] ?? {};
    const report = reportState(this.#file, this.#known());
    return { ...report, notes: advice === undefined ? [] : [advice] };
  }

  /** The files that were asked for, before the state says that all is done. */
  async #keep(answer: Answer, packed: Packed): Promise<void> {
    const { result, rejects, force, signal, manifest } = this.#run.options;
    if (result !== undefined) await writePieces(result, packed.bytes(), force, signal);
    if (rejects !== undefined) {
      const source = await sourceOfRows(this.#file, this.#known().sha256, manifest);
      await writePieces(rejects, rejectLines(this.#file, answer, source, signal), force, signal);
    }
  }

  async #done(
    answer: Answer,
    index: RowIndex,
    trackingId: string | undefined,
  ): Promise<UploadFileReport> {
    const counts = answer.counts();
    const { errors, unplaced } = summarize(answer, index);
    await this.#write({
      ...this.#known(),
      phase: "done",
      ...counts,
      errors: errors.map(({ name, number, rows }) => ({ name, number, rows })),
    });
    await this.#forgetKeys(this.#known());
    return {
      ...reportState(this.#file, this.#known()),
      ...(trackingId !== undefined && { trackingId }),
      errors,
      unplaced,
      notes: [ACCEPTED_NOTE],
    };
  }

  /** @param begunWith the ledger of an upload that was begun */
  async #openMarks(
    subject: { readonly sha256: string; readonly adjustments: boolean },
    begunWith: string | undefined,
  ): Promise<void> {
    const { ledger } = this.#run.options;
    const keys = await statusOf(keysPath(this.#file));
    if (ledger === undefined) {
      if (begunWith === undefined && (keys === undefined || this.#run.options.resume)) return;
      throw usageError(
        `${this.#file}: was prepared with a ledger, and what is sent of it must be marked there (ledger-missing)`,
        "give the same file with --ledger",
      );
    }
    // What was begun without a ledger is gone on with without one: nothing of it is marked there.
    if (this.#run.options.resume && begunWith === undefined) {
      this.#run.note(`${this.#file}: was begun without the ledger, and is not marked in it`);
      return;
    }
    if (keys === undefined && begunWith !== undefined && this.#state?.phase !== "sending") {
      this.#run.note(`${this.#file}: its ledger keys are gone, so its rows stay marked as sent`);
      return;
    }
    this.#marks = await LedgerMarks.open(ledger, this.#file, subject);
    if (begunWith === undefined || begunWith === this.#marks.ledgerId) return;
    throw usageError(
      `${this.#file}: the upload was begun with another ledger (not-of-this-ledger)`,
      "give that ledger",
    );
  }

  get #target() {
    const { account, customer, environment } = this.#known();
    return { account, customer, environment };
  }

  /** The keys have served when each row has its mark. A file that was refused as a whole may be sent again. */
  async #forgetKeys({ ledger, phase }: UploadState): Promise<void> {
    if (ledger !== undefined && phase === "done") await removeFile(keysPath(this.#file));
  }

  #known(): UploadState {
    if (this.#state === undefined) throw new Error("a file that was begun has a state");
    return this.#state;
  }

  async #write(state: UploadState): Promise<void> {
    this.#state = { ...state, at: new Date().toISOString().replace(/\.\d+/, "") };
    await this.#stateFile?.write(this.#state);
  }

  /** An interruption says whether the bytes went out. */
  #interrupted(error: unknown): unknown {
    if (!(error instanceof FirsthashError) || error.code !== "interrupted") return error;
    const phase = this.#state?.phase;
    if (phase === undefined)
      return new FirsthashError("interrupted", "interrupted; nothing was sent");
    const what =
      phase === "sending" ? "the file may have been sent" : "the file was sent and has arrived";
    return new FirsthashError(
      "interrupted",
      `interrupted; ${what}; ${statePath(this.#file)} keeps the state`,
      { hint: "go on with --resume" },
    );
  }
}

function blockedText(blocked: readonly NameReport[]): string {
  const [first] = blocked;
  const rows = blocked.reduce((sum, name) => sum + name.rows, 0);
  const codes = [...new Set(blocked.flatMap(({ findings }) => findings))].join(", ");
  const one = first === undefined ? "" : `, first ${JSON.stringify(first.name)}`;
  return `${blocked.length} of its conversion names would be of no use (${codes}${one}; ${rows} rows)`;
}

function dryRunReport(admitted: Admitted): UploadFileReport {
  const { file, sha256, bytes, rows, adjustments } = admitted;
  return {
    ...{ file, sha256, bytes, rows, adjustments },
    outcome: "dry-run",
    ...{ status: null, accepted: null, refused: null, unanswered: null },
    ...{ errors: [], unplaced: [], sends: 0 },
    notes: ["nothing was sent"],
  };
}

async function writePieces(
  path: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  force: boolean | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const target = await DataFile.open({ kind: "file", path }, { force }, signal);
  try {
    for await (const piece of pieces) await target.write([piece]);
    await target.commit();
  } finally {
    await target.discard();
  }
}
