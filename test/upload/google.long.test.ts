/** An upload of request bodies to Google, from a file to what became of its events. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { GoogleClient } from "../helpers/google/client.ts";
import { type BodiesOptions, bodiesFile, GOOGLE_ACCOUNT } from "../helpers/google/files.ts";
import { type GoogleOptions, type LocalGoogle, startGoogle } from "../helpers/google/service.ts";

let service: LocalGoogle;

async function clientOf(file: BodiesOptions | string, options?: GoogleOptions) {
  service = await startGoogle(options);
  return new GoogleClient(service, typeof file === "string" ? file : bodiesFile(file));
}

afterEach(async () => {
  expect(service.violations).toEqual([]);
  await service.stop();
});

const bodyOf = (text: string) =>
  JSON.parse(text) as { readonly events: readonly object[]; readonly [member: string]: unknown };

describe("an upload to Google", () => {
  it("validates all bodies, then sends each once, and says how many events were taken", async () => {
    const client = await clientOf({ sizes: [3, 2] });
    const { code, report } = await client.upload();
    expect(code).toBe(0);
    expect(report).toMatchObject({ account: GOOGLE_ACCOUNT, rows: 5, accepted: 5, refused: 0 });
    expect(service.calls.map(({ endpoint }) => endpoint).slice(0, 4)).toEqual([
      "validate",
      "validate",
      "ingest",
      "ingest",
    ]);
    expect(service.counted).toBe(5);
    expect(client.state).toMatchObject({ phase: "done", rows: 5 });
  });

  it("sends the events byte for byte as they stand in the file", async () => {
    const value = "1250.100000000000001";
    const text = bodiesFile({ sizes: [2] }).replace(
      '"conversionValue":10,',
      `"conversionValue":${value},`,
    );
    const client = await clientOf(text);
    await client.upload();
    const [sent] = service.callsOf("ingest");
    const list = /"events":\[.*\]/;
    expect(list.exec(sent?.body ?? "")?.[0]).toBe(list.exec(text)?.[0]);
    expect(sent?.body).not.toContain("validateOnly");
    const { validateOnly, ...trial } = bodyOf(service.callsOf("validate")[0]?.body ?? "");
    expect(validateOnly).toBe(true);
    expect(trial).toEqual(bodyOf(sent?.body ?? ""));
  });

  it.each(["all", "first", "none"] as const)(
    "leaves out the rows that are refused, where a refusal names %s of them, and sends the others",
    async (names) => {
      const wrong = new Set([1, 4, 5]);
      const client = await clientOf(
        { sizes: [3, 3], ids: true, currency: (at) => (wrong.has(at) ? "ZZZ" : "EUR") },
        { names },
      );
      service.bad = ({ currency }) => (currency === "ZZZ" ? "INVALID_CURRENCY_CODE" : undefined);
      const rejects = join(client.folder, "rejects.csv");
      const { code, report } = await client.upload({ rejects });
      expect(code).toBe(1);
      expect(report).toMatchObject({ accepted: 3, refused: 3, unanswered: 0 });
      expect(report?.files[0]?.errors).toMatchObject([
        {
          name: "INVALID_CURRENCY_CODE",
          rows: 3,
          places: [
            { line: 1, event: 2 },
            { line: 2, event: 2 },
            { line: 2, event: 3 },
          ],
        },
      ]);
      expect(service.counted).toBe(3);
      expect(readFileSync(rejects, "utf8").trim().split("\r\n").slice(1)).toEqual(
        [
          ["1", "2", "order-1"],
          ["2", "2", "order-4"],
          ["2", "3", "order-5"],
        ].map(
          ([line, event, id]) =>
            `upload,${client.file},${line},event ${event},refused,INVALID_CURRENCY_CODE,the currency is not one that Google takes,check the column of the currency in the CRM,${id}`,
        ),
      );
    },
  );

  it("sends nothing where no row is fit, and leaves no state", async () => {
    const client = await clientOf({ sizes: [2] });
    service.bad = () => "INVALID_EVENT";
    const { code, report } = await client.upload();
    expect([code, report?.refused, service.requests]).toEqual([7, 2, 0]);
    expect(client.state).toBeUndefined();
  });

  it("asks no row when the account is to blame, and says what helps", async () => {
    const client = await clientOf({ sizes: [5] });
    service.order("validate", "terms-not-signed");
    const { code, error } = await client.upload();
    expect(code).toBe(7);
    expect(error?.message).toContain("DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED");
    expect(error?.hint).toContain("agree to them in Google Ads");
    expect(service.calls).toHaveLength(1);
    expect(client.state).toBeUndefined();
  });

  it("counts what is refused after the sending, and does not say that all is well", async () => {
    const client = await clientOf({ sizes: [4], ids: true });
    service.processed = ({ transactionId }) =>
      transactionId === "order-2" ? "PROCESSING_ERROR_REASON_EVENT_TOO_OLD" : undefined;
    const { code, report } = await client.upload();
    expect(code).toBe(1);
    expect(report).toMatchObject({ accepted: 3, refused: 1, unanswered: 0 });
    expect(report?.files[0]?.errors).toMatchObject([
      { name: "EVENT_TOO_OLD", rows: 1, places: [] },
    ]);
    expect(report?.files[0]?.notes.join()).toContain("does not say which rows");
  });

  it("adds up the destinations of a body that has several", async () => {
    const client = await clientOf({ sizes: [5], actions: ["11", "22"], ids: true });
    service.processed = ({ transactionId }) =>
      transactionId === "order-1" ? "PROCESSING_ERROR_REASON_NO_CONSENT" : undefined;
    const { report } = await client.upload();
    expect(report).toMatchObject({ accepted: 4, refused: 1, unanswered: 0 });
  });

  it.each(["failed", "failure"] as const)(
    "takes the word %s for the end, and not for a success",
    async (fault) => {
      const client = await clientOf({ sizes: [3] }, { working: 0 });
      service.order("status", fault);
      const { code, report } = await client.upload();
      expect([code, report?.accepted, report?.refused]).toEqual([7, 0, 3]);
      expect(client.state?.phase).toBe("failed");
    },
  );
});

describe("an upload to Google that has gone before", () => {
  it("is not sent a second time, and --resume says its outcome", async () => {
    const client = await clientOf({ sizes: [2] });
    await client.upload();
    const second = await client.upload();
    expect([second.code, second.error?.message]).toMatchObject([
      2,
      expect.stringContaining("uploaded already"),
    ]);
    expect((await client.upload({ resume: true })).report).toMatchObject({ accepted: 2 });
    expect(service.requests).toBe(1);
  });

  it("is sent again with `again`, and the state says so", async () => {
    const client = await clientOf({ sizes: [2] });
    await client.upload();
    expect((await client.upload({ again: true })).code).toBe(0);
    expect(client.state).toMatchObject({ again: true, phase: "done" });
    expect(service.requests).toBe(2);
  });

  it("makes room for a file of other bytes under the same name", async () => {
    const client = await clientOf({ sizes: [2] });
    await client.upload();
    writeFileSync(client.file, bodiesFile({ sizes: [3] }));
    expect((await client.upload()).code).toBe(0);
    expect(service.counted).toBe(5);
  });

  it("stops when the file was sent with wait: false; --resume reads the answer", async () => {
    const client = await clientOf({ sizes: [2, 1] });
    expect((await client.upload({ wait: false })).report?.files[0]?.outcome).toBe("sent");
    expect(client.state?.phase).toBe("sent");
    const { report } = await client.upload({ resume: true });
    expect(report).toMatchObject({ accepted: 3, refused: 0 });
    expect(service.requests).toBe(2);
  });

  it("is not gone on with where the file has changed", async () => {
    const client = await clientOf({ sizes: [2] });
    await client.upload({ wait: false });
    writeFileSync(client.file, bodiesFile({ sizes: [3] }));
    expect((await client.upload({ resume: true })).code).toBe(3);
  });
});

describe("a request of which nobody knows whether it arrived", () => {
  it("stops the run where rows have no order id; --resume sends the others and leaves it in doubt", async () => {
    const client = await clientOf({ sizes: [2, 3] });
    service.order("ingest", "reset-after-body");
    const first = await client.upload();
    expect([first.code, first.error?.reason]).toEqual([6, "arrival-unknown"]);
    expect(service.callsOf("ingest")).toHaveLength(1);
    const second = await client.upload({ resume: true });
    expect([second.code, second.error?.reason]).toEqual([6, "arrival-unknown"]);
    // Two that arrived unseen, three that were sent now: none of them twice.
    expect(service.counted).toBe(5);
    expect(client.state?.chunks.map(({ phase }) => phase)).toEqual(["sending", "done"]);
  });

  it("is sent again with `again`, and nothing else is", async () => {
    const client = await clientOf({ sizes: [2, 3] });
    service.order("ingest", "reset");
    await client.upload();
    expect((await client.upload({ again: true })).code).toBe(0);
    expect(service.counted).toBe(5);
    expect(service.callsOf("ingest")).toHaveLength(3);
  });

  it("is sent again by itself where every row has an order id, and counts once", async () => {
    const client = await clientOf({ sizes: [2, 3], ids: true });
    service.order("ingest", "reset-after-body");
    const { code, report } = await client.upload();
    expect([code, report?.accepted, report?.refused]).toEqual([0, 5, 0]);
    expect(service.counted).toBe(5);
    expect(service.callsOf("ingest")).toHaveLength(3);
  });
});

describe("a file that is not fit for Google", () => {
  it.each([
    [
      "plain text",
      (text: string) => text.replace(/"[0-9a-f]{64}"/, '"jane@example.com"'),
      "file-unfit",
    ],
    [
      "two accounts",
      (text: string) => text + text.replaceAll(GOOGLE_ACCOUNT, "9999999999"),
      "not-prepared",
    ],
    ["no request bodies", () => '{"a":1}\n', "not-prepared"],
  ])("with %s opens no socket", async (_, change, reason) => {
    const client = await clientOf({ sizes: [2] });
    writeFileSync(client.file, change(bodiesFile({ sizes: [2] })));
    const { code, error } = await client.upload();
    expect([code, error?.reason]).toEqual([3, reason]);
    expect(service.calls).toEqual([]);
  });

  it("is not sent to an account that it does not name", async () => {
    const client = await clientOf({ sizes: [2] });
    expect((await client.upload({ account: "111-222-3333" })).error?.reason).toBe(
      "account-differs",
    );
    expect((await client.upload({ account: "123-456-7890", dryRun: true })).code).toBe(0);
    expect(service.calls).toEqual([]);
  });
});
