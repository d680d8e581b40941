/** The configuration file: one table of options for flags, file and schema. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_CONSENT_VALUES } from "../../src/base/fields.ts";
import { flagsOf } from "../../src/base/options.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { configOptions, configSchema, readConfig, renderConfig } from "../../src/cli/config.ts";
import { PREPARE_OPTIONS } from "../../src/prepare/options.ts";
import { planPrepare } from "../../src/prepare/plan.ts";
import { SAMPLES, scratch } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";

const validate = new Ajv2020.default({ strict: true, allowUnionTypes: true }).compile(
  configSchema(),
);

let folder: string;
const path = (name: string) => join(folder, name);
const json = (name: string) => JSON.parse(readFileSync(path(name), "utf8"));
const save = (name: string, value: unknown) => writeFileSync(path(name), JSON.stringify(value));
const prepare = (...args: string[]) => warmFirsthash(["prepare", ...args], { cwd: folder });

const AS_OF = ["--as-of", "2026-11-20T12:00:00Z"];

/** The samples' run, as a file. */
const CONFIG = {
  contacts: "contacts.csv",
  conversions: "conversions.csv",
  key: "Contact ID",
  country: "US",
  "time-zone": "America/New_York",
  output: "upload.csv",
};

beforeEach(() => {
  folder = scratch();
  for (const name of ["contacts.csv", "conversions.csv"]) {
    writeFileSync(path(name), readFileSync(join(SAMPLES, name)));
  }
});

describe("--save-config", () => {
  it("saves what ran, and a run from it gives the same bytes", async () => {
    const first = await prepare(
      ...["--contacts", "contacts.csv", "--conversions", "conversions.csv", "-o", "upload.csv"],
      ...["--key", "Contact ID", "--column", "email=Email", "--column", "phone=Phone"],
      ...["--column", "email=Notes", "--country", "US", "--time-zone", "America/New_York"],
      ...["--max-refused", "20", "--to", "microsoft-bulk", "--force", ...AS_OF],
      ...["--save-config", "job.json"],
    );
    expect(first.stderr).toContain("19 of 24 rows");
    expect(json("job.json")).toEqual({
      $schema: "./node_modules/firsthash/schema/config.json",
      conversions: "conversions.csv",
      contacts: "contacts.csv",
      to: ["microsoft-bulk"],
      output: "upload.csv",
      force: true,
      key: "Contact ID",
      column: { email: ["Email", "Notes"], phone: "Phone" },
      country: "US",
      "time-zone": "America/New_York",
      "max-refused": "20",
    });
    expect(validate(json("job.json"))).toBe(true);
    const bytes = readFileSync(path("upload.csv"));
    writeFileSync(path("upload.csv"), "older");
    const second = await prepare("--config", "job.json", ...AS_OF);
    expect(second.code).toBe(0);
    expect(readFileSync(path("upload.csv"))).toEqual(bytes);
    expect(second.stderr).toBe(first.stderr);
  });

  it("saves nothing when the run failed, was refused, or could not begin", async () => {
    const args = ["--save-config", "job.json"];
    save("base.json", CONFIG);
    const failed = await prepare("--config", "base.json", "--country", "Atlantis", ...args);
    expect(failed.code).toBe(2);
    // A year later all conversions are too old.
    const refused = await prepare(
      ...["--config", "base.json", "--as-of", "2027-11-20T12:00:00Z", ...args],
    );
    expect(refused.code).toBe(1);
    expect(existsSync(path("job.json"))).toBe(false);
  });

  it("saves a dry run's options without making later runs dry", async () => {
    save("base.json", CONFIG);
    const args = ["--config", "base.json", "--dry-run", "--save-config", "job.json", ...AS_OF];
    expect((await prepare(...args)).code).toBe(0);
    expect(json("job.json")).toMatchObject(CONFIG);
    expect(json("job.json")).not.toHaveProperty("dry-run");
    expect(existsSync(path("upload.csv"))).toBe(false);
  });

  it("replaces a file only with --force, never an input, and not the output of the same run", async () => {
    save("base.json", CONFIG);
    const run = (...args: string[]) => prepare("--config", "base.json", ...AS_OF, ...args);
    expect((await run("--save-config", "base.json")).code).toBe(4);
    expect((await run("--save-config", "contacts.csv", "--force")).code).toBe(2);
    const same = await run("--save-config", "./upload.csv", "--force");
    expect(same.code).toBe(2);
    expect(same.stderr).toContain("--output and --save-config name the same file");
    expect(existsSync(path("upload.csv"))).toBe(false);
    expect((await run("--save-config", "base.json", "--force")).code).toBe(0);
    expect(json("base.json")).toMatchObject({ ...CONFIG, force: true });
  });

  it("saves paths as seen from the folder of the file", async () => {
    mkdirSync(path("jobs"));
    save("base.json", CONFIG);
    const args = ["--config", "base.json", "--save-config", "jobs/daily.json", ...AS_OF];
    expect((await prepare(...args)).code).toBe(0);
    expect(json("jobs/daily.json")).toMatchObject({
      contacts: "../contacts.csv",
      output: "../upload.csv",
    });
    const bytes = readFileSync(path("upload.csv"));
    const elsewhere = await warmFirsthash(
      ["prepare", "--config", path("jobs/daily.json"), "--force", ...AS_OF],
      { cwd: scratch() },
    );
    expect(elsewhere.code).toBe(0);
    expect(readFileSync(path("upload.csv"))).toEqual(bytes);
  });
});

