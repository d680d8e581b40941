/** Node prints what goes through its streams where NODE_DEBUG asks for it: cells, too. Then nothing is read. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { firsthash, ROOT, run, SAMPLE_ARGS } from "../helpers/run.ts";

const CONTACTS = readFileSync(join(ROOT, "samples/contacts.csv"), "utf8");
const cells = CONTACTS.split(/[\r\n,]+/).filter((cell) => /@|\d{4}/.test(cell));
const hexOf = (text: string) =>
  Buffer.from(text)
    .toString("hex")
    .replace(/..(?=.)/g, "$& ");

describe.each(["http,STREAM", "*"])("NODE_DEBUG=%s", (NODE_DEBUG) => {
  it.each([
    ["a reference run", [...SAMPLE_ARGS, "--dry-run", "--reference"], undefined],
    ["standard input", ["inspect", "-"], CONTACTS],
    ["lines", ["hash", "--stream"], CONTACTS],
  ] as const)("prints no cell of %s", async (_, args, input) => {
    const { code, stdout, stderr } = await firsthash(args, {
      env: { NODE_DEBUG },
      ...(input !== undefined && { input }),
    });
    expect(code).toBe(2);
    expect(stderr).toContain("error: with this NODE_DEBUG, Node prints the cells that it reads");
    expect(cells.length).toBeGreaterThan(20);
    for (const cell of cells) {
      expect(stdout + stderr).not.toContain(cell);
      expect(stdout + stderr).not.toContain(hexOf(cell.slice(0, 8)));
    }
  });
});

it("is refused in the library too, and other sections are not", async () => {
  const script = `import { inspect } from "./dist/index.js";
    await inspect("samples/contacts.csv").then(() => console.log("read"), (e) => console.log(e.code));`;
  const of = (NODE_DEBUG: string) =>
    run(["--input-type=module", "--eval", script], { env: { NODE_DEBUG } });
  expect((await of("stream")).stdout).toBe("usage\n");
  expect((await of("module_hooks")).stdout).toBe("read\n");
});
