/** Microsoft's own Python SDK, where it is installed. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { runProgram } from "../run.ts";

export const SDK_CLIENT = join(import.meta.dirname, "sdk_client.py");

/** Here a test that does not run is a failure: on the build server, and where it is asked for. */
export const MUST_RUN = process.env.CI === "true" || process.env.FIRSTHASH_REAL === "1";

export const HOW_TO_INSTALL =
  "Microsoft's SDK is not here: python3 -m venv DIR && DIR/bin/pip install -r test/helpers/microsoft/requirements.txt, then FIRSTHASH_MSADS_PYTHON=DIR/bin/python";

/** The Python that has the SDK, or undefined. */
export async function sdkPython(): Promise<string | undefined> {
  const python = process.env.FIRSTHASH_MSADS_PYTHON ?? "python3";
  try {
    await promisify(execFile)(python, ["-c", "import bingads.v13.bulk, openapi_client"]);
    return python;
  } catch {
    return undefined;
  }
}

/** Gives the SDK its job, and returns what it saw. */
export async function runSdk<Seen>(python: string, job: object): Promise<Seen> {
  const { code, stdout, stderr } = await runProgram(python, [SDK_CLIENT], {
    input: JSON.stringify(job),
    env: { NO_PROXY: "127.0.0.1" },
  });
  if (code !== 0) throw new Error(`the SDK failed:\n${stderr.slice(-3000)}`);
  return JSON.parse(stdout) as Seen;
}