describe("--config", () => {
  it("reads paths from the folder of the file, and those of flags from the current one", async () => {
    save("job.json", CONFIG);
    const cwd = scratch();
    const { code } = await warmFirsthash(
      ["prepare", "--config", path("job.json"), "-o", "here.csv", ...AS_OF],
      { cwd },
    );
    expect(code).toBe(0);
    expect(existsSync(join(cwd, "here.csv"))).toBe(true);
    expect(existsSync(path("upload.csv"))).toBe(false);
  });

  it("lets flags win, and a flag's column only for its field", async () => {
    save("job.json", { ...CONFIG, country: "DE", column: { email: "Notes", phone: "Phone" } });
    const { stderr } = await prepare(
      ...["--config", "job.json", "--country", "US", "--column", "email=Email"],
      ...["--save-config", "saved.json", "--dry-run", "--verbose", ...AS_OF],
    );
    expect(stderr).toContain("19 of 24 rows");
    expect(json("saved.json")).toMatchObject({
      country: "US",
      column: { email: "Email", phone: "Phone" },
    });
  });

  it("lets --goal win over a goal-map of the file", async () => {
    save("map.json", { Won: "Sale" });
    save("job.json", { ...CONFIG, "goal-map": "map.json" });
    const { code, stderr } = await prepare("--config", "job.json", "--goal", "Sale", ...AS_OF);
    expect(stderr).not.toContain("exclude each other");
    expect(code).toBe(0);
  });

  it("takes a byte order mark, as editors on Windows write it", async () => {
    writeFileSync(path("job.json"), `\ufeff${JSON.stringify(CONFIG)}`);
    expect((await prepare("--config", "job.json", ...AS_OF)).code).toBe(0);
  });

  it.each([
    ["a missing file", undefined, 3, "job.json: cannot be read"],
    ["no JSON", '{"key": "x",\n}', 3, "job.json:2"],
    ["a list", "[]", 2, "must hold one JSON object"],
    ["an unknown key", '{"timezone": "UTC"}', 2, 'did you mean "time-zone"?'],
    ["a key in camel case", '{"maxRefused": 5}', 2, 'did you mean "max-refused"?'],
    [
      "a flag of the command line alone",
      '{"config": "x.json"}',
      2,
      "unknown key, number 1 of the file",
    ],
    ["a wrong kind", '{"force": "yes"}', 2, '"force" takes true or false'],
  ])("refuses %s", async (_, text, code, message) => {
    if (text !== undefined) writeFileSync(path("job.json"), text);
    const result = await prepare("--config", "job.json");
    expect(result.stderr).toContain(message);
    expect(result.code).toBe(code);
  });
});

