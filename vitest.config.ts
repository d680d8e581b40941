import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { defineConfig, type Plugin } from "vitest/config";

/** Vite's own reader of JSON takes no lone surrogate, and one file of vectors is about these. */
const vectors: Plugin = {
  name: "vectors",
  enforce: "pre",
  resolveId: (source, importer = "") =>
    /\/vectors\/[^/]+\.json$/.test(source) && source.startsWith(".")
      ? `\0${resolve(dirname(importer), source)}.js`
      : undefined,
  load(id) {
    const path = /^\0(.*\.json)\.js$/.exec(id)?.[1];
    if (path === undefined) return undefined;
    const text = JSON.stringify(JSON.parse(readFileSync(path, "utf8")));
    return `export default JSON.parse(${JSON.stringify(text)});`;
  },
};

const LONG = "test/**/*.long.test.ts";
const REAL = "test/**/*.real.test.ts";

// `npx vitest run test/read` runs the tests of a folder, of all three kinds.
export default defineConfig({
  plugins: [vectors],
  // As `imports` in package.json, which leads to the built files.
  resolve: { alias: { "#host": fileURLToPath(new URL("src/host/node.ts", import.meta.url)) } },
  test: {
    testTimeout: process.env.FIRSTHASH_THOROUGH === "1" ? 600_000 : 60_000,
    hookTimeout: 120_000,
    setupFiles: ["test/helpers/setup.ts"],
    // One process and one set of modules for all files: half the time. What a file changes for others, it
    // changes back; what it replaces, it replaces by vi.doMock (test/project/isolation.test.ts holds it).
    isolate: false,
    projects: [
      {
        // What `npm test` runs.
        extends: true,
        test: { name: "test", include: ["test/**/*.test.ts"], exclude: [LONG, REAL] },
      },
      {
        // Takes too long to wait for: `npm run test:long`.
        extends: true,
        test: { name: "long", include: [LONG], testTimeout: 600_000, hookTimeout: 600_000 },
      },
      {
        // Needs a program that `.ci/install` installs: see test/helpers/parts.ts.
        extends: true,
        test: { name: "real", include: [REAL], testTimeout: 600_000, hookTimeout: 600_000 },
      },
    ],
  },
});
