/** A daily job: contacts, conversions of some days ago, a configuration, and `firsthash run` over them. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { firsthash, type RunOptions, type RunResult, scratch } from "../run.ts";
import type { LocalService } from "./service.ts";

const HOUR = 3_600_000;

export class DailyJob {
  readonly service: LocalService;
  readonly folder = scratch();
  readonly #start = Date.now() - 5 * 24 * HOUR;
  /** The second in which the last run began. */
  #begun = 0;

  constructor(service: LocalService, changes: Readonly<Record<string, unknown>> = {}) {
    this.service = service;
    this.contacts((person) => `person${person}@example.com`);
    this.conversions(3);
    this.write("run.json", JSON.stringify({ ...CONFIG, ...changes }));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): void {
    writeFileSync(this.path(name), text);
  }

  contacts(emailOf: (person: number) => string): void {
    const rows = Array.from({ length: 40 }, (_, person) => `C-${person},${emailOf(person)}\n`);
    this.write("contacts.csv", `Contact ID,Email\n${rows.join("")}`);
  }

  /** The first `count` conversions; the same ones each time. */
  conversions(count: number): void {
    const rows = Array.from({ length: count }, (_, at) => {
      const time = new Date(this.#start + at * HOUR).toISOString();
      return `C-${at % 40},Closed Won,${time}\n`;
    });
    this.write("conversions.csv", `Contact ID,Conversion Name,Conversion Time\n${rows.join("")}`);
  }

  /** Runs the job, in a second of its own: its files are named by the second, and no job of a user begins twice in one. */
  async run(args: readonly string[] = [], options: RunOptions = {}): Promise<RunResult> {
    await this.#nextSecond();
    return firsthash(["run", "--config", "run.json", ...args], {
      cwd: this.folder,
      ...options,
      env: { ...this.service.env, HOME: this.folder, ...options.env },
    });
  }

  async #nextSecond(): Promise<void> {
    const second = () => Math.floor(Date.now() / 1000);
    while (second() === this.#begun) await setTimeout(20);
    this.#begun = second();
  }

  get names(): string[] {
    return readdirSync(this.folder);
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }
}

const CONFIG = {
  prepare: {
    contacts: "contacts.csv",
    conversions: "conversions.csv",
    key: "Contact ID",
    output: "upload-{date}-{time}.csv",
  },
  upload: { account: "222", customer: "111", report: "upload-{date}-{time}.report.json" },
};
