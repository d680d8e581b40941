/** The jobs of the worker: the library on files that the user chose. */
import { FirsthashError } from "../base/errors.ts";
import { hashContacts } from "../hash/hash-contacts.ts";
import { drawer } from "../host/web/disk.ts";
import { inspect } from "../inspect/inspect.ts";
import { prepare } from "../prepare/prepare.ts";
import { selftest } from "../testing/selftest.ts";
import { verify } from "../verify/verify.ts";
import type { Fault, Made, MadeFile, PreparedTask, Progressed, Result, Task } from "./protocol.ts";
import { RejectLines } from "./rejects.ts";

/** A first look is enough to know the columns; the whole file is read when the upload is made. */
const FIRST_LOOK = 20_000;

export interface JobContext {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progressed) => void;
}

/** @throws FirsthashError, and whatever a bug throws */
export async function runJob(task: Task, context: JobContext): Promise<Result[keyof Result]> {
  const { signal, onProgress } = context;
  const rows = (progress: Omit<Progressed, "stage">) => onProgress({ stage: "rows", ...progress });
  switch (task.job) {
    case "inspect": {
      const { file, columns, country, key } = task;
      const options = { name: file.name, columns, country, key, signal, onProgress: rows };
      return inspect(file, { ...options, rowsAtMost: FIRST_LOOK });
    }
    case "verify":
      return verify(task.file, { name: task.file.name, asOf: task.asOf, signal, onProgress });
    case "hash":
      return hashFile(task, context);
    case "prepare":
      return prepareFiles(task, context);
    case "selftest":
      return selftest(task.vectors);
  }
}

async function prepareFiles(
  { conversions, contacts, settings, template, output }: PreparedTask,
  { signal, onProgress }: JobContext,
): Promise<Made> {
  drawer.clear();
  const rejects = new RejectLines("prepare");
  const report = await prepare({
    ...settings,
    conversions,
    contacts,
    names: { conversions: conversions.name, contacts: contacts?.name ?? "contacts" },
    output,
    template,
    digest: true,
    onRow: (event) => rejects.add(event),
    onProgress,
    signal,
  });
  return { report, files: takeFiles(), rejects: rejects.blob() };
}

async function hashFile(
  { file, country, columns, key }: Extract<Task, { job: "hash" }>,
  { signal, onProgress }: JobContext,
): Promise<Made> {
  drawer.clear();
  const options = { contacts: file, name: file.name, country, columns, key, signal, onProgress };
  const report = await hashContacts({ ...options, output: "hashes.csv" });
  return { report, files: takeFiles(), rejects: undefined };
}

/** What was written, in the order of the names; nothing is kept. */
function takeFiles(): MadeFile[] {
  const files = [...drawer].map(([name, blob]) => ({ name, blob }));
  drawer.clear();
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Our own errors in their words; of any other only that it happened, because its message may hold a cell. */
export function faultOf(error: unknown): Fault {
  if (error instanceof FirsthashError) {
    const { code, message, hint, option } = error;
    return { code, message, hint, option };
  }
  return { code: "bug", message: "" };
}
