/** Uploads that are killed at random moments and gone on with: each arrives exactly once. */
import { availableParallelism } from "node:os";
import { expect, it } from "vitest";
import { killedUpload } from "../helpers/microsoft/kills.ts";

/** More with FIRSTHASH_KILLS=1000. */
const UPLOADS = Number(process.env.FIRSTHASH_KILLS ?? 200);

it(
  `${UPLOADS} killed uploads arrive exactly once each`,
  async () => {
    const phases = new Map<string, number>();
    let kills = 0;
    let seed = 1000;
    const worker = async () => {
      while (seed < 1000 + UPLOADS) {
        seed += 1;
        const upload = await killedUpload(seed);
        kills += upload.kills;
        for (const phase of upload.phases) phases.set(phase, (phases.get(phase) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker));
    console.log(`${kills} kills; gone on from ${JSON.stringify(Object.fromEntries(phases))}`);
    expect(kills).toBeGreaterThan(UPLOADS);
    // Each phase that a kill can leave behind was gone on from.
    for (const phase of ["none", "sending", "sent", "result"]) {
      expect(phases.get(phase) ?? 0, phase).toBeGreaterThan(UPLOADS / 50);
    }
  },
  2 * 3600_000,
);
