import { describe, expect, it } from "vitest";
import { DESTINATIONS, destinationById } from "../../src/destinations/catalog.ts";
import { row } from "./rows.ts";

it("finds a destination by its name, and lists the names for one that it does not know", () => {
  expect(destinationById("adobe").id).toBe("adobe");
  expect(() => destinationById("x")).toThrow(
    expect.objectContaining({ code: "usage", hint: expect.stringContaining("microsoft-import") }),
  );
});

it("begins with the default and has each name once", () => {
  const ids = DESTINATIONS.map((destination) => destination.id);
  expect(ids[0]).toBe("microsoft-bulk");
  expect(new Set(ids).size).toBe(ids.length);
});

/** What bodies of Google name; the others look at none of it. */
const account = { account: "1234567890", actions: new Map([["", "1"]]) };

describe.each(DESTINATIONS)("$id", (destination) => {
  it("has a head as wide as its columns in all layouts and formats, and names its sources", () => {
    expect(destination.sources.length).toBeGreaterThan(0);
    for (const format of destination.formats) {
      for (const layout of destination.layouts) {
        const plan = destination.plan({ format, layout, account });
        expect(plan).toMatchObject({ format, layout, limits: destination.limits });
        if (plan.kind === "bodies") continue;
        for (const cells of plan.head) expect(cells).toHaveLength(plan.columns.length);
      }
    }
  });

  it("declares a closed alphabet only for cells that never need quotes", () => {
    const full = row({
      name: 'a"b',
      value: "10.5",
      currency: "USD",
      clickId: "0".repeat(32),
      email: "0".repeat(64),
      phone: "0".repeat(64),
      attribution: { credit: "0.5", model: 'a"b' },
      adjustment: { type: "Restate", time: 0, value: "1.5", currency: "EUR" },
    });
    const takes = Object.fromEntries(
      destination.takes
        .filter((extra) => extra !== "template" && extra !== "account")
        .map((extra) => [extra, true]),
    );
    for (const format of destination.formats) {
      const plan = destination.plan({ format, account, ...takes });
      if (plan.kind === "bodies") continue;
      for (const column of plan.columns) {
        if (column.alphabet === "closed") expect(column.cell(full)).toMatch(/^[\w:./ -]*$/);
      }
    }
  });
});
