/** Runs the real binary, as a user does, in a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");
export const BIN = join(ROOT, "bin/firsthash.cjs");
export const SAMPLES = join(ROOT, "samples");

export interface RunOptions {
  readonly cwd?: string;
  /** All of standard input. "never" leaves it open without a byte. */
  readonly input?: string | Uint8Array | { readonly never: true };
  readonly env?: Readonly<Record<string, string>>;
  /** Flags for node itself. */
  readonly nodeFlags?: readonly string[];
  /** Called when the process has started, e.g. to send a signal. */
  readonly onStart?: (child: ChildProcess) => void;
}

export interface RunResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Longer than any run of the tests; what hangs is ended, so that it does not outlive them. */
const LONGEST_MS = 55_000;

export function firsthash(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return run([...(options.nodeFlags ?? []), BIN, ...args], options);
}

/** Arguments in which a flag of `changes` stands instead of the same one of `base`. */
export function replaceFlags(base: readonly string[], changes: readonly string[]): string[] {
  const kept = [...base];
  for (const flag of changes) {
    const at = flag.startsWith("-") && flag !== "-" ? kept.indexOf(flag) : -1;
    if (at >= 0) kept.splice(at, 2);
  }
  return [...kept, ...changes];
}

/** Runs node with the given arguments. */
export function run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return runProgram(process.execPath, args, options);
}

/** Runs any program, without a shell. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(program, args, {
    cwd: options.cwd ?? ROOT,
    // A user's environment, without what the test runner adds.
    env: { PATH, HOME, TMPDIR: tmpdir(), ...options.env },
    stdio: "pipe",
    timeout: LONGEST_MS,
    killSignal: "SIGKILL",
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  child.stdin.on("error", () => {});
  const { input } = options;
  if (input === undefined || typeof input === "string" || input instanceof Uint8Array) {
    child.stdin.end(input);
  }
  options.onStart?.(child);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({
        code,
        signal,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
      });
    });
  });
}

const folders: string[] = [];

/** A new empty folder, removed after the tests of the file: see setup.ts. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "firsthash-test-"));
  folders.push(folder);
  return folder;
}

export function removeScratch(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The main job on the samples, as the README shows it. */
export const SAMPLE_ARGS = [
  "prepare",
  "--contacts",
  "samples/contacts.csv",
  "--conversions",
  "samples/conversions.csv",
  "--key",
  "Contact ID",
  "--country",
  "US",
  "--time-zone",
  "America/New_York",
  "--as-of",
  "2026-11-20T12:00:00Z",
] as const;
