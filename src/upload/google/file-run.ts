/** One file from its state to its end. */
import { basename } from "node:path";
import { removeFile, statusOf } from "#host";
import { FirsthashError, usageError } from "../../base/errors.ts";
import { keysPath } from "../../ledger/keys-file.ts";
import { digestFile } from "../../read/observed.ts";
import { type Admitted, admit, type Taken } from "../admit.ts";
import { failure } from "../failures.ts";
import { LedgerMarks } from "../marks.ts";
import type { UploadFileReport } from "../report.ts";
import { StateFile, setStateAside, statePath } from "../state.ts";
import { answerFor, settledChunk } from "./answer.ts";
import { bodiesOf } from "./bodies.ts";
import type { Body } from "./body-text.ts";
import { writeRejects } from "./rejects.ts";
import { reportGoogle } from "./report.ts";
import { isFinal } from "./request-status.ts";
import { Sender, sentEvents } from "./sender.ts";
import { type ChunkState, type GoogleState, refusedPlaces } from "./state.ts";
import type { GoogleRun } from "./upload.ts";
import { Validation } from "./validate.ts";

const TAKES: Taken = {
  destination: "google-data-manager",
  rows: Number.POSITIVE_INFINITY,
  bytes: Number.POSITIVE_INFINITY,
};

/** Seconds. */
const TIMEOUT = 3600;
/**
 * Seconds between two rounds of questions; the last goes on. Google's guide says that a status is there after 30
 * minutes; small requests have it within a few.
 */
const WAITS = [60, 60, 120, 180, 300] as const;

export class FileRun {
  readonly #run: GoogleRun;
  readonly #file: string;
  readonly #earlier: GoogleState | undefined;
  #stateFile: StateFile | undefined;
  #state: GoogleState | undefined;
  #marks: LedgerMarks | undefined;
  #lines: number[] = [];
  /** Of the bodies, as they were when all of the file was looked at. */
  #digests: string[] = [];

  constructor(run: GoogleRun, file: string, state: GoogleState | undefined) {
    this.#run = run;
    this.#file = file;
    this.#earlier = state;
  }

  async finish(): Promise<UploadFileReport> {
    const earlier = this.#earlier;
    const { resume, again } = this.#run.options;
    const isUnfinished = earlier?.phase === "sending" || earlier?.phase === "sent";
    try {
      return earlier !== undefined && (resume || (again && isUnfinished))
        ? await this.#goOn(earlier)
        : await this.#begin();
    } catch (error) {
      throw this.#interrupted(error);
    }
  }

