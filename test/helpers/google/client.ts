/** The room as the command line calls it, in this process, against a local service. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXIT, FirsthashError } from "../../../src/base/errors.ts";
import type { GoogleCaller } from "../../../src/upload/google/connect.ts";
import type { GoogleState } from "../../../src/upload/google/state.ts";
import { type GoogleUploadOptions, uploadToGoogleWith } from "../../../src/upload/google/upload.ts";
import type { UploadReport } from "../../../src/upload/report.ts";
import { expectNoLeak } from "../microsoft/client.ts";
import { scratch } from "../run.ts";
import type { LocalGoogle } from "./service.ts";

export interface GoogleRunResult {
  /** As the command line would end. */
  readonly code: number;
  readonly report: UploadReport | undefined;
  readonly error: FirsthashError | undefined;
  /** All that was said, the stack of an error too. */
  readonly said: string;
}

export class GoogleClient {
  readonly service: LocalGoogle;
  readonly folder = scratch();
  readonly file = join(this.folder, "upload.jsonl");
  readonly #said: string[] = [];

  constructor(service: LocalGoogle, text: string) {
    this.service = service;
    writeFileSync(this.file, text);
  }

  async upload(options: Partial<GoogleUploadOptions> = {}): Promise<GoogleRunResult> {
    const said: string[] = [];
    const say = (text: unknown) => void said.push(String(text));
    const done = (result: Omit<GoogleRunResult, "said">) => {
      this.#said.push(...said);
      this.checkSecrets();
      return { ...result, said: said.join("\n") };
    };
    try {
      const { endpoint, env } = this.service;
      const report = await uploadToGoogleWith(
        this.file,
        { onNote: say, ...options },
        {
          test: { endpoint, tick: Number(env.FIRSTHASH_TEST_TICK) },
          caller: async () => this.#caller(),
        },
      );
      say(JSON.stringify(report));
      const failed = report.files.some(({ outcome }) => outcome === "failed");
      const code = failed ? EXIT.rejected : report.ok ? EXIT.done : EXIT.findings;
      return done({ code, report, error: undefined });
    } catch (error) {
      if (!(error instanceof FirsthashError)) throw error;
      for (let each: unknown = error; each instanceof Error; each = each.cause) say(each.stack);
      say(JSON.stringify(error));
      return done({ code: error.exitCode, report: undefined, error });
    }
  }

  /** A token that is replaced when it is refused. */
  #caller(): GoogleCaller {
    let number = 0;
    const { service } = this;
    const tokens = {
      async accessToken(refused?: string) {
        if (refused !== undefined) number++;
        return number === 0 ? service.accessToken : service.freshToken();
      },
    };
    return { tokens };
  }

  get state(): GoogleState | undefined {
    const path = `${this.file}.upload.json`;
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
  }

  /** No secret, no text of the service and no digest stands in what was said or kept. */
  checkSecrets(): void {
    for (const text of this.#said) expectNoLeak(text, this.file, "what was said");
    for (const name of readdirSync(this.folder)) {
      if (!name.endsWith(".upload.json")) continue;
      expectNoLeak(readFileSync(join(this.folder, name), "utf8"), this.file, name);
    }
  }
}
