/** Microsoft's own Python SDK, where it is installed. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { program } from "../parts.ts";

export const SDK_CLIENT = join(import.meta.dirname, "sdk_client.py");

/** The Python that has the SDK, undefined where it is not installed. */
export const sdkPython = program("msads", "python");

/** Gives the SDK its job, and returns what it saw. */
export async function runSdk<Seen>(python: string, job: object): Promise<Seen> {
  const child = spawn(python, [SDK_CLIENT], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_PROXY: "127.0.0.1" },
    stdio: "pipe",
  });
  child.stdin.end(JSON.stringify(job));
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (out === "") throw new Error(`the SDK failed:\n${error.slice(-3000)}`);
  return JSON.parse(out) as Seen;
}
