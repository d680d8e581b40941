/** The files and bodies of Google Ads, beside what its documents and its exporters show. */
import { describe, expect, it } from "vitest";
import { adobeGoogle } from "../../src/destinations/adobe-google.ts";
import { googleDataManager } from "../../src/destinations/google-data-manager.ts";
import { googleLeads } from "../../src/destinations/google-leads.ts";
import type { Carried, PlanOptions } from "../../src/destinations/types.ts";
import { bodiesEncoder } from "../../src/write/bodies.ts";
import { row } from "./rows.ts";

const EMAIL = "a".repeat(64);
const PHONE = "b".repeat(64);
const GCLID = "EAIaIQobChMI-Exa_mple0123456789";
const account = { account: "123-456-7890", actions: new Map([["", "987654321"]]) };

const full = row({
  name: "Closed Won",
  time: Date.UTC(2026, 10, 12, 19, 5) / 1000,
  value: "1250.005",
  currency: "USD",
  email: EMAIL,
  phone: PHONE,
  gclid: GCLID,
  orderId: "SO-1001",
  adUserData: "granted",
  adPersonalization: "denied",
});

function bodies(rows: readonly ReturnType<typeof row>[], options: Partial<PlanOptions> = {}) {
  const plan = googleDataManager.plan({ format: "jsonl", account, ...options });
  if (plan.kind !== "bodies") throw new Error("not bodies");
  const encoder = bodiesEncoder(plan);
  for (const each of rows) {
    expect(plan.check(each)).toBeUndefined();
    encoder.add(each);
  }
  const text = Buffer.concat([encoder.end()].flat()).toString("utf8");
  return text.trimEnd().split("\n");
}

describe("google-data-manager", () => {
  it("writes the request that the reference of events:ingest shows", () => {
    expect(JSON.parse(bodies([full])[0] ?? "")).toEqual({
      destinations: [
        {
          operatingAccount: { accountType: "GOOGLE_ADS", accountId: "1234567890" },
          productDestinationId: "987654321",
        },
      ],
      encoding: "HEX",
      events: [
        {
          transactionId: "SO-1001",
          eventTimestamp: "2026-11-12T19:05:00Z",
          conversionValue: 1250.005,
          currency: "USD",
          userData: { userIdentifiers: [{ emailAddress: EMAIL }, { phoneNumber: PHONE }] },
          adIdentifiers: { gclid: GCLID },
          consent: { adUserData: "CONSENT_GRANTED", adPersonalization: "CONSENT_DENIED" },
          eventSource: "OTHER",
        },
      ],
    });
  });

  it("leaves out what a row does not have, objects and lists included", () => {
    const bare = row({ name: "x", time: 0, email: EMAIL });
    expect(JSON.parse(bodies([bare])[0] ?? "").events).toEqual([
      {
        eventTimestamp: "1970-01-01T00:00:00Z",
        userData: { userIdentifiers: [{ emailAddress: EMAIL }] },
        eventSource: "OTHER",
      },
    ]);
  });

  it("writes a value digit by digit, never through a float", () => {
    const [body = ""] = bodies([row({ name: "x", time: 0, value: "999999999999.999" })]);
    expect(body).toContain('"conversionValue":999999999999.999,');
  });

  it("names the action of each conversion name where there are several", () => {
    const actions = new Map([
      ["Closed Won", "1"],
      ["Call", "2"],
    ]);
    const plan = { account: { ...account, actions, loginAccount: "111-222-3333" } };
    const rows = [row({ name: "Call", time: 0 }), row({ name: "Closed Won", time: 0 })];
    const body = JSON.parse(bodies(rows, plan)[0] ?? "");
    expect(body.destinations).toEqual(
      ["1", "2"].map((id) => ({
        reference: id,
        operatingAccount: { accountType: "GOOGLE_ADS", accountId: "1234567890" },
        loginAccount: { accountType: "GOOGLE_ADS", accountId: "1112223333" },
        productDestinationId: id,
      })),
    );
    expect(body.events.map((event: object) => Object.entries(event)[0])).toEqual([
      ["destinationReferences", ["2"]],
      ["destinationReferences", ["1"]],
    ]);
    const { check } = googleDataManager.plan({ format: "jsonl", ...plan });
    expect(check(row({ name: "Other", time: 0 }))).toBe("no-conversion-action");
  });

  it("puts the run's consent at the request, and 2,000 events into one", () => {
    const settings = { ...account, adUserData: "granted", adPersonalization: "denied" } as const;
    const lines = bodies(Array(2001).fill(row({ name: "x", time: 0 })), { account: settings });
    const parsed = lines.map((line) => JSON.parse(line));
    expect(parsed.map(({ events }) => events.length)).toEqual([2000, 1]);
    for (const { consent } of parsed) {
      expect(consent).toEqual({
        adUserData: "CONSENT_GRANTED",
        adPersonalization: "CONSENT_DENIED",
      });
    }
  });

  it.each([
    [{}, "googleAccount"],
    [{ account: "123-456-7890" }, "googleAction"],
    [{ ...account, account: "12345" }, "googleAccount"],
    [{ ...account, loginAccount: "jane@contoso.com" }, "googleLoginAccount"],
    [{ ...account, actions: new Map([["", "Closed Won"]]) }, "googleAction"],
  ])("asks for what is missing or is none: %j", (settings, flag) => {
    const plan = () => googleDataManager.plan({ format: "jsonl", account: settings });
    expect(plan).toThrow(expect.objectContaining({ code: "usage" }));
    try {
      plan();
    } catch (error) {
      const { message, hint } = error as { message: string; hint: string };
      expect(`${message} ${hint}`).toContain(flag);
      expect(`${message} ${hint}`).not.toMatch(/jane|12345\b/);
    }
  });
});

