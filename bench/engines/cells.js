/** The first `count` lines of a TSV file with the columns key, email, phone and country. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

export async function firstCells(file, count) {
  const rows = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (rows.push(line.split("\t")) >= count) break;
  }
  return rows;
}

/** Prints what the bench reads. */
export async function timed(rows, run) {
  const started = performance.now();
  await run();
  console.log(JSON.stringify({ rows, seconds: (performance.now() - started) / 1000 }));
}
