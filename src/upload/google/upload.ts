/**
 * Uploads request bodies of the Data Manager API. A file goes through: verify, validation of all its bodies, one
 * sending of each without the rows that are refused, then the counts of what became of them. A request is taken or
 * refused as a whole, and one that has an unknown end cannot be asked for: so the state says it before each.
 */
import { usageError } from "../../base/errors.ts";
import { VERSION } from "../../base/version.ts";
import { checkFile } from "../../write/check.ts";
import type { Endpoint } from "../endpoint.ts";
import type { UploadFileReport, UploadReport } from "../report.ts";
import type { UploadProgress } from "../upload.ts";
import {
  checkGoogleOptions,
  connectToGoogle,
  type GoogleInternals,
  type GoogleOptions,
} from "./connect.ts";
import type { DataManager } from "./data-manager.ts";
import { FileRun } from "./file-run.ts";
import { type GoogleState, readGoogleState } from "./state.ts";

/** What a person is asked before the first byte goes out. */
export interface GoogleConfirmation {
  readonly file: string;
  readonly rows: number;
  readonly account: string;
  /** An upload of the same bytes is done already. */
  readonly again: boolean;
}

/** Options of {@link uploadToGoogle}. */
export interface GoogleUploadOptions extends GoogleOptions {
  /** Go on with the uploads that the state files describe. Never sends what has arrived, or may have. */
  readonly resume?: boolean | undefined;
  /** Send although the state says that these bytes were sent; of an unfinished upload, what may not have arrived. */
  readonly again?: boolean | undefined;
  /** Verify; sign in; send nothing. */
  readonly dryRun?: boolean | undefined;
  /** False: stop when all was sent; `resume` reads the answer later. */
  readonly wait?: boolean | undefined;
  /** Seconds to wait for the answer; an hour by default. Google takes about half of one. */
  readonly timeout?: number | undefined;
  /** Write the rows that were refused before the sending to this file, as CSV. */
  readonly rejects?: string | undefined;
  /** Replace an older file of `rejects`. */
  readonly force?: boolean | undefined;
  /** Path of the ledger that the file was prepared with. */
  readonly ledger?: string | undefined;
  /** Asked before anything is sent; false ends the run. Not asked when left out. */
  readonly confirm?: ((question: GoogleConfirmation) => Promise<boolean>) | undefined;
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
  /** Told what is worth knowing at once, in our words. */
  readonly onNote?: ((note: string) => void) | undefined;
}

/**
 * Sends request bodies for Google's Data Manager API (`prepare` writes them for `google-data-manager`) and reads
 * back how many events were taken. All bodies are validated before the first is sent.
 *
 * @param files prepared for `google-data-manager`; they go one after the other
 * @param options who calls
 * @returns what became of the files, up to the first that failed as a whole
 * @throws FirsthashError "input" for a file that is not fit, "signIn", "unavailable" (go on with `resume`),
 *   "rejected", "usage" for an upload that is done or unfinished, "output"
 *
 * @example
 * ```ts
 * import { uploadToGoogle } from "firsthash/upload";
 *
 * const report = await uploadToGoogle("upload.jsonl", {
 *   token: () => process.env.FIRSTHASH_GOOGLE_ACCESS_TOKEN ?? "",
 * });
 * console.log(report.accepted, report.refused);
 * ```
 */
export async function uploadToGoogle(
  files: string | readonly string[],
  options: GoogleUploadOptions,
): Promise<UploadReport> {
  return uploadToGoogleWith(files, options, {});
}

/** As `uploadToGoogle`, with what only the command line has. */
export async function uploadToGoogleWith(
  files: string | readonly string[],
  options: GoogleUploadOptions,
  internals: GoogleInternals,
): Promise<UploadReport> {
  const list = [files].flat();
  const endpoint = checkGoogleOptions(options, internals);
  await checkOptions(list, options);
  const run = new GoogleRun(options, endpoint, internals);
  try {
    const states = await readStates(list, options);
    const reports: UploadFileReport[] = [];
    for (const [at, file] of list.entries()) {
      const report = await new FileRun(run, file, states[at]).finish();
      reports.push(report);
      if (report.outcome === "failed") break;
    }
    return run.report(reports);
  } finally {
    await run.close();
  }
}