const all: ReadonlySet<Carried> = new Set([
  "gclid",
  "order-id",
  "ad-user-data",
  "ad-personalization",
]);

describe("the templates for Google", () => {
  const header = (options: Partial<PlanOptions>, destination = googleLeads) => {
    const plan = destination.plan({ format: "csv", ...options });
    return plan.kind === "table" ? plan.head : [];
  };

  it("google-leads has the six columns of the exporters' manuals, and the others where there is something for them", () => {
    const six =
      "Email,Phone Number,Conversion Name,Conversion Time,Conversion Value,Conversion Currency";
    expect(header({}).at(-1)?.join()).toBe(six);
    expect(header({ carries: all }).at(-1)?.join()).toBe(
      `${six},Ad User Data,Ad Personalization,Order ID,Google Click ID`,
    );
    expect(header({})[0]?.[0]).toBe("Parameters:TimeZone=+0000");
  });

  it("adobe-google has the columns of Adobe's page of 14 May 2026", () => {
    expect(header({}, adobeGoogle).at(-1)?.join()).toBe(
      "Email,Phone Number,Conversion Name,Conversion Time,Conversion Value,Conversion Currency,Ad User Data,Ad Personalization",
    );
  });

  it("write Granted, Denied or nothing: of the row, else of the run", () => {
    const plan = googleLeads.plan({
      format: "csv",
      carries: all,
      account: { adPersonalization: "granted" },
    });
    if (plan.kind !== "table") throw new Error("not a table");
    const cells = (each: ReturnType<typeof row>) =>
      plan.columns.filter(({ role }) => role.startsWith("ad-")).map(({ cell }) => cell(each));
    expect(cells(full)).toEqual(["Granted", "Denied"]);
    expect(cells(row({ name: "x", time: 0 }))).toEqual(["", "Granted"]);
  });

  it("fill the user's own template, and refuse one for Microsoft", () => {
    const own = [["Google Click ID", "Conversion Name", "Conversion Time", "Email", "Order ID"]];
    expect(header({ template: own }).at(-1)).toEqual(own[0]);
    const other = [["Microsoft Click ID", "Conversion Name", "Conversion Time", "Email"]];
    expect(() => header({ template: other })).toThrow(
      expect.objectContaining({ message: expect.stringContaining("template for Microsoft") }),
    );
  });
});
