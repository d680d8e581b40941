import { defineConfig } from "vitest/config";

const LONG = "test/**/*.long.test.ts";
const REAL = "test/**/*.real.test.ts";

// `npx vitest run test/read` runs the tests of a folder, of all three kinds.
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
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
