/**
 * `firsthash run`: the daily job. What is unfinished is gone on with; then `prepare` and `upload` run, each as a
 * process of its own of this same program. So the process that reads people has no network, the one that has a
 * network opens no file of a customer, and this one has neither.
 */
import { spawn } from "node:child_process";
import { basename, dirname, join, nameInLock, namesIn, openPrivateFolder, takeLock } from "#host";
import { EXIT, usageError } from "../base/errors.ts";
import { readJsonObject } from "../read/source.ts";
import { isUnderWay, uploadPhase } from "../write/unfinished.ts";
import type { CommandContext, Flags } from "./command.ts";
import { textFlag } from "./flags.ts";
import { type RunConfig, readRunConfig } from "./run-config.ts";

/** @returns the first exit code that is not 0 */
export async function runDailyCommand(flags: Flags, context: CommandContext): Promise<number> {
  const path = textFlag(flags, "config");
  if (path === undefined) {
    throw usageError(
      "--config is missing",
      "name the file that says what the run does; see docs/upload.md",
    );
  }
  const config = await readRunConfig(path, new Date());
  const lock = `${path}.lock`;
  const release = await takeLock(lock);
  if (release === undefined) {
    throw usageError(
      `${path}: another run with this configuration is going on`,
      "wait until it is done",
    );
  }
  try {
    const failIfEmpty = config.failIfEmpty || flags.failIfEmpty === true;
    return await new DailyRun(
      { ...config, failIfEmpty },
      dirname(path),
      lock,
      flags,
      context,
    ).all();
  } finally {
    await release();
  }
}

class DailyRun {
  readonly #config: RunConfig;
  /** All paths start from here, and all processes run here. */
  readonly #folder: string;
  readonly #lock: string;
  readonly #flags: Flags;
  readonly #context: CommandContext;
  /** The first code that is not 0. */
  #code: number = EXIT.done;

  constructor(
    config: RunConfig,
    folder: string,
    lock: string,
    flags: Flags,
    context: CommandContext,
  ) {
    this.#config = config;
    this.#folder = folder;
    this.#lock = lock;
    this.#flags = flags;
    this.#context = context;
  }

  async all(): Promise<number> {
    const { terminal } = this.#context;
    if (!(await this.#finishEarlier())) return this.#code;
    const files = await this.#prepare();
    if (files === undefined) return this.#code;
    if (files.length === 0) terminal.say("nothing to do: there is nothing new to upload");
    else await this.#step("upload", ["upload", ...this.#config.upload, ...files]);
    return this.#code;
  }

  /**
   * Uploads that were begun, and files that were prepared and not sent, the oldest first.
   *
   * @returns false where the run must not go on
   */
  async #finishEarlier(): Promise<boolean> {
    const { output, upload, isOutput } = this.#config;
    const folder = dirname(output);
    const names = await namesIn(join(this.#folder, folder), folder);
    const known = new Set(names);
    for (const name of names.filter(isOutput).sort()) {
      const file = join(folder, name);
      const phase = await uploadPhase(join(this.#folder, file));
      const isNew = phase === undefined && known.has(`${name}.ledger-keys`);
      if (!isNew && !isUnderWay(phase)) continue;
      const code = isNew
        ? await this.#step(`upload of ${file}`, ["upload", ...upload, file])
        : await this.#step(`upload --resume of ${file}`, ["upload", ...upload, "--resume", file]);
      // Rows that were refused, and an answer that is gone: all was sent, so the day may begin.
      const settled = code <= EXIT.findings || code === EXIT.rejected;
      const sent = (await uploadPhase(join(this.#folder, file))) === "result";
      if (!settled && !(code === EXIT.unavailable && sent)) return false;
    }
    return true;
  }

  /** @returns the files that were written; undefined where the run must not go on */
  async #prepare(): Promise<readonly string[] | undefined> {
    const { prepare, output, failIfEmpty } = this.#config;
    const folder = await openPrivateFolder();
    try {
      const report = join(folder.path, "prepare.json");
      const empty = failIfEmpty ? [] : ["--allow-empty"];
      const code = await this.#step("prepare", [
        "prepare",
        ...prepare,
        ...empty,
        `--report=${report}`,
      ]);
      if (code !== EXIT.done) return undefined;
      const { destinations } = await readJsonObject(report);
      const files = Array.isArray(destinations) ? destinations.flatMap(filesOf) : [];
      return files.map((file) => join(dirname(output), basename(file)));
    } finally {
      await folder.remove();
    }
  }

  /** Runs this program with other arguments. @returns its exit code */
  async #step(name: string, args: readonly string[]): Promise<number> {
    const { terminal, signal } = this.#context;
    if (signal.aborted) throw signal.reason;
    const { execPath, execArgv, argv } = process;
    const [command = "", ...rest] = args;
    const child = spawn(
      execPath,
      [...execArgv, argv[1] ?? "", command, ...this.#spoken(), ...rest],
      {
        cwd: this.#folder,
        env: { ...envFor(command), FIRSTHASH_STEP_OF_RUN: command },
        // The channel tells a step that this process is gone.
        stdio: ["ignore", "inherit", "inherit", "ipc"],
      },
    );
    const ended = new Promise<number>((resolve, reject) => {
      child.once("error", () => reject(new Error("a process could not be started")));
      child.once("exit", (code, killed) =>
        resolve(code ?? (killed === null ? EXIT.bug : EXIT.interrupted)),
      );
    });
    const stop = () => child.connected && child.disconnect();
    signal.addEventListener("abort", stop, { once: true });
    try {
      // Where this process is killed, the lock holds until the step has ended too.
      if (child.pid !== undefined) await nameInLock(this.#lock, child.pid);
      const code = await ended;
      if (code !== EXIT.done) {
        if (this.#code === EXIT.done) this.#code = code;
        terminal.fail({ message: `run: the step "${name}" ended with exit code ${code}` });
      }
      return code;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  #spoken(): string[] {
    const { quiet, verbose, color } = this.#flags;
    return [
      ...(quiet === true ? ["--quiet"] : []),
      ...(verbose === true ? ["--verbose"] : []),
      ...(color === false ? ["--no-color"] : []),
    ];
  }
}

function filesOf(destination: unknown): string[] {
  const { files } = (destination ?? {}) as { readonly files?: unknown };
  if (!Array.isArray(files)) return [];
  return files.flatMap((each: { readonly file?: unknown } | null) =>
    typeof each?.file === "string" ? [each.file] : [],
  );
}

/** The step that reads people gets no token: it has no use for one. */
function envFor(command: string): NodeJS.ProcessEnv {
  const { env } = process;
  if (command !== "prepare") return env;
  const names = Object.keys(env).filter((name) => !/^FIRSTHASH_.*(?:TOKEN|SECRET)$/.test(name));
  return Object.fromEntries(names.map((name) => [name, env[name]]));
}
