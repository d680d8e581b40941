/** Microsoft's own Python SDK, where it is installed. */
import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

export const SDK_CLIENT = join(import.meta.dirname, "sdk_client.py");

/** Here a test that does not run is a failure: on the build server, and where it is asked for. */
export const MUST_RUN = process.env.CI === "true" || process.env.FIRSTHASH_REAL === "1";

export const HOW_TO_INSTALL =
  "Microsoft's SDK is not here: python3 -m venv DIR && DIR/bin/pip install -r test/helpers/microsoft/requirements.txt, then FIRSTHASH_MSADS_PYTHON=DIR/bin/python";

/** The Python that has the SDK, or undefined. */
export async function sdkPython(): Promise<string | undefined> {
  const python = process.env.FIRSTHASH_MSADS_PYTHON ?? "python3";
  try {
    // Only looked for: to import it takes seconds.
    const find =
      "import importlib.util as i, sys; sys.exit(not all(map(i.find_spec, sys.argv[1:])))";
    await promisify(execFile)(python, ["-c", find, "bingads", "openapi_client", "dateutil"]);
    return python;
  } catch {
    return undefined;
  }
}

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
