/** A daily job that is killed at any moment and started again sends each conversion exactly once. */
import { expect, it } from "vitest";
import { DailyJob } from "../helpers/microsoft/daily.ts";
import { randomOf } from "../helpers/microsoft/kills.ts";
import { startService } from "../helpers/microsoft/service.ts";

/** More with FIRSTHASH_KILLS=1000. */
const RUNS = Number(process.env.FIRSTHASH_KILLS ?? 25);

async function killedJob(seed: number): Promise<number> {
  const random = randomOf(seed);
  const service = await startService();
  try {
    const daily = new DailyJob(service);
    let kills = 0;
    let conversions = 3;
    for (let day = 0; day < 2; day++) {
      daily.conversions(conversions);
      for (let round = 0; ; round++) {
        const result = await daily.run([], {
          onStart: (child) => {
            if (round >= 3) return;
            const timer = setTimeout(() => child.kill("SIGKILL"), random() * 1500);
            child.once("exit", () => clearTimeout(timer));
          },
        });
        if (result.signal === "SIGKILL") kills++;
        else if (result.code === 0) break;
        // The step that a kill has left alone still holds the lock for a moment, or has just written a file
        // that is named by the same second.
        else
          expect(result.stderr, `seed ${seed}`).toMatch(
            /another run|interrupted|manifest\.json: exists already|\.csv: exists already/,
          );
        if (round > 3) await new Promise((resolve) => setTimeout(resolve, 200));
        expect(round, `seed ${seed}`).toBeLessThan(60);
      }
      conversions += 4;
    }
    const times = service.state.finished.map(({ row }) => row["Conversion Time"]);
    expect(times, `seed ${seed}`).toHaveLength(7);
    expect(new Set(times).size, `seed ${seed}`).toBe(7);
    expect(service.counted, `seed ${seed}`).toBe(7);
    expect(service.violations, `seed ${seed}`).toEqual([]);
    return kills;
  } finally {
    await service.stop();
  }
}

it("a daily job that is killed at random moments sends each conversion exactly once", async () => {
  let kills = 0;
  for (let seed = 1; seed <= RUNS; seed++) kills += await killedJob(seed);
  // How many moments meet a process that still lives depends on the machine.
  expect(kills).toBeGreaterThan(RUNS / 2);
}, 7_200_000);
