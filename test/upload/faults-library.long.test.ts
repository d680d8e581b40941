/**
 * Each fault of the service, while it stays and when it passes: the upload ends in the exit code of the
 * specification, the file arrives once, and `resume` goes on from wherever it ended. As the command line calls
 * it, in this process; faults.long.test.ts runs the real binary over the same table.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { readState } from "../../src/upload/state.ts";
import { expectNoLeak } from "../helpers/microsoft/client.ts";
import { Library, type LibraryRun } from "../helpers/microsoft/library.ts";
import { afterwards, CASES, filesTaken, orderOf } from "../helpers/microsoft/outcomes.ts";
import { startService } from "../helpers/microsoft/service.ts";

async function withService<T>(use: (run: Library) => Promise<T>, working = 1): Promise<T> {
  const service = await startService({ working });
  try {
    return await use(new Library(service));
  } finally {
    await service.stop();
  }
}

describe.concurrent("an upload while a fault stays, then resume", () => {
  it.for(CASES)("$name", (each, { expect }) =>
    withService(async (run) => {
      const { service, file } = run;
      const { endpoint, fault, outcome } = each;
      service.order(...orderOf(endpoint, fault), { times: Number.POSITIVE_INFINITY });
      const fresh = await run.upload();
      expect(fresh.code, fresh.said).toBe(outcome.always);
      const phase = (await readState(file))?.phase;
      service.clearOrders();
      const resumed = await run.upload({ resume: true });
      expect(resumed.code, resumed.said).toBe(afterwards(outcome.always, phase));
      if (phase === undefined) expect((await run.upload()).code).toBe(0);
      expect(service.violations).toEqual([]);
      expect(service.taken()).toHaveLength(filesTaken(each));
      expect(service.copies).toBe(filesTaken(each));
      expectNoLeaks(run, [fresh, resumed]);
    }),
  );
});

describe.concurrent("an upload that meets a fault once", () => {
  it.for(CASES)("$name", (each, { expect }) =>
    // Done at the first question, so that the fault meets the answer with the address of the result.
    withService(async (run) => {
      const { endpoint, fault, outcome } = each;
      run.service.order(...orderOf(endpoint, fault));
      const fresh = await run.upload();
      expect(fresh.code, fresh.said).toBe(outcome.once);
      expect(run.service.violations).toEqual([]);
      expect(run.service.copies).toBeLessThanOrEqual(1);
      if (outcome.once < 2) expect(run.service.taken()).toHaveLength(1);
      expectNoLeaks(run, [fresh]);
    }, 0),
  );
});

/** What can meet an upload that has arrived already. */
const LATER = CASES.filter(({ endpoint }) => endpoint === "status" || endpoint === "result");

describe.concurrent("a resumed upload while a fault stays", () => {
  it.for(LATER)("$name", (each, { expect }) =>
    withService(async (run) => {
      const { endpoint, fault, outcome } = each;
      expect((await run.upload({ wait: false })).code).toBe(0);
      expect((await readState(run.file))?.phase).toBe("sent");
      run.service.order(...orderOf(endpoint, fault), { times: Number.POSITIVE_INFINITY });
      const resumed = await run.upload({ resume: true });
      expect(resumed.code, resumed.said).toBe(outcome.always);
      run.service.clearOrders();
      const phase = (await readState(run.file))?.phase;
      const again = await run.upload({ resume: true });
      expect(again.code, again.said).toBe(afterwards(outcome.always, phase));
      expect(run.service.violations).toEqual([]);
      expect(run.service.copies).toBe(1);
      expectNoLeaks(run, [resumed, again]);
    }),
  );
});

function expectNoLeaks(run: Library, runs: readonly LibraryRun[]): void {
  for (const { said } of runs) expectNoLeak(said, run.file, "said");
  for (const name of readdirSync(run.folder).filter((each) => each.endsWith(".json"))) {
    expectNoLeak(readFileSync(join(run.folder, name), "utf8"), run.file, name);
  }
}
