/** The real binary over the table of faults that faults-library.long.test.ts runs in one process. */
import { describe, it } from "vitest";
import { Client } from "../helpers/microsoft/client.ts";
import { afterwards, CASES, filesTaken, orderOf } from "../helpers/microsoft/outcomes.ts";
import { startService } from "../helpers/microsoft/service.ts";

async function withClient(working: number, use: (run: Client) => Promise<void>): Promise<void> {
  const service = await startService({ working });
  try {
    await use(new Client(service));
  } finally {
    await service.stop();
  }
}

describe("firsthash upload while a fault stays, then --resume", () => {
  it.for(CASES)("$name", (each, { expect }) =>
    withClient(1, async (run) => {
      const { endpoint, fault, outcome } = each;
      run.service.order(...orderOf(endpoint, fault), { times: Number.POSITIVE_INFINITY });
      const fresh = await run.upload();
      expect(fresh.code, fresh.stderr).toBe(outcome.always);
      const phase = run.state?.phase;
      run.service.clearOrders();
      const resumed = await run.upload(["--resume"]);
      expect(resumed.code, resumed.stderr).toBe(afterwards(outcome.always, phase));
      if (phase === undefined) expect((await run.upload()).code).toBe(0);
      run.checkArrivals(filesTaken(each));
    }),
  );
});

describe("firsthash upload that meets a fault once", () => {
  it.for(CASES)("$name", (each, { expect }) =>
    withClient(0, async (run) => {
      const { endpoint, fault, outcome } = each;
      run.service.order(...orderOf(endpoint, fault));
      const fresh = await run.upload();
      expect(fresh.code, fresh.stderr).toBe(outcome.once);
      expect(run.service.violations).toEqual([]);
      expect(run.service.copies).toBeLessThanOrEqual(1);
    }),
  );
});
