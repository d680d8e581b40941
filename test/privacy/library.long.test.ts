/**
 * The library says no more than the command: reports, summaries and thrown errors, with all that hangs
 * on them, are searched for every personal cell, with inputs as files, as bytes and as records.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { ColumnChoices } from "../../src/base/fields.ts";
import { FirsthashError, prepare, renderSummary } from "../../src/index.ts";
import type { PrepareOptions } from "../../src/prepare/options.ts";
import type { Leak } from "../helpers/canaries.ts";
import { scratch } from "../helpers/run.ts";
import { buildScene, csv, SCENES, type Scene, Tables } from "./scenes.ts";

/** All that can be seen of a value: own, hidden and inherited, however deep. */
function everything(value: unknown): string {
  const parts = [
    inspect(value, { depth: 10, showHidden: true, getters: true, maxStringLength: null }),
    String(value),
    JSON.stringify(value) ?? "",
  ];
  for (let error = value; error instanceof Error; error = error.cause) {
    parts.push(error.stack ?? "", error.message, ...Object.values(error).map(String));
  }
  return parts.join("\n");
}

/** An error of the caller's own source, which comes back as the cause; whatever we say stands outside of it. */
class SourceError extends Error {}

function withoutSource(error: unknown): unknown {
  if (!(error instanceof FirsthashError) || !(error.cause instanceof SourceError)) return error;
  return Object.defineProperty(error, "cause", { value: undefined });
}

/** What a run says, whether it ends well or not. */
async function said(options: PrepareOptions): Promise<{ text: string; error: unknown }> {
  try {
    const report = await prepare({ asOf: "2026-11-20T12:00:00Z", dryRun: true, ...options });
    const summary = renderSummary(report, { verbose: true }).concat(renderSummary(report));
    return { text: `${everything(report)}\n${summary.join("\n")}`, error: undefined };
  } catch (error) {
    return { text: everything(withoutSource(error)), error };
  }
}

async function expectSilence(scene: Pick<Scene, "canaries">, options: PrepareOptions) {
  const { text, error } = await said(options);
  const leaks: Leak[] = scene.canaries.leaks(text, "report or error");
  expect(leaks).toEqual([]);
  if (error !== undefined) {
    expect(error, text).toBeInstanceOf(FirsthashError);
    expect((error as Error).cause).toBeUndefined();
  }
}

/** The flags of a scene as options. Scenes of files that only the command reads are left out. */
function optionsOf(scene: Scene): Omit<PrepareOptions, "conversions"> | undefined {
  const columns: Record<string, string[]> = {};
  const options: Record<string, unknown> = { key: scene.contacts && "Contact ID" };
  for (let at = 0; at < scene.flags.length; at += 2) {
    const [flag = "", value = ""] = scene.flags.slice(at, at + 2);
    if (flag === "--config") return undefined;
    if (flag === "--goal-map") {
      try {
        options.goalMap = JSON.parse(String(scene.files[value]));
      } catch {
        return undefined;
      }
    } else if (flag === "--column") {
      const [field = "", header = ""] = value.split("=");
      columns[field] = [...(columns[field] ?? []), header];
    } else if (flag === "--encoding") options.read = { contacts: { encoding: value } };
    else if (flag === "--delimiter") options.read = { conversions: { delimiter: ";" } };
    else if (flag === "--max-refused") options.maxRefused = Number(value);
    else if (flag === "--time-zone") options.timeZone = value;
    else if (flag !== "--key") throw new Error(`no option for ${flag}`);
  }
  return { ...options, columns: columns as ColumnChoices };
}

async function* stream(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
}

describe("the scenes", () => {
  it.each(SCENES)("%s", async (name) => {
    const scene = buildScene(name);
    const options = optionsOf(scene);
    if (options === undefined) return;
    const folder = join(scratch(), "in");
    mkdirSync(folder);
    for (const [file, content] of Object.entries(scene.files)) {
      writeFileSync(join(folder, file), content);
    }
    const input = (file: string) => join(folder, file);
    const bytes = (file: string) => stream(scene.files[file] ?? "");
    await expectSilence(scene, {
      ...options,
      contacts: scene.contacts === undefined ? undefined : input(scene.contacts),
      conversions: input(scene.conversions),
    });
    await expectSilence(scene, {
      ...options,
      contacts: scene.contacts === undefined ? undefined : bytes(scene.contacts),
      conversions: bytes(scene.conversions),
      to: ["microsoft-import", "adobe"],
    });
  });
});

