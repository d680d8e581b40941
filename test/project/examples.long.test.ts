/** Every example in a docstring and in the README is compiled, run, and held to what it says. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT, run, scratch } from "../helpers/run.ts";

interface Example {
  /** File and line. */
  readonly place: string;
  readonly code: string;
}

function examplesIn(file: string): Example[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const docstrings = file.endsWith(".ts");
  return [...text.matchAll(/^([ \t]*(?:\* )?)```ts\n([\s\S]*?)^[ \t]*(?:\* )?```$/gm)].map(
    (match) => {
      const [, , body = ""] = match;
      const line = text.slice(0, match.index).split("\n").length;
      const code = docstrings ? body.replace(/^[ \t]*\*(?: |$)/gm, "") : body;
      return { place: `${file}:${line}`, code };
    },
  );
}

const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => `src/${name.replaceAll("\\", "/")}`)
  .sort();
const documents = ["README.md", "SECURITY.md", "vectors/README.md"].filter((name) =>
  existsSync(join(ROOT, name)),
);
const examples = [...sources, ...documents].flatMap(examplesIn);

/**
 * What the example says that it prints: `console.log(x); // value`, or the comment lines below it, also below
 * what writes to `process.stdout`. A
 * line that only calls something, `f(x) // value`, prints it too.
 */
function promisesOf(code: string): { program: string; promised: string[] } {
  const promised: string[] = [];
  const lines = code.split("\n");
  const program = lines.map((line, at) => {
    const [, statement = "", comment] = /^(\s*\S.*?)\s*\/\/ (.+)$/.exec(line) ?? [];
    // Whatever ends well does what this says.
    if (comment === "does not throw") return line;
    if (line.trimStart().startsWith("console.log(") || line.includes("output: process.stdout")) {
      if (comment !== undefined) promised.push(comment);
      else promised.push(...commentsBelow(lines, at));
      return line;
    }
    if (comment === undefined || !/^(?:await )?[a-z][\w.]*\(.*\);?$/i.test(statement)) return line;
    promised.push(comment);
    return `console.log(${statement.replace(/;$/, "")});`;
  });
  return { program: program.join("\n"), promised };
}

function commentsBelow(lines: readonly string[], at: number): string[] {
  const comments: string[] = [];
  for (const line of lines.slice(at + 1)) {
    const comment = /^\/\/ (.+)$/.exec(line)?.[1];
    if (comment === undefined) break;
    comments.push(comment);
  }
  return comments;
}

/** As people write values: quotes of either kind, any white space. */
const plain = (text: string) => text.replaceAll("'", '"').replace(/\s+/g, " ").trim();

/** `…` stands for anything. */
function saysThe(promise: string): RegExp {
  const parts = plain(promise).split("…");
  return new RegExp(
    `^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*")}$`,
  );
}

let folder: string;

beforeAll(async () => {
  folder = scratch();
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules/firsthash"));
  // Examples may write beside the samples, so they get a folder of their own.
  symlinkSync(join(ROOT, "samples"), join(folder, "samples"));
  mkdirSync(join(folder, "node_modules/@types"));
  symlinkSync(join(ROOT, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const compilerOptions = {
    target: "es2023",
    module: "nodenext",
    strict: true,
    types: ["node"],
    outDir: "built",
    rootDir: ".",
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions, include: ["*.ts"] }),
  );
  for (const [at, { code }] of examples.entries()) {
    const { program } = promisesOf(code);
    writeFileSync(join(folder, `example${at}.ts`), `${program}\nexport {};\n`);
  }
  const compiled = await run([join(ROOT, "node_modules/typescript/bin/tsc"), "-p", folder]);
  const names = examples.map(({ place }, at) => `example${at}: ${place}`).join("\n");
  expect(compiled.code, `${compiled.stdout}\n${names}`).toBe(0);
});

describe("examples", () => {
  it("are found where they are", () => {
    const places = examples.map(({ place }) => place).join(" ");
    expect(places).toContain("src/prepare/prepare.ts:");
    expect(places).toContain("src/identity/hash.ts:");
    if (documents.includes("README.md")) expect(places).toContain("README.md:");
  });

  // What renders a report is shown by the command that prints it.
  it("stand at every function of the public library", () => {
    const index = readFileSync(join(ROOT, "src/index.ts"), "utf8");
    const functions = [...index.matchAll(/^export \{([^}]*)\} from "(.+)";$/gm)].flatMap((match) =>
      (match[1] ?? "")
        .split(",")
        .map((name) => name.trim())
        .filter((name) => /^[a-z]/.test(name) && !/^type |^render/.test(name))
        .map((name) => ({ name, file: `src/${match[2]?.slice(2)}` })),
    );
    expect(functions.length).toBeGreaterThan(2);
    const without = functions.filter(({ name, file }) => {
      const text = readFileSync(join(ROOT, file), "utf8");
      if (!new RegExp(`^export (?:async )?function ${name}\\b`, "m").test(text)) return false;
      return !examples.some(({ place, code }) => place.startsWith(file) && code.includes(name));
    });
    expect(without).toEqual([]);
  });

  const numbered = examples.map((example, at) => ({ ...example, at }));
  // What calls the service needs a file and an account: it is compiled above, and says here what it misses.
  const calling = numbered.filter(({ code }) => code.includes('"firsthash/upload"'));

  it.each(calling)("$place says what it needs", async ({ at }) => {
    const result = await run([join(folder, `built/example${at}.js`)], { cwd: folder });
    expect(result.stderr).toMatch(
      /FirsthashError: (?:there is no developer token|upload\.(?:csv|jsonl): cannot be read: there is no such file)/,
    );
  });

  it.each(numbered.filter((example) => !calling.includes(example)))(
    "$place",
    async ({ at, code }) => {
      const { promised } = promisesOf(code);
      // Examples name the samples, as a reader of the repository would.
      const result = await run([join(folder, `built/example${at}.js`)], { cwd: folder });
      expect(result.stderr).toBe("");
      expect(result.code).toBe(0);
      const said = plain(result.stdout);
      if (code.includes("console.log(")) expect(promised).not.toEqual([]);
      expect(said).toMatch(saysThe(promised.join(" ")));
    },
  );
});
