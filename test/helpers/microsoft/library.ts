/** The upload room as the command line calls it, in this process: for tests over very many cases. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXIT, FirsthashError } from "../../../src/base/errors.ts";
import { openCaller } from "../../../src/upload/sign-in/session.ts";
import { type UploadOptions, uploadWith } from "../../../src/upload/upload.ts";
import { scratch } from "../run.ts";
import { goodFile } from "./files.ts";
import type { LocalService } from "./service.ts";

export interface LibraryRun {
  /** As the command line would end. */
  readonly code: number;
  /** All that was said, the stack of an error too. */
  readonly said: string;
}

export class Library {
  readonly service: LocalService;
  readonly folder = scratch();
  readonly file = join(this.folder, "upload.csv");

  constructor(service: LocalService, text = goodFile()) {
    this.service = service;
    writeFileSync(this.file, text);
  }

  async upload(options: Partial<UploadOptions> = {}): Promise<LibraryRun> {
    const { env, accessToken, refreshToken, developerToken, clientId } = this.service;
    const said: string[] = [];
    const say = (text: unknown) => void said.push(String(text));
    const settings = { folder: this.folder, clientId, accessToken, refreshToken, developerToken };
    try {
      const report = await uploadWith(
        this.file,
        { account: "222", customer: "111", onNote: say, ...options },
        {
          test: { endpoint: this.service.endpoint, tick: Number(env.FIRSTHASH_TEST_TICK) },
          caller: (endpoint, http, clock) =>
            openCaller({ ...settings, onNote: say }, endpoint, http, clock),
        },
      );
      say(JSON.stringify(report));
      const failed = report.files.some(({ outcome }) => outcome === "failed");
      const code = failed ? EXIT.rejected : report.ok ? EXIT.done : EXIT.findings;
      return { code, said: said.join("\n") };
    } catch (error) {
      if (!(error instanceof FirsthashError)) throw error;
      for (let each: unknown = error; each instanceof Error; each = each.cause) say(each.stack);
      say(JSON.stringify(error));
      return { code: error.exitCode, said: said.join("\n") };
    }
  }
}
