// Rows a second of the ways to hash contacts past one machine, each against one `firsthash hash` of the same rows in
// the same run. See README.md, "Engines".
//
//   node bench/engines.js                 1,000,000 rows; engines that are slow get a part of them
//   node bench/engines.js --rows 100000 --rounds 1
//   node bench/engines.js --rounds 1 --spark     the job of docs/scale.md too; .ci/install spark
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { parse } from "csv-parse";
import { quartiles } from "./statistics.js";

const HERE = import.meta.dirname;
const BIN = join(HERE, "../bin/firsthash.cjs");
const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "3" },
    spark: { type: "boolean", default: false },
    data: { type: "string", default: join(HERE, "../.bench-data") },
  },
});
const rows = Number(values.rows);
const folder = join(values.data, `engines-${rows}`);
const file = (name) => join(folder, name);

/** Contacts as one CSV file, and the same rows by key in 1, 2 and 4 parts of each form. */
async function makeData() {
  mkdirSync(folder, { recursive: true });
  const generated = spawnSync(
    process.execPath,
    [join(HERE, "generate.js"), "contacts", "--rows", String(rows)],
    { stdio: ["ignore", openSync(file("contacts.csv"), "w"), "inherit"] },
  );
  if (generated.status !== 0) throw new Error("no data was generated");
  const parts = [1, 2, 4].flatMap((count) =>
    Array.from({ length: count }, (_, part) => {
      const open = (form) => createWriteStream(file(`${count}-${part}.${form}`));
      return { count, part, csv: open("csv"), tsv: open("tsv"), lines: { csv: [HEAD], tsv: [] } };
    }),
  );
  const flush = async () => {
    for (const part of parts) {
      for (const form of ["csv", "tsv"]) {
        const text = part.lines[form].splice(0).join("");
        if (text !== "" && !part[form].write(text))
          await new Promise((resolve) => part[form].once("drain", resolve));
      }
    }
  };
  let row = 0;
  await pipeline(
    createReadStream(file("contacts.csv")),
    parse({ columns: true, bom: true, relax_column_count: true }),
    async (records) => {
      for await (const record of records) {
        const cells = CELLS.map((name) => record[name].replace(/[\t\r\n\\",]/g, " "));
        for (const { count, part, lines } of parts) {
          if (row % count !== part) continue;
          lines.csv.push(`${cells.join(",")}\n`);
          lines.tsv.push(`${cells.join("\t")}\n`);
        }
        if (++row % 10_000 === 0) await flush();
      }
    },
  );
  await flush();
  for (const { csv, tsv } of parts) {
    for (const out of [csv, tsv]) await new Promise((resolve) => out.end(resolve));
  }
}

const CELLS = ["Contact ID", "Email", "Phone", "Country"];
const HEAD = `${CELLS.join(",")}\n`;

/** Seconds of `count` processes side by side, each with a part. */
async function together(count, args, form) {
  const started = performance.now();
  const codes = await Promise.all(
    Array.from({ length: count }, (_, part) => {
      const input = file(`${count}-${part}.${form}`);
      const named = form === "csv" ? [input] : [];
      const stdin = form === "csv" ? "ignore" : openSync(input);
      const child = spawn(process.execPath, [BIN, "hash", ...named, ...args], {
        stdio: [stdin, openSync("/dev/null", "w"), "ignore"],
      });
      return new Promise((resolve) => child.on("close", resolve));
    }),
  );
  if (codes.some((code) => code !== 0)) throw new Error(`firsthash ended with ${codes}`);
  return (performance.now() - started) / 1000;
}

/** Seconds of a program in `engines/` for the first rows of a file. */
function script(name, most) {
  const program = join(HERE, "engines", name);
  const given = [program, file("1-0.tsv"), String(Math.min(rows, most))];
  const { status, stdout, stderr } = spawnSync(process.execPath, given, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Seconds of the job of docs/scale.md with so many partitions, start and end of its cluster among them. */
function spark(partitions) {
  const bin = join(HERE, "../.parts/spark/bin");
  const guide = readFileSync(join(HERE, "../docs/scale.md"), "utf8");
  const [, job = ""] = /<!-- recipe: spark -->\n```python\n([\s\S]*?)```/.exec(guide) ?? [];
  const named = job
    .replace("repartition(8,", `repartition(${partitions},`)
    .replace('trim("customer_id")', 'trim("Contact ID")')
    // The made-up contacts have no column of consent.
    .replace('coalesce(lower(trim("consent")), lit(""))', 'lit("yes")');
  writeFileSync(file("job.py"), named);
  mkdirSync(file("bin"), { recursive: true });
  writeFileSync(file("bin/firsthash"), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(file("bin/firsthash"), 0o755);
  rmSync(file("digests"), { recursive: true, force: true });
  const started = performance.now();
  const master = ["--master", "local-cluster[2,1,1024]", "--conf", "spark.ui.enabled=false"];
  const { status, stderr } = spawnSync(
    join(bin, "spark-submit"),
    [...master, file("job.py"), file("contacts.csv"), file("digests")],
    {
      encoding: "utf8",
      maxBuffer: 1e9,
      env: {
        ...process.env,
        PATH: file("bin") + delimiter + process.env.PATH,
        PYSPARK_PYTHON: join(bin, "python"),
        SPARK_WORKER_DIR: file("work"),
      },
    },
  );
  if (status !== 0) throw new Error(stderr.slice(-3000));
  return { rows, seconds: (performance.now() - started) / 1000 };
}

const HASH = ["--key", "Contact ID", "--country", "US", "--max-refused", "100", "--quiet"];
const STREAM = ["--stream", "--country", "US", "--quiet"];
const whole = (count, args, form) => async () => ({
  rows,
  seconds: await together(count, args, form),
});

const WAYS = [
  ["hash, 1 part", whole(1, HASH, "csv")],
  ["hash, 2 parts", whole(2, HASH, "csv")],
  ["hash, 4 parts", whole(4, HASH, "csv")],
  ["hash --stream, 1 part", whole(1, STREAM, "tsv")],
  ["hash --stream, 2 parts", whole(2, STREAM, "tsv")],
  ["hash --stream, 4 parts", whole(4, STREAM, "tsv")],
  ["script in Node.js", () => script("node.js", 200_000)],
  ["script in DuckDB", () => script("duckdb.js", 200_000)],
  ["script in QuickJS", () => script("quickjs.js", 20_000)],
  ...(values.spark ? [1, 2, 4] : []).map((count) => [
    `Spark, ${count} partition${count === 1 ? "" : "s"}`,
    () => spark(count),
  ]),
];

if (!existsSync(file("4-3.tsv"))) await makeData();
const measured = new Map(WAYS.map(([name]) => [name, []]));
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [name, run] of WAYS) {
    const { rows: count, seconds } = await run();
    measured.get(name).push(count / seconds);
  }
}
const [, one] = [...measured][0];
const require = createRequire(import.meta.url);
console.log(`\n${rows} rows, e-mail and phone; firsthash ${require("../package.json").version}\n`);
console.log(`${"".padEnd(24)}${"rows/s".padStart(10)}${"of hash".padStart(10)}`);
for (const [name, rates] of measured) {
  const ratio = quartiles(rates.map((rate, round) => rate / one[round]))[1];
  const rate = Math.round(quartiles(rates)[1]).toLocaleString("en-US");
  console.log(`${name.padEnd(24)}${rate.padStart(10)}${ratio.toFixed(2).padStart(10)}`);
}
