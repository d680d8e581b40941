/** The largest upload that the service takes, and the answer about all of its rows, in bounded memory. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import { expect, it } from "vitest";
import { bulkTimeText } from "../helpers/microsoft/files.ts";
import { startServiceProcess } from "../helpers/microsoft/process.ts";
import { BIN, scratch } from "../helpers/run.ts";

/** As many as 100,000,000 bytes hold; 2,500,000 rows of this form would be 250 MB. */
const ROWS = 970_000;
const MOST_BYTES = 100_000_000;
/** The specification's. */
const MOST_MEMORY = 250 * 1024 * 1024;

const HEADER =
  "Type,Status,Id,Parent Id,Client Id,Name,Conversion Currency Code,Conversion Name,Conversion Time,Conversion Value,Microsoft Click Id,Hashed Email Address,Hashed Phone Number";

/** Conversions with a click id each; one in a thousand is for a goal that takes none. */
async function writeUpload(path: string): Promise<void> {
  const out = createWriteStream(path);
  out.write(`\ufeff${HEADER}\r\nFormat Version,,,,,6.0,,,,,,,\r\n`);
  const now = Date.now() - 86_400_000;
  for (let row = 0; row < ROWS; row += 1000) {
    const time = bulkTimeText(new Date(now - row * 1000));
    const lines = Array.from({ length: 1000 }, (_, at) => {
      const id = `f894f652ea334e739002f716${(row + at).toString(16).padStart(8, "0")}`;
      const goal = at === 0 ? "Young" : "Sale";
      return `Offline Conversion,,,,row-${row + at + 2},,,${goal},${time},,${id},,\r\n`;
    });
    if (!out.write(lines.join(""))) await once(out, "drain");
  }
  out.end();
  await finished(out);
}

/** The most memory that a process has had, as the kernel counts it. */
function peakOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

it.skipIf(process.platform !== "linux")(
  `${ROWS} rows in 100 MB are sent and answered row by row in 250 MB of memory`,
  async () => {
    const folder = scratch();
    const file = join(folder, "upload.csv");
    await writeUpload(file);
    const size = statSync(file).size;
    expect(size).toBeGreaterThan(0.95 * MOST_BYTES);
    expect(size).toBeLessThanOrEqual(MOST_BYTES);
    const goals = [
      { id: "1", name: "Sale" },
      { id: "2", name: "Young", createdAt: new Date().toISOString() },
    ];
    const service = await startServiceProcess({ countRows: false, goals });
    try {
      await service.order("result", "narrow");
      const started = performance.now();
      const child = spawn(
        process.execPath,
        [BIN, "upload", file, "--account", "222", "--customer", "111", "--rejects", "rejects.csv"],
        {
          cwd: folder,
          // The service works on the file for seconds, so no limit is shortened.
          env: { PATH: process.env.PATH, HOME: folder, ...service.env, FIRSTHASH_TEST_TICK: "1" },
          stdio: "pipe",
        },
      );
      let peak = 0;
      const watch = setInterval(() => {
        try {
          peak = Math.max(peak, peakOf(child.pid ?? 0));
        } catch {
          // It has just ended.
        }
      }, 100);
      const [code, stderr] = await Promise.all([
        new Promise((resolve) => child.once("exit", resolve)),
        text(child.stderr),
        text(child.stdout),
      ]);
      clearInterval(watch);
      const seconds = Math.round((performance.now() - started) / 1000);
      console.log(
        `${size} bytes, ${seconds} s, at most ${Math.round(peak / 2 ** 20)} MB of memory`,
      );
      expect(code, stderr).toBe(1);
      const { arrivals, violations } = await service.record();
      expect(violations).toEqual([]);
      expect(arrivals.map(({ fileBytes, taken }) => [fileBytes, taken])).toEqual([[size, true]]);
      const state = JSON.parse(readFileSync(`${file}.upload.json`, "utf8"));
      expect(state).toMatchObject({ rows: ROWS, refused: ROWS / 1000, unanswered: 0 });
      const rejects = readFileSync(join(folder, "rejects.csv"), "utf8").trimEnd().split("\n");
      expect(rejects).toHaveLength(1 + ROWS / 1000);
      expect(peak).toBeLessThan(MOST_MEMORY);
    } finally {
      await service.stop();
    }
  },
  1_800_000,
);
