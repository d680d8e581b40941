/** The README tells the truth: its commands run, print what it shows, and its tables are those of the code. */
import { cpSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { EXIT } from "../../src/base/errors.ts";
import { flagsOf } from "../../src/base/options.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { DESTINATIONS } from "../../src/destinations/catalog.ts";
import { extensionsOf } from "../../src/write/formats.ts";
import { ROOT, run, scratch } from "../helpers/run.ts";

const README = readFileSync(join(ROOT, "README.md"), "utf8");
const DOCUMENTS = [
  "README.md",
  "SECURITY.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "docs/google.md",
  "docs/library.md",
  "docs/rules.md",
  "docs/scale.md",
  "docs/upload.md",
  "vectors/README.md",
];

const blocks = (language: string) =>
  [...README.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^\\1\`\`\``, "gm"))].map(
    ([, indent = "", text = ""]) => text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );

/** Rows of the table whose header row holds `heading`, as cells. */
function table(heading: string): string[][] {
  const lines = README.split("\n");
  const start = lines.findIndex((line) => line.startsWith("|") && line.includes(heading));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  const rows = lines.slice(start + 2, end).map((line) => line.split("|").slice(1, -1));
  return rows.map((cells) => cells.map((cell) => cell.trim()));
}

let folder: string;

/** The project as a user has it after the set-up, in a folder that the commands may write to. */
beforeAll(() => {
  folder = scratch();
  for (const name of ["samples", "bin", "dist", "dist-cli", "package.json"]) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
});

const shell = (command: string) =>
  run(["-e", SHELL, command], { cwd: folder, env: { npm_config_update_notifier: "false" } });

/** Runs its argument with bash, both streams on stderr in the order of writing. */
const SHELL = `
  const { spawnSync } = require("node:child_process");
  const { status } = spawnSync("bash", ["-c", "exec 1>&2; " + process.argv[1]], { stdio: "inherit" });
  process.exitCode = status;
`;

/** npm's own remarks are about the machine. */
const withoutNpm = (text: string) =>
  text
    .split("\n")
    .filter((line) => !line.startsWith("npm "))
    .join("\n");

describe("README", () => {
  it("sets up and runs the main job with one command, which prints what is shown", async () => {
    const [command = ""] = blocks("sh");
    expect(command).toMatch(/^npm ci && npm run build && npx firsthash prepare [^\n]*\n$/);
    const result = await shell(command.slice(command.indexOf("npx firsthash")));
    expect(withoutNpm(result.stderr)).toBe(blocks("text")[0]);
    expect(result.code).toBe(0);
    expect(existsSync(join(folder, "upload.csv"))).toBe(true);
  });

  it("runs every command of its transcripts, and prints what is shown there", async () => {
    const transcripts = blocks("console");
    expect(transcripts.length).toBeGreaterThan(0);
    for (const transcript of transcripts) {
      const [first = "", ...expected] = transcript.trimEnd().split("\n");
      const result = await shell(first.replace(/^\$ /, ""));
      expect(result.code, first).toBe(0);
      if (expected.length > 0)
        expect(withoutNpm(result.stderr).trimEnd()).toBe(expected.join("\n"));
    }
  });

  it("names the commands that there are", () => {
    const named = table("| command | does |").map(([name = ""]) => name.replaceAll("`", ""));
    expect(named.sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
  });

  it("names the exit codes that there are", () => {
    const named = table("| code | meaning |").map(([code]) => Number(code));
    expect(named).toEqual(Object.values(EXIT).sort((a, b) => a - b));
  });

  it("names the destinations, formats, layouts and limits that there are", () => {
    const rows = new Map(
      table("| `--to` |").map(([name = "", ...rest]) => [name.split("`")[1], rest]),
    );
    expect([...rows.keys()]).toEqual(DESTINATIONS.map(({ id }) => id));
    for (const destination of DESTINATIONS) {
      const [file = "", layouts = "", limit = ""] = rows.get(destination.id) ?? [];
      const extensions = [...file.matchAll(/`(\.[a-z]+)`/g)].map(([, extension]) => extension);
      for (const extension of extensions) expect(extensionsOf(destination)).toContain(extension);
      if (destination.layouts.length > 1) {
        for (const layout of destination.layouts) expect(layouts).toContain(`\`${layout}\``);
      }
      if (Number.isFinite(destination.limits.rows)) {
        expect(limit).toContain(destination.limits.rows.toLocaleString("en-US"));
      }
    }
  });

  it.each(DOCUMENTS)(
    "%s links to files that are there, and names no option that is not",
    async (name) => {
      const text = readFileSync(join(ROOT, name), "utf8");
      for (const [, target = ""] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
        expect(existsSync(join(ROOT, name, "..", target)), target).toBe(true);
      }
      const specs = await Promise.all(COMMANDS.map((command) => command.options()));
      const options = new Set(
        specs.flatMap((table) => Object.values(flagsOf(table)).map(({ flag }) => flag)),
      );
      // Lines of other programs have options of their own.
      const ours = text.split("\n").filter((line) => /firsthash|`--/.test(line));
      const others = [
        "help",
        "version",
        "permission",
        "experimental-permission",
        "allow-fs-read",
        "allow-fs-write",
        "allow-worker",
      ];
      for (const [, option = ""] of ours.join("\n").matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)) {
        expect([...options, ...others], `--${option}`).toContain(option);
      }
    },
  );
});