  async #goOn(state: GoogleState): Promise<UploadFileReport> {
    const { account, signal, again } = this.#run.options;
    if (account !== undefined && account.replaceAll("-", "") !== state.account) {
      throw failure("account-differs", { file: this.#file });
    }
    const { sha256 } = await digestFile(this.#file, signal);
    if (sha256 !== state.sha256) throw failure("file-changed", { file: this.#file });
    this.#run.about(state.account);
    this.#stateFile = StateFile.of(this.#file);
    this.#state = state;
    if (state.phase === "done" || state.phase === "failed") {
      const report = this.#report(state.phase);
      return { ...report, notes: ["nothing was sent: this upload was finished before"] };
    }
    await this.#openMarks(state, state.ledger);
    if (state.phase === "sending") {
      for await (const { digest } of bodiesOf({ file: this.#file, sha256 }, signal)) {
        this.#digests.push(digest);
      }
      await this.#send(again === true);
    }
    return this.#settle();
  }

  async #begin(): Promise<UploadFileReport> {
    const { options } = this.#run;
    const earlier = this.#earlier;
    const again = await this.#isAgain();
    const admitted = await this.#admit();
    const account = await this.#accountOf(admitted);
    this.#run.about(account);
    if (!options.dryRun) await this.#openMarks(admitted, again ? earlier?.ledger : undefined);
    if (!again) await this.#marks?.needUnsent();
    const service = await this.#run.connect();
    if (options.dryRun) return dryRunReport(admitted);
    const { rows, sha256, bytes } = admitted;
    const confirmed = await options.confirm?.({ file: this.#file, rows, account, again });
    if (confirmed === false) throw usageError("not confirmed; nothing was sent");
    const chunks = await this.#validate(new Validation(service), admitted);
    const state: GoogleState = {
      schema: "firsthash.google-upload/1",
      file: basename(this.#file),
      ...{ sha256, bytes, rows, account },
      phase: "sending",
      runId: crypto.randomUUID(),
      ...(again && { again: true }),
      ...(this.#marks !== undefined && { ledger: this.#marks.ledgerId }),
      at: "",
      chunks,
    };
    this.#state = state;
    await this.#keepRejects();
    if (chunks.every(({ phase }) => phase === "none")) return this.#report("failed");
    if (earlier !== undefined && !again) {
      await setStateAside(this.#file, { requestId: earlier.runId });
    }
    this.#stateFile =
      again && earlier !== undefined ? StateFile.of(this.#file) : await StateFile.fresh(this.#file);
    await this.#write(state);
    await this.#markSent(again);
    await this.#send(false);
    if (options.wait === false) return this.#report("sent");
    return this.#settle();
  }

  /** Whether the bytes were sent before and are to be sent again. @throws FirsthashError "usage" */
  async #isAgain(): Promise<boolean> {
    const state = this.#earlier;
    if (state === undefined) return false;
    const { sha256 } = await digestFile(this.#file, this.#run.options.signal);
    if (sha256 !== state.sha256) return false;
    if (this.#run.options.again) return true;
    throw usageError(
      `${this.#file}: this file was uploaded already (${state.phase}, ${state.at})`,
      "see the outcome with --resume; to send it once more, --again: rows without an order id then count twice",
    );
  }

  async #admit(): Promise<Admitted> {
    const { signal } = this.#run.options;
    const admitted = await admit(this.#file, {
      environment: "production",
      takes: TAKES,
      onProgress: (rows, share) =>
        this.#run.progress({ file: this.#file, step: "verifying", rows, share }),
      signal,
    });
    for (const warning of admitted.warnings) this.#run.note(`${this.#file}: ${warning}`);
    return admitted;
  }

  /** The one account of the file. @throws FirsthashError "input" for several, or another than the given one */
  async #accountOf(admitted: Admitted): Promise<string> {
    const { account, signal } = this.#run.options;
    const accounts = new Set<string>();
    for await (const body of bodiesOf(admitted, signal)) {
      for (const each of body.accounts) accounts.add(each);
    }
    const [first = "", ...others] = accounts;
    if (!/^\d{10}$/.test(first) || others.length > 0) {
      throw failure("not-prepared", {
        file: this.#file,
        more: "its bodies do not name one account of Google Ads",
        hint: "prepare it with --to google-data-manager and --google-account",
      });
    }
    if (account !== undefined && account.replaceAll("-", "") !== first) {
      throw failure("account-differs", {
        file: this.#file,
        hint: "the file names its account; leave --account out, or prepare it again",
      });
    }
    return first;
  }

  /** All bodies, before the first is sent. */
  async #validate(validation: Validation, admitted: Admitted): Promise<ChunkState[]> {
    const chunks: ChunkState[] = [];
    let rows = 0;
    for await (const body of bodiesOf(admitted, this.#run.options.signal)) {
      this.#run.progress({ file: this.#file, step: "checking", rows, total: admitted.rows });
      const places = body.events.map((_, place) => place);
      const refused =
        places.length === 0
          ? new Map<number, string>()
          : await validation.refusedOf(body, places, this.#file);
      this.#lines.push(body.line);
      this.#digests.push(body.digest);
      chunks.push(newChunk(body, refused));
      rows += body.events.length;
    }
    return chunks;
  }

  async #send(mayRepeat: boolean): Promise<void> {
    const service = await this.#run.connect();
    const sender = new Sender(service, {
      file: this.#file,
      mayRepeat,
      change: (at, chunk) => this.#change(at, chunk),
      onRetry: (why) => this.#run.progress({ file: this.#file, step: "retrying", why }),
    });
    const known = { file: this.#file, sha256: this.#known().sha256 };
    const total = this.#known().rows;
    this.#lines = [];
    let rows = 0;
    let at = 0;
    for await (const body of bodiesOf(known, this.#run.options.signal)) {
      const chunk = this.#known().chunks[at];
      if (chunk === undefined || this.#digests[at] !== body.digest) {
        throw failure("file-changed", { file: this.#file });
      }
      this.#lines.push(body.line);
      await sender.send(at, chunk, body);
      rows += body.events.length;
      at++;
      this.#run.progress({ file: this.#file, step: "sending", bytes: rows, total });
    }
    const { chunks } = this.#known();
    if (chunks.every(({ phase }) => phase !== "ready" && phase !== "sending")) {
      await this.#write({ ...this.#known(), phase: "sent" });
    }
  }

  /** From `sent` to the end. */
  async #settle(): Promise<UploadFileReport> {
    const { options } = this.#run;
    const service = await this.#run.connect();
    const { clock } = service;
    const end = performance.now() + clock.scaled(options.timeout ?? TIMEOUT);
    const sent = await this.#sentEvents();
    for (let round = 0; ; round++) {
      await this.#askAll(sent);
      const open = this.#known().chunks.filter(({ phase }) => phase === "sent").length;
      this.#waiting(open);
      if (open === 0) break;
      const wait = WAITS[Math.min(round, WAITS.length - 1)] ?? 300;
      if (performance.now() + clock.scaled(wait) > end) {
        throw failure("not-finished", { more: `${open} requests are being processed` });
      }
      await clock.wait(wait);
    }
    const unknown = this.#known().chunks.filter(({ phase }) => phase === "sending").length;
    if (unknown > 0) {
      throw failure("arrival-unknown", { file: this.#file, more: `${unknown} requests` });
    }
    await this.#marks?.answered(this.#target, answerFor(this.#known()));
    const { chunks } = this.#known();
    const failed = chunks.every(({ phase, accepted }) => phase === "none" || accepted === 0);
    await this.#write({ ...this.#known(), phase: failed ? "failed" : "done" });
    if (this.#marks !== undefined && !failed) await removeFile(keysPath(this.#file));
    return this.#report(failed ? "failed" : "done");
  }

  async #askAll(sent: ReadonlyMap<number, ReturnType<typeof sentEvents>>): Promise<void> {
    const service = await this.#run.connect();
    for (const [at, chunk] of this.#known().chunks.entries()) {
      const events = sent.get(at);
      if (chunk.phase !== "sent" || chunk.requestId === null || events === undefined) continue;
      const status = await service.status(chunk.requestId);
      if (isFinal(status)) await this.#change(at, settledChunk(chunk, status, events));
    }
  }

  #waiting(open: number): void {
    const { chunks } = this.#known();
    const percent = Math.floor((1 - open / Math.max(1, chunks.length)) * 100);
    this.#run.progress({ file: this.#file, step: "waiting", status: "PROCESSING", percent });
  }

  async #sentEvents(): Promise<Map<number, ReturnType<typeof sentEvents>>> {
    const known = { file: this.#file, sha256: this.#known().sha256 };
    const sent = new Map<number, ReturnType<typeof sentEvents>>();
    this.#lines = [];
    let at = 0;
    for await (const body of bodiesOf(known, this.#run.options.signal)) {
      const chunk = this.#known().chunks[at];
      this.#lines.push(body.line);
      if (chunk?.phase === "sent") sent.set(at, sentEvents(body, refusedPlaces(chunk)));
      at++;
    }
    return sent;
  }

  async #keepRejects(): Promise<void> {
    const { rejects, force, signal } = this.#run.options;
    if (rejects === undefined) return;
    await writeRejects(rejects, { file: this.#file, state: this.#known(), force, signal });
  }

  /** @param begunWith the ledger of an upload that was begun */
  async #openMarks(subject: { readonly sha256: string }, begunWith: string | undefined) {
    const { ledger, resume } = this.#run.options;
    const keys = await statusOf(keysPath(this.#file));
    if (ledger === undefined) {
      if (begunWith === undefined && (keys === undefined || resume)) return;
      throw usageError(
        `${this.#file}: was prepared with a ledger, and what is sent of it must be marked there (ledger-missing)`,
        "give the same file with --ledger",
      );
    }
    if (this.#state !== undefined && begunWith === undefined) {
      this.#run.note(`${this.#file}: was begun without the ledger, and is not marked in it`);
      return;
    }
    const marks = await LedgerMarks.open(ledger, this.#file, { ...subject, adjustments: false });
    if (begunWith !== undefined && begunWith !== marks.ledgerId) {
      throw usageError(
        `${this.#file}: the upload was begun with another ledger (not-of-this-ledger)`,
        "give that ledger",
      );
    }
    this.#marks = marks;
  }

  /** First the state, then the ledger: a kill between them leaves an upload to go on with. */
  async #markSent(again: boolean): Promise<void> {
    await this.#marks?.sent(this.#target, again).catch(async (error) => {
      await this.#write({ ...this.#known(), phase: "failed" });
      throw error;
    });
  }

  get #target() {
    return { environment: "google", account: this.#known().account, customer: "" };
  }

  async #change(at: number, chunk: ChunkState): Promise<void> {
    const state = this.#known();
    await this.#write({ ...state, chunks: state.chunks.with(at, chunk) });
  }

  async #write(state: GoogleState): Promise<void> {
    this.#state = { ...state, at: new Date().toISOString().replace(/\.\d+/, "") };
    await this.#stateFile?.write(this.#state);
  }

  #report(outcome: UploadFileReport["outcome"]): UploadFileReport {
    const lines = this.#lines.length === 0 ? undefined : this.#lines;
    return reportGoogle({ file: this.#file, state: this.#known(), outcome, lines });
  }

  #known(): GoogleState {
    if (this.#state === undefined) throw new Error("a file that was begun has a state");
    return this.#state;
  }

  /** An interruption says whether rows went out. */
  #interrupted(error: unknown): unknown {
    if (!(error instanceof FirsthashError) || error.code !== "interrupted") return error;
    if (this.#stateFile === undefined) {
      return new FirsthashError("interrupted", "interrupted; nothing was sent");
    }
    return new FirsthashError(
      "interrupted",
      `interrupted; rows were sent, or may have been; ${statePath(this.#file)} keeps the state`,
      { hint: "go on with --resume" },
    );
  }
}

function newChunk({ events }: Body, refused: ReadonlyMap<number, string>): ChunkState {
  const places: Record<string, number[]> = {};
  for (const [place, word] of refused) {
    const list = places[word] ?? [];
    list.push(place);
    places[word] = list;
  }
  const isNone = refused.size === events.length;
  return {
    events: events.length,
    phase: isNone ? "none" : "ready",
    refused: places,
    sends: 0,
    requestId: null,
    status: null,
    accepted: isNone ? 0 : null,
    errors: [],
    warnings: [],
  };
}

function dryRunReport(admitted: Admitted): UploadFileReport {
  const { file, sha256, bytes, rows } = admitted;
  return {
    ...{ file, sha256, bytes, rows, adjustments: false },
    outcome: "dry-run",
    ...{ status: null, accepted: null, refused: null, unanswered: null },
    ...{ errors: [], unplaced: [], sends: 0 },
    notes: ["nothing was sent"],
  };
}
