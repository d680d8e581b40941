/**
 * The real command line without a new process for each run, which is nearly all that a small run takes. Runs
 * take turns in one process that is kept. For what a run says and writes; signals, pipes, threads, terminals and
 * flags of node need a process of their own: `firsthash` of run.ts.
 *
 * In `npm run test:long` these runs have processes of their own, too.
 */
import { type ChildProcess, fork } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { THOROUGH } from "./differential.ts";
import { firsthash, ROOT, type RunOptions, type RunResult } from "./run.ts";

type WarmOptions = Pick<RunOptions, "cwd" | "env"> & {
  /** All of standard input. */
  readonly input?: string | Uint8Array;
};

let child: ChildProcess | undefined;
let last: Promise<unknown> = Promise.resolve();

/** Runs the command line as `firsthash` does, after the runs before it. */
export function warmFirsthash(
  args: readonly string[],
  options: WarmOptions = {},
): Promise<RunResult> {
  if (THOROUGH) return firsthash(args, options);
  const turn = last.then(() => ask(args, options));
  last = turn.catch(() => undefined);
  return turn;
}

function ask(args: readonly string[], { cwd = ROOT, env, input }: WarmOptions): Promise<RunResult> {
  const { PATH = "", HOME = "" } = process.env;
  child ??= start();
  const asked = child;
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error("the command line ended its process without an answer"));
    asked.once("exit", ended);
    asked.once("message", (result) => {
      asked.off("exit", ended);
      resolve(result as RunResult);
    });
    asked.send({ args, cwd, env: { PATH, HOME, TMPDIR: tmpdir(), ...env }, input });
  });
}

function start(): ChildProcess {
  const started = fork(join(import.meta.dirname, "warm-process.cjs"), {
    serialization: "advanced",
    execArgv: [],
  });
  started.once("exit", () => {
    if (child === started) child = undefined;
  });
  // It ends with the tests: it must not keep them from ending.
  started.unref();
  started.channel?.unref();
  return started;
}