describe("the table of options", () => {
  const read = (config: Record<string, unknown>) => readConfig("job.json", config);

  it("has every option of prepare, but those about one run", async () => {
    const flags = Object.values(flagsOf((await COMMANDS[0]?.options()) ?? {}));
    const left = flags.filter((option) => !configOptions().includes(option));
    expect(left.map(({ flag }) => flag).sort()).toEqual(
      ["config", "json", "no-color", "quiet", "reference", "save-config", "verbose"].sort(),
    );
  });

  const BAD: readonly (readonly [config: Record<string, unknown>, message: string])[] = [
    [{ key: 1 }, '"key" takes text'],
    [{ key: null }, '"key" takes text'],
    [{ goal: ["Sale"] }, '"goal" takes text'],
    [{ to: 5 }, '"to" takes text, or a list of texts'],
    [{ to: ["adobe", null] }, '"to" takes text, or a list of texts'],
    [{ dst: "sooner" }, '"dst" takes one of earlier, later'],
    [{ "date-order": true }, '"date-order" takes one of mdy, dmy, ymd'],
    [{ "max-refused": true }, '"max-refused" takes a number'],
    [{ "dry-run": 1 }, '"dry-run" takes true or false'],
    [{ column: "email=Email" }, '"column" takes an object from fields to headers'],
    [{ column: ["email"] }, '"column" takes an object from fields to headers'],
    [{ column: { email: 4 } }, '"column" takes an object from fields to headers'],
    [{ column: { email: " " } }, '"column" takes an object from fields to headers'],
    [{ column: { mail: "Email" } }, "unknown field"],
    [{ $schema: 4 }, "unknown key, number 1"],
    [{ "no-such-key": 1 }, "unknown key, number 1"],
    [JSON.parse('{"__proto__": {}}'), "unknown key, number 1"],
  ];

  it.each(BAD)("and its schema refuse %j", (config, message) => {
    expect(() => read(config)).toThrow(`job.json: ${message}`);
    expect(validate(config)).toBe(false);
  });

  const GOOD: readonly Record<string, unknown>[] = [
    {},
    { $schema: "x" },
    { "max-refused": 12.5 },
    { "max-refused": "12.5%" },
    { to: "adobe" },
    { to: ["adobe", "microsoft-bulk"] },
    { column: { email: ["Email", "Email 2"], "contacts.key": "#3" } },
    { force: false, dst: "later", sheet: ["contacts=2"], encoding: "utf-8" },
  ];

  it.each(GOOD)("and its schema take %j", (config) => {
    expect(() => read(config)).not.toThrow();
    expect(validate(config)).toBe(true);
    const again = JSON.parse(renderConfig(read(config), "job.json"));
    expect(validate(again)).toBe(true);
    expect(read(again)).toEqual(read(JSON.parse(JSON.stringify(again))));
  });

  it("keeps absolute paths and standard streams as they are", () => {
    const flags = { output: "-", contacts: "/data/crm.csv", conversions: "in/won.csv" };
    const saved = JSON.parse(renderConfig(flags, "jobs/job.json"));
    expect(saved).toMatchObject({
      output: "-",
      contacts: "/data/crm.csv",
      conversions: "../in/won.csv",
    });
    const lists = { contacts: ["/data/crm.csv"], conversions: ["in/won.csv"] };
    expect(readConfig("jobs/job.json", saved)).toMatchObject({ output: "-", ...lists });
  });

  it("says in the help of --consent-values what the default is", () => {
    const { help } = PREPARE_OPTIONS.consentValues;
    const said = /\(default: (.*)\)$/.exec(help)?.[1]?.split(",");
    expect(said).toEqual([...DEFAULT_CONSENT_VALUES]);
    const { consentValues } = planPrepare({ conversions: "x.csv", dryRun: true });
    expect(said).toEqual([...consentValues]);
  });
});
