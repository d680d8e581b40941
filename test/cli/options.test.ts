/** An option is one entry: all that is made of a table, and what no place but the table says. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { adjust } from "../../src/adjust/adjust.ts";
import { checkOptions, flagsOf, recordedOptions } from "../../src/base/options.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { configSchema, readConfig } from "../../src/cli/config.ts";
import { optionsFrom } from "../../src/cli/flags.ts";
import { addOptions } from "../../src/cli/main.ts";
import { asFlags } from "../../src/cli/speak.ts";
import { Terminal } from "../../src/cli/terminal.ts";
import { hashContacts } from "../../src/hash/hash-contacts.ts";
import { inspect } from "../../src/inspect/inspect.ts";
import { PREPARE_OPTIONS } from "../../src/prepare/options.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import { verify } from "../../src/verify/verify.ts";
import { firsthash, ROOT, SAMPLES, scratch } from "../helpers/run.ts";

describe("an option that is added to the table", () => {
  const table = {
    ...PREPARE_OPTIONS,
    probe: {
      flag: "probe-it",
      value: "<n>",
      recorded: true,
      help: "how deep to probe",
      parse: (text: string) => Number(text),
    },
  } as const;

  it("is in the help", () => {
    const command = new Command("prepare");
    addOptions(command, table);
    expect(command.helpInformation()).toMatch(/--probe-it <n> +how deep to probe/);
  });

  it("is in the schema and can be read from a configuration file", () => {
    const { properties } = configSchema(table) as { properties: Record<string, unknown> };
    expect(properties["probe-it"]).toEqual({ description: "how deep to probe", type: "string" });
    expect(readConfig("job.json", { "probe-it": "3" }, table)).toEqual({ probeIt: "3" });
    expect(() => readConfig("job.json", { "probe-it": "3" })).toThrow("unknown key");
  });

  it("becomes an option of the library, is known there, and is recorded", async () => {
    const terminal = new Terminal({ stream: process.stderr, env: {} });
    const context = { terminal, signal: new AbortController().signal };
    const options = await optionsFrom<{ probe?: number }>(table, { probeIt: "3" }, context);
    expect(options.probe).toBe(3);
    expect(() => checkOptions("prepare", { probe: 3 }, table)).not.toThrow();
    expect(() => checkOptions("prepare", { probe: 3 }, PREPARE_OPTIONS)).toThrow("unknown option");
    expect(recordedOptions({ probe: 3 }, table)).toEqual({ probe: 3 });
  });

  it("is named as a flag on the command line", () => {
    expect(asFlags('give `probe: "3"`', flagsOf(table))).toBe("give --probe-it 3");
  });
});

describe("a wrong option", () => {
  const contacts = join(SAMPLES, "contacts.csv");

  it.each<[string, string, (options: never) => Promise<unknown>, object]>([
    ["prepare", "dryRun", prepare, { conversions: contacts, dryrun: true }],
    ["adjust", "dryRun", adjust, { corrections: contacts, original: contacts, dryrun: true }],
    ["hashContacts", "dryRun", hashContacts, { contacts, output: "never.csv", dryrun: true }],
    ["inspect", "country", (options) => inspect(contacts, options), { cuntry: "US" }],
    ["verify", "against", (options) => verify(contacts, options), { aginst: contacts }],
  ])("of %s is an error that names %s", async (_, right, job, options) => {
    const problem = { code: "usage", hint: `did you mean \`${right}\`?` };
    await expect(job(options as never)).rejects.toMatchObject(problem);
  });

  it("that is given twice is an error, where it takes one value", async () => {
    const twice = ["--country", "US", "--country", "DE"];
    const { code, stderr } = await firsthash(["inspect", contacts, ...twice]);
    expect(stderr).toContain("--country is given twice");
    expect(code).toBe(2);
  });
});

describe("what was typed", () => {
  const typed = "jane@contoso.com";
  const flags = ["country", "time-zone", "to", "column", "key", "layout", "date-format"];
  const run = (args: readonly string[]) =>
    firsthash([
      "prepare",
      ...["--contacts", join(SAMPLES, "contacts.csv")],
      ...["--conversions", join(SAMPLES, "conversions.csv"), "--dry-run"],
      ...args,
    ]);

  it.each([...flags, "encoding", "currency", "assume-time", "decimal", "no-such-option"])(
    "is not printed again after --%s",
    async (flag) => {
      for (const value of flag === "column" ? [typed, `email=${typed}`, `${typed}=x`] : [typed]) {
        const { code, stdout, stderr } = await run([`--${flag}`, value]);
        expect(code).toBe(2);
        expect(stdout + stderr).not.toContain("jane");
      }
    },
  );

  it.each([...flags.filter((flag) => flag !== "column"), "encoding"])(
    "is not printed again out of a configuration file: %s",
    async (flag) => {
      const path = join(scratch(), "job.json");
      writeFileSync(path, JSON.stringify({ [flag]: typed }));
      const { code, stdout, stderr } = await run(["--config", path]);
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain("jane");
    },
  );
});

it("stands in a table alone: below cli/ no text names a flag", async () => {
  const jobs = COMMANDS.filter(({ name }) => /^(?:prepare|adjust|inspect|hash|verify)$/.test(name));
  const tables = await Promise.all(jobs.map((command) => command.options()));
  const flags = new Set(
    tables.flatMap((table) => Object.values(flagsOf(table))).map((o) => o.flag),
  );
  expect(flags.size).toBeGreaterThan(30);
  const src = join(ROOT, "src");
  const files = readdirSync(src, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".ts") && !/^(?:cli|upload)\/|options\.ts$/.test(name));
  for (const file of files) {
    const code = readFileSync(join(src, file), "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/^\s*\/\/.*$/gm, "");
    for (const [, flag = ""] of code.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)) {
      // Texts about saved reports name the command line's own flags; no job of the library has them.
      if (/^report\//.test(file) && /^(?:report|resume|ink|paper)/.test(flag)) continue;
      expect(flags.has(flag), `${file}: --${flag}`).toBe(false);
    }
  }
});
