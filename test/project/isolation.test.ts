/** Test files share one process and its modules: see vitest.config.ts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const TEST = join(import.meta.dirname, "..");

const files = readdirSync(TEST, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(join(TEST, name), "utf8") }));

const matching = (pattern: RegExp) =>
  files.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

it("replaces no module for the files that come after", () => {
  expect(matching(/\bvi\.mock\(/)).toEqual([]);
  for (const { name, text } of files) {
    const replaced = text.match(/\bvi\.doMock\("[^"]+"/g) ?? [];
    const restored = text.match(/\bvi\.doUnmock\("[^"]+"/g) ?? [];
    expect(restored.length, name).toBe(replaced.length);
  }
});

it("has no hook in a helper: it would run for the first file that imports it alone", () => {
  const helpers = matching(/^(?:before|after)(?:All|Each)\(/m).filter(
    (name) => !name.endsWith(".test.ts"),
  );
  expect(helpers).toEqual(["helpers/setup.ts"]);
});
