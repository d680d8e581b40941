/**
 * The job of docs/scale.md on Spark itself: its own scheduler, and executors that are processes of their own. The
 * result has the bytes of one machine, and still has them where an executor was killed in the middle.
 */
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { program } from "../helpers/parts.ts";
import { customer, onOneMachine, recipe, shell } from "../helpers/recipes.ts";
import { BIN } from "../helpers/run.ts";

const SUBMIT = program("spark", "spark-submit");

const JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

/** What Spark writes stays in the folder, and its log of events is text. */
const SETTINGS = (folder: string) => ({
  "spark.ui.enabled": "false",
  "spark.sql.shuffle.partitions": "4",
  // A short job: what a JVM would compile for a long one costs more than it gains.
  "spark.driver.extraJavaOptions": JVM,
  "spark.executor.extraJavaOptions": JVM,
  "spark.sql.codegen.wholeStage": "false",
  "spark.eventLog.enabled": "true",
  "spark.eventLog.dir": `file:${folder}/events`,
  "spark.eventLog.compress": "false",
  "spark.eventLog.rolling.enabled": "false",
});

/** A `firsthash` that kills its executor once, when it has answered some of the lines and not yet the others. */
const KILLER = `#!/bin/bash
if mkdir killed 2>/dev/null; then
  pid=$$
  until tr '\\0' ' ' < /proc/$pid/cmdline | grep -q CoarseGrainedExecutorBackend; do
    pid=$(sed -n 's/^PPid:\\t//p' /proc/$pid/status)
    [ "$pid" -gt 1 ] || exit 99
  done
  { head -n 20; kill -9 "$pid"; sleep 5; } | "${process.execPath}" "${BIN}" "$@"
  exit
fi
exec "${process.execPath}" "${BIN}" "$@"
`;

/** Runs the job, and answers with Spark's log of events. */
async function submit(folder: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const python = join(dirname(SUBMIT as string), "python");
  writeFileSync(join(folder, "job.py"), recipe("spark"));
  mkdirSync(join(folder, "events"));
  const settings = Object.entries(SETTINGS(folder)).map(([name, value]) => `${name}=${value}`);
  const flags = settings.flatMap((setting) => ["--conf", setting]);
  const args = [
    "--master",
    "local-cluster[2,1,1024]",
    ...flags,
    "job.py",
    "contacts.csv",
    "digests",
  ];
  const child = spawn(SUBMIT as string, args, {
    cwd: folder,
    env: {
      ...process.env,
      PATH: join(folder, "bin") + delimiter + process.env.PATH,
      PYSPARK_PYTHON: python,
      SPARK_WORKER_DIR: join(folder, "work"),
      SPARK_LOCAL_DIRS: join(folder, "local"),
    },
    stdio: ["ignore", "ignore", "pipe"],
    timeout: 500_000,
  });
  const said: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(code, Buffer.concat(said).toString().slice(-5000)).toBe(0);
  const [log = ""] = readdirSync(join(folder, "events"));
  const lines = readFileSync(join(folder, "events", log), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => JSON.parse(line));
}

async function prepared(folder: string): Promise<string> {
  const { code, stderr } = await shell(folder, recipe("prepare-spark"));
  expect(code, stderr).toBe(0);
  return readFileSync(join(folder, "upload.csv"), "utf8");
}

const named = (events: readonly Readonly<Record<string, unknown>>[], name: string) =>
  events.filter(({ Event }) => Event === `SparkListener${name}`);

describe.skipIf(SUBMIT === undefined)("the Spark job of docs/scale.md", () => {
  it("gives the bytes of one machine, in executors of their own", async () => {
    const folder = customer(2000, 11);
    const events = await submit(folder);
    const executors = named(events, "ExecutorAdded").map((event) => event["Executor ID"]);
    expect(executors).toEqual(expect.arrayContaining(["0", "1"]));
    expect(await prepared(folder)).toBe(await onOneMachine(folder));
  });

  it("gives the same bytes where an executor is killed in the middle", async () => {
    const folder = customer(2000, 12);
    writeFileSync(
      join(folder, "bin/firsthash"),
      KILLER.replaceAll("killed", join(folder, "killed")),
    );
    chmodSync(join(folder, "bin/firsthash"), 0o755);
    const events = await submit(folder);

    const lost = named(events, "ExecutorRemoved").map((event) => String(event["Removed Reason"]));
    expect(lost.join()).toMatch(/137|SIGKILL|[Kk]illed/);
    const tasks = named(events, "TaskEnd");
    const failed = tasks.filter((task) =>
      JSON.stringify(task["Task End Reason"]).includes("ExecutorLost"),
    );
    expect(failed).not.toEqual([]);
    // The same partition again: in the next attempt of the task, or of its stage.
    const place = (task: Readonly<Record<string, unknown>>) =>
      `${task["Stage ID"]}/${(task["Task Info"] as { Index: number }).Index}`;
    const done = tasks.filter((task) =>
      JSON.stringify(task["Task End Reason"]).includes("Success"),
    );
    for (const task of failed) expect(done.map(place)).toContain(place(task));

    expect(await prepared(folder)).toBe(await onOneMachine(folder));
  });
});
