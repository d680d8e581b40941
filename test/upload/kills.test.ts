/** Killed at any moment and gone on with, an upload arrives exactly once. kills.long.test.ts does it 1,000 times. */
import { expect, it } from "vitest";
import { killedUpload } from "../helpers/microsoft/kills.ts";

it("an upload that is killed at random moments arrives exactly once after --resume", async () => {
  let kills = 0;
  for (let seed = 1; seed <= 4; seed++) kills += (await killedUpload(seed)).kills;
  expect(kills).toBeGreaterThan(2);
}, 300_000);
