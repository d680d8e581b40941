/**
 * Each fault of Google's service, while it stays and when it passes: the upload ends in the exit code of the table,
 * no event counts twice, and `resume` goes on from wherever it ended.
 */
import { describe, expect, it } from "vitest";
import { GoogleClient } from "../helpers/google/client.ts";
import { bodiesFile } from "../helpers/google/files.ts";
import { ARRIVED, GOOGLE_CASES, googleOrder, MISSING } from "../helpers/google/outcomes.ts";
import { type GoogleOptions, startGoogle } from "../helpers/google/service.ts";

const FOREVER = Number.POSITIVE_INFINITY;

async function withClient(
  options: GoogleOptions & { readonly ids: boolean },
  use: (client: GoogleClient) => Promise<void>,
): Promise<void> {
  const service = await startGoogle(options);
  try {
    await use(new GoogleClient(service, bodiesFile({ sizes: [2, 3], ids: options.ids })));
    expect(service.violations).toEqual([]);
  } finally {
    await service.stop();
  }
}

it("the table has every fault", () => {
  expect(MISSING).toEqual([]);
});

describe("an upload to Google that meets a fault once", () => {
  it.for(GOOGLE_CASES)("$name", (each, { expect }) =>
    withClient({ ids: false, working: 0 }, async (client) => {
      const { endpoint, fault, outcome } = each;
      client.service.order(...googleOrder(endpoint, fault));
      const { code, said } = await client.upload();
      expect(code, said).toBe(outcome.once);
      expect(client.service.counted).toBeLessThanOrEqual(5);
      if (code === 0) expect(client.service.counted).toBe(5);
    }),
  );
});

describe("an upload to Google while a fault stays, then resume", () => {
  it.for(GOOGLE_CASES)("$name", (each, { expect }) =>
    withClient({ ids: false }, async (client) => {
      const { endpoint, fault, outcome } = each;
      const { service } = client;
      service.order(...googleOrder(endpoint, fault), FOREVER);
      const fresh = await client.upload();
      expect(fresh.code, fresh.said).toBe(outcome.always);
      service.clearOrders();
      const phase = client.state?.phase;
      if (phase === undefined) {
        expect((await client.upload()).code).toBe(0);
      } else {
        const inDoubt = client.state?.chunks.some((chunk) => chunk.phase === "sending") === true;
        const resumed = await client.upload({ resume: true });
        const ended = phase === "failed" ? 7 : phase === "done" ? outcome.always : 0;
        expect(resumed.code, resumed.said).toBe(inDoubt ? 6 : ended);
        // Of what is in doubt nothing was sent again, so it counts where it had arrived.
        expect(service.counted).toBe(inDoubt && !ARRIVED.has(fault) ? 3 : 5);
        if (inDoubt) expect((await client.upload({ again: true })).code).toBe(0);
      }
    }),
  );
});

describe("an upload to Google whose rows have order ids, while a fault passes", () => {
  const sendings = GOOGLE_CASES.filter(
    ({ endpoint, outcome }) => endpoint === "ingest" && outcome.once === 6,
  );
  it.for(sendings)(
    "$name: is sent again by itself, and counts once",
    ({ endpoint, fault }, { expect }) =>
      withClient({ ids: true }, async (client) => {
        client.service.order(...googleOrder(endpoint, fault), 2);
        const { code, said, report } = await client.upload();
        expect(code, said).toBe(0);
        expect(report).toMatchObject({ accepted: 5, refused: 0 });
        expect(client.service.counted).toBe(5);
      }),
  );
});

describe("a chunk of 2,000 events with bad ones, of a service that names none", () => {
  it.each([
    ["1 bad event", 1],
    ["3 bad events", 3],
    ["2,000 bad events", 2000],
  ])("%s: within 2 · log2(2000) requests each, and the quota of a minute", async (_, count) => {
    const step = Math.floor(2000 / count);
    const wrong = (at: number) => at % step === step - 1 && at < step * count;
    const service = await startGoogle({ names: "none", tick: 0.01 });
    try {
      const text = bodiesFile({ sizes: [2000], currency: (at) => (wrong(at) ? "ZZZ" : "USD") });
      service.bad = ({ currency }) => (currency === "ZZZ" ? "INVALID_CURRENCY_CODE" : undefined);
      const client = new GoogleClient(service, text);
      const { report, said } = await client.upload();
      expect(report, said).toMatchObject({ refused: count, accepted: 2000 - count });
      const asked = service.callsOf("validate").length - 1;
      expect(asked).toBeLessThanOrEqual(2 * Math.log2(2000) * count);
      // More than 300 in a minute would be a violation.
      expect(service.violations).toEqual([]);
    } finally {
      await service.stop();
    }
  });
});
