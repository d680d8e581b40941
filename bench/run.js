// Runs the project and its peers on the same made-up data, in turn, and prints medians. See README.md.
//
//   npm run bench                                    1,000,000 contacts, 300,000 conversions; 1,000,000 single rows
//   npm run bench -- --rows 100000 --rounds 5 --only firsthash,python
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compareDigests, partsOf } from "./compare.js";
import { measure } from "./measure.js";
import { quartiles } from "./statistics.js";

const HERE = import.meta.dirname;
const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    only: { type: "string" },
    shape: { type: "string", default: "join,single" },
    data: { type: "string", default: join(HERE, "../.bench-data") },
  },
});
const rows = Number(values.rows);
const only = values.only?.split(",");
const data = join(values.data, String(rows));
const node = process.execPath;
const project = join(HERE, "../bin/firsthash.cjs");
const python = ["/usr/bin/python3", "python3"].find((name) =>
  succeeds(name, ["-c", "import phonenumbers"]),
);

function succeeds(program, args) {
  return spawnSync(program, args, { cwd: HERE, stdio: "ignore" }).status === 0;
}

const hasModule = (name) =>
  succeeds(node, ["--input-type=module", "-e", `import.meta.resolve(${JSON.stringify(name)})`]);

/** `digests`: what must equal the project's. Older phone metadata knows fewer numbers; SQL knows none. */
const peer = (name, program, script, digests, missing) => ({
  name,
  digests,
  missing,
  command: (shape, inputs, output) => [
    program,
    join(HERE, "peers", script),
    shape === "join" ? "semi" : shape,
    ...inputs,
    output,
  ],
});

const TWO_DESTINATIONS = [
  ...["--to", "microsoft-bulk", "--to", "google-data-manager"],
  ...["--google-account", "1234567890", "--google-action", "987654321"],
];

const PEERS = [
  own("firsthash", []),
  own("firsthash --threads 1", ["--threads", "1"], ["join"]),
  {
    // One reading for both; each has its own digests. What it costs stands in the last column but one.
    ...own("firsthash, two destinations", TWO_DESTINATIONS),
    file: (output) => output.replace(/\.csv$/, "-{to}.{extension}"),
    written: (output) => [
      output.replace(/\.csv$/, "-microsoft-bulk.csv"),
      output.replace(/\.csv$/, "-google-data-manager.jsonl"),
    ],
  },
  peer("python", python, "python.py", "metadata", !python && "python3 with phonenumbers"),
  peer("node-usual", node, "node-usual.js", "all"),
  peer(
    "node-google",
    node,
    "node-google.js",
    "metadata",
    !hasModule("google-libphonenumber") && "google-libphonenumber: npm install in bench/",
  ),
  peer(
    "duckdb (no phones)",
    node,
    "duckdb.js",
    "email",
    !hasModule("@duckdb/node-api") && "@duckdb/node-api: npm install in bench/",
  ),
  peer(
    "miller (no phones)",
    "sh",
    "miller.sh",
    "email",
    !succeeds("mlr", ["--version"]) && "mlr (Miller 6)",
  ),
];

function own(name, more, shapes) {
  const options = ["--as-of", "2026-11-20T12:00:00Z", "--max-refused", "100", "--quiet", "--force"];
  return {
    name,
    shapes,
    digests: "all",
    command: (shape, inputs, output) => {
      const [contacts, conversions] = shape === "join" ? inputs : [undefined, inputs[0]];
      const join = contacts === undefined ? [] : ["--contacts", contacts, "--key", "Contact ID"];
      const files = ["--conversions", conversions, ...join, "-o", output];
      return [node, project, "prepare", ...files, ...options, ...more];
    },
  };
}

const conversions = Math.ceil(rows * 0.3);
const FILES = {
  "contacts.csv": ["contacts", "--rows", rows, "--seed", 1],
  "conversions.csv": ["conversions", "--rows", conversions, "--contacts", rows, "--seed", 2],
  "single.csv": ["single", "--rows", rows, "--seed", 3],
};
const SHAPES = {
  join: { inputs: ["contacts.csv", "conversions.csv"], rows },
  single: { inputs: ["single.csv"], rows },
};

function generate(name) {
  const path = join(data, name);
  if (existsSync(path)) return path;
  const file = openSync(`${path}.part`, "w");
  const args = [join(HERE, "generate.js"), ...FILES[name].map(String)];
  const { status } = spawnSync(node, args, { stdio: ["ignore", file, "inherit"] });
  closeSync(file);
  if (status !== 0) throw new Error(`cannot generate ${name}`);
  // Under its name only when it is whole.
  renameSync(`${path}.part`, path);
  return path;
}

const median = (list) => quartiles(list)[1];
const cell = (value, digits = 2) => (Number.isFinite(value) ? value.toFixed(digits) : "–");

async function runShape(shape) {
  const { inputs: names, rows: count } = SHAPES[shape];
  const inputs = names.map(generate);
  const megabytes = inputs.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6;
  console.log(`\n${shape}: ${count.toLocaleString("en")} rows, ${megabytes.toFixed(0)} MB in`);

  const runs = PEERS.filter(({ name, missing, shapes }) => {
    if (only !== undefined && !only.includes(name)) return false;
    if (shapes !== undefined && !shapes.includes(shape)) return false;
    if (missing) console.log(`  skipped ${name}: needs ${missing}`);
    return !missing;
  }).map((entry) => ({
    file: (output) => output,
    written: (output) => [output],
    ...entry,
    output: join(data, `${entry.name.replace(/\W+/g, "-")}-${shape}.csv`),
    taken: [],
  }));

  // Nothing is timed before the outputs agree. These runs also bring the inputs into the page cache.
  const [reference] = runs;
  for (const run of runs) {
    const { code } = await measure(run.command(shape, inputs, run.file(run.output)));
    if (code !== 0) throw new Error(`${run.name} ended with ${code}`);
    const said = await compareDigests(reference.output, run.written(run.output)[0], run.digests);
    if (run !== reference) console.log(`  ${run.name}: ${said}`);
  }
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const run of runs) {
      run.taken.push(await measure(run.command(shape, inputs, run.file(run.output))));
    }
  }
  for (const { output, written } of runs) {
    for (const part of written(output).flatMap(partsOf)) rmSync(part);
  }

  const table = runs.map(({ name, taken }) => {
    const wall = median(taken.map((run) => run.wall));
    // Within a round, because the machine's speed drifts from round to round.
    const ratio = median(reference.taken.map((own, round) => own.wall / taken[round].wall));
    const cpuRatio = median(reference.taken.map((own, round) => taken[round].cpu / own.cpu));
    return [
      name,
      Math.round(count / wall).toLocaleString("en"),
      cell(wall),
      cell(median(taken.map((run) => run.cpu))),
      cell(median(taken.map((run) => run.megabytes)), 0),
      cell(cpuRatio),
      cell(ratio, 3),
    ];
  });
  print([
    ["", "rows/s", "wall s", "CPU s", "peak MB", "CPU ×", `${reference.name} / it`],
    ...table,
  ]);
}

function print(table) {
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table) {
    const cells = row.map((text, n) =>
      n === 0 ? text.padEnd(widths[n]) : text.padStart(widths[n]),
    );
    console.log(`  ${cells.join("  ")}`);
  }
}

mkdirSync(data, { recursive: true });
console.log(
  `node ${process.versions.node}, ${availableParallelism()} × ${cpus()[0]?.model ?? "CPU"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${values.rounds} rounds, medians`,
);
for (const shape of values.shape.split(",")) await runShape(shape);
