/** Who may import what. The privacy promise rests on these borders, so they are read from the source. */
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = join(import.meta.dirname, "../../src");

interface Import {
  readonly file: string;
  readonly module: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.replaceAll("\\", "/"));
const sources = new Map(files.map((file) => [file, readFileSync(join(SRC, file), "utf8")]));

/** Source without comments, so that an example in a docstring is not an import. */
function code(file: string): string {
  const source = sources.get(file) ?? "";
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

const imports: Import[] = files.flatMap((file) =>
  [
    ...code(file).matchAll(
      /\b(import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\b(?:import|require|createRequire\(import\.meta\.url\))\(\s*"([^"]+)"\s*\)/g,
    ),
  ].map((match) => ({
    file,
    module: match[3] ?? match[4] ?? "",
    typeOnly: match[2] !== undefined || isTypeImport(file, match.index),
  })),
);

/** `import("x").T` in a type position is not an import at run time. */
function isTypeImport(file: string, index: number): boolean {
  return /^import\("[^"]+"\)\.[A-Z]/.test(code(file).slice(index));
}

const importersOf = (test: (module: string) => boolean) =>
  [
    ...new Set(
      imports.filter(({ module, typeOnly }) => !typeOnly && test(module)).map(({ file }) => file),
    ),
  ].sort();

const isPackage = (name: string) => (module: string) =>
  module === name || module.startsWith(`${name}/`);

/** What is there for Node alone: the room of the machine but the browser's half of it. */
const isOfNode = (file: string) =>
  file.startsWith("host/") && !file.startsWith("host/web/") && file !== "host/browser.ts";

describe("options", () => {
  const signatures = (source: string) =>
    [...source.matchAll(/\(((?:[^()]|\([^()]*\))*)\)\s*(?::[^;{}]*)?(?:=>|\{|;)/g)]
      .map(([, parameters = ""]) => parameters)
      .filter((parameters) => /\bplan\??:/.test(parameters) && /\boptions\??:/.test(parameters));

  it("stop at the plan: no function takes both", () => {
    expect(signatures("function run(plan: Plan, options: Options): void {")).toHaveLength(1);
    expect(signatures("function run(plan: Plan, rows: Rows): void {")).toHaveLength(0);
    for (const file of files) expect(signatures(code(file)), file).toEqual([]);
  });
});

describe("boundaries", () => {
  it("finds the imports that it is about", () => {
    expect(files.length).toBeGreaterThan(30);
    expect(imports.length).toBeGreaterThan(100);
    expect(importersOf(isPackage("commander"))).not.toEqual([]);
  });

  it("hashes in host/sha256.ts alone, and under a key in host/keyed.ts", () => {
    expect(importersOf(isPackage("@noble/hashes"))).toEqual([
      "host/sha256.ts",
      "host/web/keyed.ts",
      "host/web/sha256.ts",
    ]);
    expect(importersOf(isPackage("node:crypto"))).toEqual([
      "host/keyed.ts",
      "host/sha256.ts",
      // Signs for a service account of Google.
      "upload/google/assertion.ts",
    ]);
  });

  it("asks for numbering plans in two modules of identity/ alone", () => {
    expect(importersOf(isPackage("libphonenumber-js"))).toEqual([
      "identity/phone-metadata.ts",
      "identity/phone-plan.ts",
    ]);
  });

  it.each([
    ["validator", ["identity/email.ts"]],
    ["csv-parse", ["read/text/parse.ts"]],
    ["temporal-polyfill", ["conversion/time/zone.ts"]],
    ["saxen", ["read/workbook/xml.ts"]],
    ["fflate", ["write/zip.ts"]],
  ])("imports %s in one place", (name, expected) => {
    for (const file of importersOf(isPackage(name))) expect(expected).toContain(file);
  });

  it("imports commander under cli/ alone", () => {
    for (const file of importersOf(isPackage("commander"))) expect(file).toMatch(/^cli\//);
  });

  it("touches the machine in host/ alone; cli/ has the terminal, upload/ its connections", () => {
    const named = importersOf((module) => module.startsWith("node:") || isBuiltin(module));
    const machine = (file: string) => /^(?:cli|upload)\//.test(file) || isOfNode(file);
    expect(named.filter((file) => !machine(file))).toEqual([]);
    for (const file of files) {
      if (!/^(?:cli|upload)\//.test(file) && file !== "host/bytes.ts") {
        expect(code(file), file).not.toMatch(/\bBuffer\b/);
      }
      if (!machine(file))
        expect(code(file), file).not.toMatch(/\bcreateRequire\b|\bimport\.meta\b/);
    }
  });

  it("reaches the host by its one door, which is the browser's for a bundler", () => {
    // What has no Node puts files into the drawer, and takes them out.
    const drawer = /^(?:entries\/browser|page\/jobs)\.ts -> \.\.\/host\/web\/disk\.ts$/;
    for (const { file, module } of imports) {
      if (drawer.test(`${file} -> ${module}`)) continue;
      if (!file.startsWith("host/")) expect(module, file).not.toMatch(/\/host\//);
    }
    const { imports: doors } = JSON.parse(readFileSync(join(SRC, "../package.json"), "utf8"));
    expect(doors["#host"]).toEqual({
      browser: "./dist/host/browser.js",
      default: "./dist/host/node.js",
    });
  });

  it("touches files in a few small modules alone", () => {
    const importers = importersOf((module) => /^node:fs(\/|$)/.test(module));
    expect(importers).toEqual([
      // The names that a pattern stands for.
      "cli/input-files.ts",
      "host/disk.ts",
      "host/files.ts",
      "host/leftovers.ts",
      // Locks, and the ledger, which grows.
      "host/log.ts",
      "host/pipes.ts",
      // The state of an upload, the key of a service account, and what it keeps of a sign-in.
      "upload/google/key-file.ts",
      "upload/sign-in/profiles.ts",
      "upload/state.ts",
      "upload/store/file.ts",
      "upload/store/lock.ts",
    ]);
  });

  it("starts a thread in host/thread.ts alone", () => {
    expect(importersOf((module) => module === "node:worker_threads")).toEqual(["host/thread.ts"]);
  });

  it("cannot reach a network or another program, but for three modules of upload/ and the daily job", () => {
    const forbidden =
      /^(node:)?(net|http|https|http2|tls|dns|dgram|child_process|cluster|inspector|vm|repl|wasi)(\/|$)/;
    expect(importersOf((module) => forbidden.test(module))).toEqual([
      // Starts this program alone, once for each step of the daily job.
      "cli/run.ts",
      "upload/sign-in/loopback.ts",
    ]);
    expect(importersOf(isPackage("undici"))).toEqual(["upload/http.ts"]);
    // Its requests go through http.ts.
    expect(importersOf(isPackage("oauth4webapi"))).toEqual([
      "upload/google/oauth.ts",
      "upload/sign-in/flows.ts",
      "upload/sign-in/oauth.ts",
      "upload/sign-in/transport.ts",
    ]);
    for (const file of files) {
      // The button of the page that shows that it cannot.
      if (file === "page/dom/attempt.ts") continue;
      expect(code(file), file).not.toMatch(
        /\bfetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\b|\bEventSource\b|\bnavigator\.sendBeacon\b|\bprocess\.binding\b|\beval\s*\(|\bnew Function\b/,
      );
    }
  });

  it("cannot do so as it is bundled either, packages and all", () => {
    const folder = join(SRC, "../dist-cli/lib");
    const names = readdirSync(folder).filter((name) => name.endsWith(".cjs"));
    const modulesOf = (name: string) =>
      [...readFileSync(join(folder, name), "utf8").matchAll(/\brequire\("([^".][^"]*)"\)/g)].map(
        (match) => (match[1] as string).replace(/^node:/, ""),
      );
    // The daily job, which starts this program alone, is a file of its own.
    expect(modulesOf("run.cjs")).toContain("child_process");
    const modules = names.filter((name) => name !== "run.cjs").flatMap(modulesOf);
    expect(new Set(modules)).toEqual(
      new Set([
        "buffer",
        "crypto",
        "events",
        "fs",
        "fs/promises",
        "module",
        "os",
        "path",
        "process",
        "readline",
        "stream",
        "url",
        "util",
        "worker_threads",
        "zlib",
      ]),
    );
  });

  it("imports packages by fixed names, and only those that are dependencies", () => {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(SRC, "../package.json"), "utf8"),
    ) as Record<string, Record<string, string>>;
    const known = Object.keys({ ...dependencies, ...optionalDependencies });
    for (const file of files) {
      expect(code(file), file).not.toMatch(/\b(?:import|require)\(\s*[^"\s)]/);
    }
    for (const { file, module } of imports) {
      if (/^[.#]|^node:/.test(module)) continue;
      const name = module
        .split("/")
        .slice(0, module.startsWith("@") ? 2 : 1)
        .join("/");
      expect(known, `${file} imports ${module}`).toContain(name);
    }
  });

  it("uses process and the console under cli/ alone", () => {
    for (const file of files) {
      if (file.startsWith("cli/")) continue;
      expect(code(file), file).not.toMatch(/\bprocess\.|\bconsole\./);
    }
  });

  it("keeps the library apart from the command line", () => {
    for (const { file, module } of imports) {
      if (file.startsWith("cli/") || !module.startsWith(".")) continue;
      const target = relative(SRC, join(SRC, file, "..", module));
      expect(target, file).not.toMatch(/^cli\//);
    }
  });

  it("keeps plaintext in read/ and identity/: what comes after them imports neither parser nor normalizer", () => {
    const after = ["conversion", "destinations", "write", "report"];
    for (const { file, module, typeOnly } of imports) {
      if (typeOnly || !module.startsWith(".") || !after.includes(file.split("/")[0] ?? ""))
        continue;
      const target = relative(SRC, join(SRC, file, "..", module));
      expect(target, file).not.toMatch(/^identity\/(email|phone|identify|clean|country)/);
    }
  });
});
