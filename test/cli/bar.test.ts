import { expect, it } from "vitest";
import type { Progress } from "../../src/base/fields.ts";
import { drawProgress, timeLeft } from "../../src/cli/bar.ts";
import { withShareOfRun } from "../../src/prepare/progress.ts";

const UPDATE = { stage: "contacts", rows: 1234567, share: 0.5, ofRun: 0.25 };

it("shows the whole run, as long as the terminal is wide", () => {
  expect(drawProgress(UPDATE, 10, 80)).toBe(
    "reading contacts  [=====               ]  25 %  about 30 s left  1,234,567 rows",
  );
  expect(drawProgress(UPDATE, 10, 50)).toBe("reading contacts  [==    ]  25 %  about 30 s left");
});

it.each([10, 20, 30, 40, 50, 60, 79, 80, 120, 200])("fits into %i columns", (width) => {
  for (const seconds of [1, 10, 10_000]) {
    for (const update of [UPDATE, { ...UPDATE, ofRun: undefined, share: undefined }]) {
      expect(drawProgress(update, seconds, width).length).toBeLessThan(width);
    }
  }
});

it("shows rows alone where nobody knows how many there are", () => {
  const update = { stage: "output", rows: 5000, share: undefined };
  expect(drawProgress(update, 3, 80)).toBe("making the upload  5,000 rows");
});

it.each([
  [0.5, 1, ""],
  [0.01, 100, ""],
  [0.5, 10, "about 10 s left"],
  [0.1, 100, "about 15 min left"],
  [0.05, 1000, "about 5.3 h left"],
  [1, 100, ""],
])("with %f done after %i s says: %s", (done, seconds, said) => {
  expect(timeLeft(done, seconds)).toBe(said);
});

it("goes on over the passes of a run, and never back", () => {
  const shares: (number | undefined)[] = [];
  const tell = withShareOfRun(
    [
      { stage: "conversions", weight: 1 },
      { stage: "contacts", weight: 3 },
      { stage: "conversions", weight: 1 },
      { stage: "output", weight: 5 },
    ],
    ({ ofRun }) => shares.push(ofRun),
  );
  const steps: [Progress["stage"], number][] = [
    ["conversions", 0.5],
    ["conversions", 1],
    ["contacts", 0.5],
    ["contacts", 1],
    // Read once more, to find out why nothing matches.
    ["contacts", 0.1],
    ["conversions", 0.5],
    ["output", 0.2],
    ["output", 1],
  ];
  for (const [stage, share] of steps) tell({ stage, rows: 1, share });
  expect(shares).toEqual([0.05, 0.1, 0.25, 0.4, 0.4, 0.45, 0.6, 1]);
});
