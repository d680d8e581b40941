/** Questions on a terminal, and what is piped in. */
import { createInterface } from "node:readline";
import { interruptedError, usageError } from "../base/errors.ts";

/** One line of standard input; undefined where it ends before one. */
export function askLine(prompt: string, signal: AbortSignal): Promise<string | undefined> {
  process.stderr.write(prompt);
  const lines = createInterface({ input: process.stdin, terminal: false });
  return new Promise<string | undefined>((resolve, reject) => {
    lines.once("line", resolve);
    lines.once("close", () => resolve(undefined));
    signal.addEventListener("abort", () => reject(interruptedError()), { once: true });
  }).finally(() => {
    lines.close();
    process.stdin.unref();
  });
}

/** True for a y or yes. */
export async function askYes(prompt: string, signal: AbortSignal): Promise<boolean> {
  return /^\s*y(?:es)?\s*$/i.test((await askLine(prompt, signal)) ?? "");
}

/** One line that is not shown while it is typed. Ctrl-C ends it like anything else. */
export async function askHidden(prompt: string, signal: AbortSignal): Promise<string | undefined> {
  const { stdin, stderr } = process;
  stderr.write(prompt);
  stdin.setRawMode(true);
  stdin.resume();
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      let typed = "";
      const take = (chunk: Buffer) => {
        for (const character of chunk.toString("utf8")) {
          if (character === "\r" || character === "\n") return end(() => resolve(typed));
          if (character === "\u0004") return end(() => resolve(undefined));
          if (character === "\u0003") return end(() => reject(interruptedError()));
          if (character === "\u007f" || character === "\b") typed = typed.slice(0, -1);
          else if (character >= " ") typed += character;
        }
      };
      const end = (settle: () => void) => {
        stdin.off("data", take);
        settle();
      };
      stdin.on("data", take);
      signal.addEventListener("abort", () => end(() => reject(interruptedError())), { once: true });
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stdin.unref();
    stderr.write("\n");
  }
}

/** All of a pipe. @throws FirsthashError "usage" past the limit */
export async function readStdin(limit: number, signal: AbortSignal): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    if (signal.aborted) throw interruptedError();
    length += chunk.length;
    if (length > limit) throw usageError("standard input is too long", "pipe in one line");
    chunks.push(chunk);
  }
  return length === 0 ? undefined : Buffer.concat(chunks).toString("utf8");
}
