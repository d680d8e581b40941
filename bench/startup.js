// What the command line adds to a bare node: `node bench/startup.js [rounds]`. Runs take turns.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quartiles } from "./statistics.js";

const rounds = Number(process.argv[2] ?? 25);
const here = import.meta.dirname;
const bin = join(here, "../bin/firsthash.cjs");
const folder = mkdtempSync(join(tmpdir(), "firsthash-bench-"));
const empty = join(folder, "empty.mjs");
const rows = join(folder, "rows.csv");
writeFileSync(empty, "");
const generated = spawnSync(process.execPath, [
  join(here, "generate.js"),
  "single",
  "--rows",
  "100",
]);
writeFileSync(rows, generated.stdout);

const prepare = ["prepare", "--conversions", rows, "--as-of", "2026-11-20T12:00:00Z"];
const RUNS = {
  "node empty.mjs": [empty],
  "--help": [bin, "--help"],
  "prepare --help": [bin, "prepare", "--help"],
  "prepare, 100 rows": [
    ...[bin, ...prepare, "--max-refused", "100"],
    ...["-o", join(folder, "upload.csv"), "--force"],
  ],
};

function milliseconds(args) {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (status !== 0) throw new Error(String(stderr));
  return performance.now() - started;
}

const taken = Object.keys(RUNS).map(() => []);
for (let round = 0; round <= rounds; round++) {
  for (const [n, args] of Object.values(RUNS).entries()) {
    const time = milliseconds(args);
    // The first round brings the files into the page cache.
    if (round > 0) taken[n].push(time);
  }
}
rmSync(folder, { recursive: true });

const [bare] = taken;
console.log(
  `node ${process.versions.node}, ${rounds} rounds; ms, and the median of what is over bare node`,
);
for (const [n, name] of Object.keys(RUNS).entries()) {
  const [low, median] = quartiles(taken[n]);
  const [, over] = quartiles(taken[n].map((time, round) => time - bare[round]));
  const [, ratio] = quartiles(taken[n].map((time, round) => time / bare[round]));
  const figures = [low, median, over].map((time) => time.toFixed(0).padStart(5));
  console.log(
    `  ${name.padEnd(18)} quarter${figures[0]}  median${figures[1]}  over${figures[2]}  ratio ${ratio.toFixed(2)}`,
  );
}
