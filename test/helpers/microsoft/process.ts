/** Starts the local service as a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { rolldown } from "rolldown";
import { scratch } from "../run.ts";
import type { OrderOptions } from "./orders.ts";
import type { TranscriptEntry } from "./service.ts";
import type { Arrival } from "./state.ts";

interface Record {
  readonly transcript: TranscriptEntry[];
  readonly arrivals: Arrival[];
  readonly violations: string[];
  readonly counted: number;
}

export class ServiceProcess {
  readonly #child: ChildProcess;
  readonly #control: string;
  /** The environment for firsthash. */
  readonly env: Readonly<{ [name: string]: string }>;

  constructor(child: ChildProcess, control: string, env: ServiceProcess["env"]) {
    this.#child = child;
    this.#control = control;
    this.env = env;
  }

  async order(endpoint: string, fault: string, options: OrderOptions = {}): Promise<void> {
    await this.#post("/order", { endpoint, fault, ...options });
  }

  async record(): Promise<Record> {
    return (await this.#post("/record", {})) as Record;
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.stdin?.end();
    await gone;
  }

  async #post(path: string, body: object): Promise<unknown> {
    const reply = await fetch(this.#control + path, { method: "POST", body: JSON.stringify(body) });
    return reply.json();
  }
}

/** @param options as main.ts takes them */
export async function startServiceProcess(options: object = {}): Promise<ServiceProcess> {
  const file = join(scratch(), "service.mjs");
  const bundle = await rolldown({ input: join(import.meta.dirname, "main.ts"), platform: "node" });
  await bundle.write({ file, format: "esm" });
  await bundle.close();
  const child = spawn(process.execPath, [file, JSON.stringify(options)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`the service ended with ${code}`)));
  });
  const { control, env } = JSON.parse(line) as { control: string; env: { [name: string]: string } };
  return new ServiceProcess(child, control, env);
}
