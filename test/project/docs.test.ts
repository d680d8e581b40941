/** What is made from the code is up to date. `npm run generate` makes it. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { flagsOf } from "../../src/base/options.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { configSchema } from "../../src/cli/config.ts";

const root = new URL("../../", import.meta.url);
const load = (path: string): Promise<{ generated(): Record<string, string> }> =>
  import(new URL(path, root).href);
const text = (path: string) => readFileSync(new URL(path, root), "utf8");

const made = await (await load("scripts/generate.js")).generated();

it.each(Object.keys(made))("%s is what the code makes", (path) => {
  expect(text(path)).toBe(made[path]);
});

it("was made from a build of this source", async () => {
  expect(JSON.parse(text("schema/config.json"))).toEqual(configSchema());
  for (const { name, options } of COMMANDS) {
    const section = text("docs/cli.md")
      .split("## firsthash ")
      .find((part) => part.startsWith(`${name}\n`));
    for (const { flag } of Object.values(flagsOf(await options()))) {
      expect(section).toContain(`--${flag}`);
    }
  }
});

it("is in the package", () => {
  const { files } = JSON.parse(text("package.json"));
  expect(files).toEqual(expect.arrayContaining(["docs", "schema", "samples"]));
});
