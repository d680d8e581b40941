/** The real binary as the client of a local service, in a folder of its own, with what must hold after any run. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { firsthash, type RunOptions, type RunResult, scratch } from "../run.ts";
import { goodFile } from "./files.ts";
import type { LocalService } from "./service.ts";

/** Tokens, codes, grants and texts of the service all begin so. None may ever be seen. */
const SECRET = /qz[a-z]{5,}/i;

/** Fails where a text holds a secret, or a digest of a person of `file`. */
export function expectNoLeak(text: string, file: string, place: string): void {
  expect(text, place).not.toMatch(SECRET);
  const digests = new Set(readFileSync(file, "utf8").match(/\b[0-9a-f]{64}\b/g));
  expect(
    text.match(/\b[0-9a-f]{64}\b/g)?.filter((digest) => digests.has(digest)) ?? [],
    place,
  ).toEqual([]);
}

export class Client {
  readonly service: LocalService;
  readonly folder = scratch();
  readonly file: string;
  readonly #runs: RunResult[] = [];

  constructor(service: LocalService, text = goodFile(), name = "upload.csv") {
    this.service = service;
    this.file = join(this.folder, name);
    writeFileSync(this.file, text);
  }

  /** `firsthash upload <file>` with these options. */
  upload(args: readonly string[] = [], options: RunOptions = {}): Promise<RunResult> {
    return this.run(["upload", this.file, ...args], options);
  }

  /** Any command, for the account of the tests. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const account = ["--account", "222", "--customer", "111"];
    const result = await firsthash([...args, ...account], {
      cwd: this.folder,
      ...options,
      env: { ...this.service.env, HOME: this.folder, ...options.env },
    });
    this.#runs.push(result);
    this.checkSecrets();
    return result;
  }

  get state(): Readonly<Record<string, unknown>> | undefined {
    const path = `${this.file}.upload.json`;
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
  }

  /** No secret and no digest stands in what was printed, or in a file that firsthash wrote unasked. */
  checkSecrets(): void {
    for (const { stdout, stderr } of this.#runs) {
      expectNoLeak(stdout, this.file, "stdout");
      expectNoLeak(stderr, this.file, "stderr");
    }
    for (const name of readdirSync(this.folder, { recursive: true, encoding: "utf8" })) {
      const path = join(this.folder, name);
      // Also a link to nowhere has a name.
      if (name.endsWith(".json") && existsSync(path))
        expectNoLeak(readFileSync(path, "utf8"), this.file, name);
    }
  }

  /** The file arrived so often in all, and the client kept to the wire. */
  checkArrivals(times: number): void {
    expect(this.service.violations).toEqual([]);
    expect(this.service.taken()).toHaveLength(times);
    expect(this.service.copies).toBe(times);
  }
}