describe("a quote fault", () => {
  const FAULTS: Readonly<Record<string, (cell: string) => string>> = {
    inside: (cell) => `${cell.slice(0, 4)}"${cell.slice(4)}`,
    "after the closing quote": (cell) => `"${cell.slice(0, 4)}"${cell.slice(4)}`,
    "never closed": (cell) => `"${cell}`,
    "closed and opened": (cell) => `"${cell}" "${cell}"`,
    "after a quoted line break": (cell) => `"${cell}\n${cell}"${cell}`,
  };
  const cases = Object.keys(FAULTS).flatMap((fault) =>
    [",", ";"].flatMap((delimiter) =>
      ["\n", "\r\n", "\r"].map((lineEnd) => ({ fault, delimiter, lineEnd })),
    ),
  );

  it.each(cases)("$fault, between $delimiter, before $lineEnd", async ({ fault, ...dialect }) => {
    for (const table of ["contacts", "conversions"] as const) {
      for (const row of [0, 1, 12]) {
        for (const column of [0, 6]) {
          const tables = new Tables(1000);
          const cells = tables[table][row] as string[];
          cells[column] = FAULTS[fault]?.(cells[column] ?? "") ?? "";
          await expectSilence(tables, {
            key: "Contact ID",
            contacts: stream(csv(tables.contacts, dialect)),
            conversions: stream(csv(tables.conversions, dialect)),
          });
        }
      }
    }
  });
});

describe("records", () => {
  const records = (rows: readonly string[][]) => {
    const [header = [], ...data] = rows;
    return data.map((cells) => Object.fromEntries(cells.map((cell, at) => [header[at], cell])));
  };
  const WRONG: Readonly<Record<string, (cell: string, email: string) => Record<string, unknown>>> =
    {
      "an object in a cell": (cell) => ({ "Contact ID": cell, Email: { cell } }),
      "a list in a cell": (cell) => ({ "Contact ID": cell, Email: [cell] }),
      "a function in a cell": (cell) => ({ "Contact ID": cell, Email: () => cell }),
      "a symbol in a cell": (cell) => ({ "Contact ID": cell, Email: Symbol(cell) }),
      "a key that is an address": (cell, email) => ({ "Contact ID": cell, [email]: "x" }),
      "a cell that throws": (cell) => ({
        "Contact ID": cell,
        get Email() {
          throw new Error(`cannot read ${cell}`);
        },
      }),
    };

  it.each(Object.keys(WRONG))("%s", async (name) => {
    for (const place of [0, 5, 11, "all"] as const) {
      const tables = new Tables(2000);
      const contacts: unknown[] = records(tables.contacts);
      for (const [at, row] of contacts.entries()) {
        if (place !== "all" && at !== place) continue;
        const { Email = "" } = row as Record<string, string>;
        contacts[at] = WRONG[name]?.((row as Record<string, string>)["Contact ID"] ?? "", Email);
      }
      await expectSilence(tables, {
        contacts: contacts as Record<string, string>[],
        conversions: records(tables.conversions),
        key: "Contact ID",
      });
    }
  });

  it("a source that fails with a cell in its message", async () => {
    const tables = new Tables(3000);
    const failing = async function* (rows: readonly string[][]) {
      yield* records(rows).slice(0, 4);
      throw Object.assign(new SourceError(`bad row: ${rows[5]?.join(",")}`), { record: rows[5] });
    };
    const options = {
      contacts: failing(tables.contacts),
      conversions: records(tables.conversions),
      key: "Contact ID",
    };
    const cause = expect.any(SourceError);
    await expect(prepare({ ...options, dryRun: true })).rejects.toMatchObject({ cause });
    await expectSilence(tables, { ...options, contacts: failing(tables.contacts) });
    await expectSilence(tables, {
      contacts: records(tables.contacts),
      conversions: failing(tables.conversions),
      key: "Contact ID",
    });
  });
});
