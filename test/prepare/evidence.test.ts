import { describe, expect, it } from "vitest";
import { keyByEvidence, timeByEvidence } from "../../src/prepare/evidence.ts";
import { openTable } from "../../src/read/open.ts";

const table = (...lines: string[]) =>
  openTable(new TextEncoder().encode(`${lines.join("\n")}\n`), "x.csv", { repeatable: true });

describe("the column of times", () => {
  it.each(["Date", "Datum", "Timestamp", "Start Time", "Won Date", "日付", "When it was"])(
    "is the only one that holds times: %s",
    async (header) => {
      const one = await table(`Email,${header},Note`, "a@example.com,2026-11-13 14:15,x");
      expect((await timeByEvidence(one, { email: [0] }))?.found).toBe(1);
    },
  );

  it("is asked for where two columns hold times", async () => {
    const two = await table("Email,Begin,End", "a@example.com,2026-11-13 14:15,2026-11-13 14:20");
    expect(await timeByEvidence(two, { email: [0] })).toBeUndefined();
  });

  it("is never a birthday, a change, a phone number or an id", async () => {
    const none = await table(
      "Email,Birthday,(Do Not Modify) Modified On,Caller,Nr",
      "a@example.com,1990-11-13,2026-11-19,2125550114,1795093500",
    );
    expect(await timeByEvidence(none, { email: [0] })).toBeUndefined();
  });
});

describe("the join key", () => {
  const people = [
    "A-1001,Ana,a@example.com",
    "A-1002,Ben,b@example.com",
    "A-1003,Cleo,c@example.com",
  ];

  it("is the pair whose values agree", async () => {
    const contacts = await table("Ref,Nickname,Email", ...people);
    const sales = await table(
      "No,Buyer,When",
      "77001,A-1001,2026-11-13",
      "77002,A-1003,2026-11-14",
    );
    const found = await keyByEvidence(contacts, sales);
    expect(found?.found).toEqual({ contacts: 0, conversions: 1 });
    expect(found?.note).toMatch(/2 of 2 values stand in both/);
  });

  it("is the address where nothing else is in both files", async () => {
    const contacts = await table(
      "Customer ID,Email,Phone",
      "7001,a@example.com,2125550101",
      "7002,b@example.com,2125550102",
    );
    const orders = [
      "Email,Paid at",
      "a@example.com,2026-11-13 14:15",
      "b@example.com,2026-11-14 14:15",
    ];
    const found = await keyByEvidence(contacts, await table(...orders));
    expect(found?.found).toEqual({ contacts: 1, conversions: 0 });
  });

  it.each([
    [
      "two pairs agree",
      ["Ref,Card,Email", "A-1001,C-9001,a@example.com", "A-1002,C-9002,b@example.com"],
      ["Buyer,Card used", "A-1001,C-9001", "A-1002,C-9002"],
    ],
    [
      "a value names two contacts",
      ["Ref,Email", "A-1001,a@example.com", "A-1002,b@example.com", "A-1002,c@example.com"],
      ["Buyer", "A-1001", "A-1002"],
    ],
    [
      "only small numbers agree",
      ["Ref,Email", "1,a@example.com", "2,b@example.com", "3,c@example.com"],
      ["Pieces,Note", "1,x", "2,y"],
    ],
    [
      "the values are names",
      ["Full Name,Email", "Ana Alvarez,a@example.com", "Ben Brook,b@example.com"],
      ["Buyer name,No", "Ana Alvarez,x", "Ben Brook,y"],
    ],
    [
      "the values are dates",
      ["Since,Email", "2026-11-13,a@example.com", "2026-11-14,b@example.com"],
      ["When,No", "2026-11-13,x", "2026-11-14,y"],
    ],
    [
      "it is the deal's own id",
      ["ID,Email", "5001,a@example.com", "5002,b@example.com"],
      ["Record ID,Note", "5001,x", "5002,y"],
    ],
    [
      "most values have no contact",
      ["Ref,Email", "A-1001,a@example.com", "A-1002,b@example.com"],
      ["Buyer", "A-1001", "A-1002", "B-7", "B-8", "B-9"],
    ],
    [
      "the column has one value",
      ["Ref,Email", "A-1001,a@example.com", "A-1002,b@example.com"],
      ["Buyer,No", "A-1001,x", "A-1001,y"],
    ],
  ] as const)("is asked for where %s", async (_, contacts, sales) => {
    expect(await keyByEvidence(await table(...contacts), await table(...sales))).toBeUndefined();
  });
});
