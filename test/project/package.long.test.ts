/** The package as a user gets it: packed, installed into an empty folder, compiled against, and run. */
import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT, run, runProgram, SAMPLE_ARGS, scratch } from "../helpers/run.ts";

const execute = promisify(execFile);

const PROGRAM = `
import { FirsthashError, hashEmail, hashPhone, prepare, type PrepareReport } from "firsthash";

const email = hashEmail(" J.o.h.n+news@Contoso.com ", { rules: "microsoft-2026-11" });
const phone = hashPhone("(425) 555-1234", { country: "US" });
const report: PrepareReport = await prepare({
  contacts: [{ id: "1", email: "ann@example.com", phone: null }],
  conversions: [{ id: "1", name: "Sale", time: new Date("2026-11-10T10:00:00Z"), value: 5 }],
  key: "id",
  columns: { email: "email", name: "name", time: "time", value: "value" },
  asOf: new Date("2026-11-20T12:00:00Z"),
  dryRun: true,
});
let code = "";
try {
  await prepare({ conversions: [], to: "nowhere", dryRun: true });
} catch (error) {
  if (error instanceof FirsthashError) code = error.code;
}
// @ts-expect-error a reason is there only where there is no digest
const reason: string = email.reason;
console.log(
  JSON.stringify({
    email: email.ok ? email.digest : email.reason,
    phone: phone.ok ? phone.digest : phone.reason,
    written: report.destinations[0]?.rows.written,
    code,
    reason: reason ?? null,
  }),
);
`;

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

let packed: Packed;
let app: string;

beforeAll(async () => {
  const folder = scratch();
  app = join(folder, "app");
  mkdirSync(app);
  const { stdout } = await execute(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
    { cwd: ROOT },
  );
  packed = JSON.parse(stdout)[0];
  const tarball = join(folder, packed.filename);
  writeFileSync(join(app, "package.json"), '{ "name": "app", "private": true, "type": "module" }');
  // From npm's cache where it has the dependencies, which it has after `npm ci`.
  await execute("npm", ["install", tarball, "--prefer-offline", "--no-audit", "--no-fund"], {
    cwd: app,
    timeout: 100_000,
  });
});

describe("the package", () => {
  const paths = () => packed.files.map(({ path }) => path);

  it("holds the program, its types, samples and papers, and nothing else", () => {
    const allowed =
      /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|bin\/firsthash\.cjs|dist\/.+\.(?:js|d\.ts)|dist-page\/(?:firsthash\.html(?:\.sha256)?|modules\.txt)|dist-udf\/(?:firsthash\.udf(?:\.email)?\.(?:js|d\.ts)|licenses\.txt)|dist-(?:cli|upload)\/(?:lib\/[a-z0-9-]+\.cjs|(?:licenses|modules)\.txt)|samples\/.+|vectors\/.+\.json|vectors\/README\.md|vectors\/(?:generate\.py|phones\.(?:py|tsv))|schema\/.+\.json|docs\/.+\.md)$/;
    expect(paths().filter((path) => !allowed.test(path))).toEqual([]);
    for (const path of ["bin/firsthash.cjs", "dist/index.js", "dist/index.d.ts", "LICENSE"]) {
      expect(paths()).toContain(path);
    }
  });

  it("holds what package.json points to", () => {
    const { exports, bin } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const targets =
      JSON.stringify([exports, bin]).match(/"\.?\/?[\w./-]+\.(?:c?js|ts|json)"/g) ?? [];
    expect(targets.length).toBeGreaterThan(2);
    for (const target of targets) expect(paths()).toContain(target.slice(1, -1).replace("./", ""));
  });

  it("holds a built file for each source, and none that has no source", () => {
    const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
      // They are in the page, and nowhere else.
      .filter((name) => !name.startsWith("page"))
      .map((name) => `dist/${name.replace(/\.ts$/, ".js")}`);
    const built = paths().filter((path) => path.startsWith("dist/") && path.endsWith(".js"));
    expect(built.sort()).toEqual(sources.sort());
  });

  it("holds the licenses of the packages that are bundled into the command line", () => {
    const folder = join(ROOT, "dist-cli/lib");
    const code = readdirSync(folder)
      .filter((name) => name.endsWith(".cjs"))
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
    const bundled = [
      ...code.matchAll(/^\/\/(?:#region)? ?node_modules\/((?:@[^/]+\/)?[^/]+)\//gm),
    ].map((match) => match[1] as string);
    expect(new Set(bundled)).toContain("commander");
    const licenses = readFileSync(join(folder, "../licenses.txt"), "utf8");
    for (const name of new Set(bundled)) {
      expect(licenses).toMatch(
        new RegExp(`^${name} [\\d.]+\n\n[^]*?Permission is hereby granted`, "m"),
      );
    }
  });

  it("runs nothing when it is installed", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const hooks = ["preinstall", "install", "postinstall", "prepare", "prepublish"];
    expect(hooks.filter((hook) => hook in scripts)).toEqual([]);
  });
});

describe("installed in an empty folder", () => {
  it("compiles under strict nodenext, and runs", async () => {
    const types = join(ROOT, "node_modules/@types/node");
    mkdirSync(join(app, "node_modules/@types"), { recursive: true });
    if (!existsSync(join(app, "node_modules/@types/node"))) {
      symlinkSync(types, join(app, "node_modules/@types/node"));
    }
    writeFileSync(join(app, "main.ts"), PROGRAM);
    const compilerOptions = {
      target: "es2023",
      module: "nodenext",
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      // Our own declarations are looked into too.
      skipLibCheck: false,
      types: ["node"],
      rootDir: ".",
      outDir: "built",
    };
    writeFileSync(
      join(app, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["main.ts"] }),
    );
    const compiled = await run([join(ROOT, "node_modules/typescript/bin/tsc"), "-p", app]);
    expect(compiled.stdout).toBe("");
    expect(compiled.code).toBe(0);
    const result = await run([join(app, "built/main.js")], { cwd: app });
    expect(result.stderr).toBe("");
    expect(JSON.parse(result.stdout)).toEqual({
      email: "ec81f3ac7b2b19675bab9d54cf416f9f18cff87c97da5cca82c0f0891bc40602",
      phone: "c59475d96e9f01d7d18d06cfad84dd02333207f02c0c2c5663ef2782cda0390e",
      written: 1,
      code: "usage",
      reason: null,
    });
  });

  it("gives no way around its doors", async () => {
    const result = await run(
      ["--input-type=module", "-e", 'await import("firsthash/dist/identity/email.js")'],
      { cwd: app },
    );
    expect(result.stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  it("has a command that prints its version", async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const result = await runProgram("npx", ["--no-install", "firsthash", "--version"], {
      cwd: app,
    });
    expect(result).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it("makes of its samples what this repository makes of them", async () => {
    const args = SAMPLE_ARGS.map((arg) =>
      arg.replace("samples/", "node_modules/firsthash/samples/"),
    );
    const installed = await runProgram(
      "npx",
      ["--no-install", "firsthash", ...args, "-o", "upload.csv"],
      { cwd: app },
    );
    expect(installed).toMatchObject({ code: 0, stdout: "" });
    const here = await run([join(ROOT, "bin/firsthash.cjs"), ...SAMPLE_ARGS, "-o", "-"]);
    expect(readFileSync(join(app, "upload.csv"), "utf8")).toBe(here.stdout);
  });
});