async function checkOptions(
  files: readonly string[],
  { rejects, resume, again, dryRun, force }: GoogleUploadOptions,
): Promise<void> {
  if (files.length === 0) throw usageError("no file to upload", "firsthash upload upload.jsonl");
  if (new Set(files).size < files.length) {
    throw usageError("one file is named twice", "name each file once");
  }
  if (resume && (again || dryRun)) {
    throw usageError("resume goes with neither again nor dry-run", "give one of them");
  }
  if (rejects !== undefined && files.length > 1) {
    throw usageError("rejects keeps the rows of one upload", "upload one file at a time with it");
  }
  if (rejects !== undefined) await checkFile(rejects, { force, inputs: [...files] });
}

/** Reads all states before anything is done: a second file must not stop a run when the first was sent. */
async function readStates(
  files: readonly string[],
  { resume, again }: GoogleUploadOptions,
): Promise<(GoogleState | undefined)[]> {
  const states: (GoogleState | undefined)[] = [];
  for (const file of files) states.push(await readGoogleState(file));
  if (resume && states.every((state) => state === undefined)) {
    throw usageError(
      `${files[0]}: there is no upload to go on with`,
      "leave --resume out to begin one",
    );
  }
  if (resume || again) return states;
  for (const [at, state] of states.entries()) {
    if (state === undefined || state.phase === "done" || state.phase === "failed") continue;
    throw usageError(
      `${files[at]}: an earlier upload is unfinished (${state.phase})`,
      "go on with it with --resume",
    );
  }
  return states;
}

/** What all files of one run share. */
export class GoogleRun {
  readonly options: GoogleUploadOptions;
  readonly #endpoint: Endpoint;
  readonly #internals: GoogleInternals;
  #service: DataManager | undefined;
  readonly #accounts = new Set<string>();
  readonly #notes: string[] = [];

  constructor(options: GoogleUploadOptions, endpoint: Endpoint, internals: GoogleInternals) {
    this.options = options;
    this.#endpoint = endpoint;
    this.#internals = internals;
  }

  /** Opened with the first call, so that no socket is there before a file was verified. */
  async connect(): Promise<DataManager> {
    this.#service ??= await connectToGoogle(this.options, this.#endpoint, this.#internals);
    return this.#service;
  }

  note(note: string): void {
    this.#notes.push(note);
    this.options.onNote?.(note);
  }

  progress(progress: UploadProgress): void {
    this.options.onProgress?.(progress);
  }

  about(account: string): void {
    this.#accounts.add(account);
  }

  async close(): Promise<void> {
    await this.#service?.http.close();
  }

  report(files: readonly UploadFileReport[]): UploadReport {
    const sum = (count: (file: UploadFileReport) => number | null) =>
      files.reduce((total, file) => total + (count(file) ?? 0), 0);
    const refused = sum((file) => file.refused);
    const unanswered = sum((file) => file.unanswered);
    const service = this.#service;
    const ahead = service?.facts.clockAhead;
    if (ahead !== undefined && Math.abs(ahead) > 300) {
      this.note(
        `the clock of this machine is ${Math.abs(Math.round(ahead / 60))} minutes ${ahead > 0 ? "ahead of" : "behind"} the service's; sign-in and the 63 days depend on it`,
      );
    }
    return {
      schema: "firsthash.upload-report/1",
      version: VERSION,
      environment: "production",
      account: [...this.#accounts].join(", "),
      customer: "",
      rows: sum((file) => file.rows),
      accepted: sum((file) => file.accepted),
      refused,
      unanswered,
      files,
      calls: service?.http.calls ?? 0,
      retries: service?.facts.retries ?? 0,
      waitedSeconds: Math.round(service?.clock.waited ?? 0),
      ok: refused + unanswered === 0 && files.every(({ outcome }) => outcome !== "failed"),
      notes: this.#notes,
    };
  }
}
