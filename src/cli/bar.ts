/** The one line that shows how far a run has come: what it does, a bar, and how long it will still take. */
import { grouped } from "../base/report-lines.ts";

export interface ProgressUpdate {
  /** What is done: "contacts" are read, an "output" is made. */
  readonly stage: string;
  readonly rows: number;
  /** 0 to 1 of this stage; undefined when the size is not known. */
  readonly share: number | undefined;
  /** 0 to 1 of the whole run. */
  readonly ofRun?: number | undefined;
}

const BAR_LONGEST = 24;
const BAR_SHORTEST = 8;
/** A first guess would be wrong and jump. */
const ESTIMATE_AFTER_SECONDS = 2;
const ESTIMATE_FROM_SHARE = 0.04;

/**
 * As much of it as fits: the label and the percentage stay longest.
 *
 * @param seconds since the run began
 * @param width of the terminal
 */
export function drawProgress(update: ProgressUpdate, seconds: number, width: number): string {
  const { stage, rows, share } = update;
  const done = update.ofRun ?? share;
  const label = stage === "output" ? "making the upload" : `reading ${stage}`;
  const count = `${grouped(rows)} rows`;
  if (done === undefined) return fitting([label, count], width);
  const percent = `${String(Math.floor(clamped(done) * 100)).padStart(3)} %`;
  const left = timeLeft(done, seconds);
  // Where the line is too short, the rows go first, then the bar.
  for (const parts of [[left, count], [left]]) {
    const others = [label, percent, ...parts].filter((part) => part !== "");
    const taken = `${others.join("  ")} `.length;
    const room = Math.min(BAR_LONGEST, width - 1 - taken);
    if (room < BAR_SHORTEST) continue;
    const [, , ...behind] = others;
    return [label, `${drawBar(done, room)} ${percent}`, ...behind].join("  ");
  }
  return fitting([label, percent, left], width);
}

function fitting(parts: readonly string[], width: number): string {
  const shown: string[] = [];
  for (const part of parts.filter((text) => text !== "")) {
    if ([...shown, part].join("  ").length < width) shown.push(part);
  }
  return shown.join("  ");
}

/** "about 40 s left"; nothing while that would be a guess. */
export function timeLeft(done: number, seconds: number): string {
  if (seconds < ESTIMATE_AFTER_SECONDS || done < ESTIMATE_FROM_SHARE || done >= 1) return "";
  const left = (seconds * (1 - done)) / done;
  if (left < 60) return `about ${Math.max(1, Math.round(left))} s left`;
  if (left < 3600) return `about ${Math.round(left / 60)} min left`;
  return `about ${Math.round(left / 360) / 10} h left`;
}

const clamped = (share: number) => Math.min(Math.max(share, 0), 1);

function drawBar(share: number, width: number): string {
  const inside = width - 2;
  const full = Math.round(clamped(share) * inside);
  return `[${"=".repeat(full)}${" ".repeat(inside - full)}]`;
}
