import { describe, expect, it } from "vitest";
import { DESTINATIONS } from "../../src/destinations/catalog.ts";
import { bodyShapes, tableShapes } from "../../src/form/shapes.ts";

describe("the shapes of the destinations", () => {
  it("know where each field stands", () => {
    for (const { destination, layout, columns, adjustments } of tableShapes()) {
      const roles = columns.map(({ role }) => role).filter((role) => role !== "none");
      expect(new Set(roles).size, `${destination.id} ${layout}`).toBe(roles.length);
      for (const role of ["name", "time", "email", "phone"]) expect(roles).toContain(role);
      if (adjustments) expect(roles).toContain("adjustment-type");
    }
  });

  it("name the columns as the documentation does", () => {
    const [bulk] = tableShapes();
    expect(bulk?.columns.find(({ role }) => role === "email")?.header).toBe("Hashed Email Address");
    expect(bulk?.recordType).toBe("Offline Conversion");
    expect(bulk?.below?.get("Type")).toBe("Format Version");
    const [body] = bodyShapes();
    expect(body?.list).toBe("OfflineConversions");
    expect(body?.shape.columns.find(({ role }) => role === "time")?.header).toBe("ConversionTime");
  });

  it("cover every destination", () => {
    const covered = new Set(
      [...tableShapes(), ...bodyShapes().map(({ shape }) => shape)].map(
        ({ destination }) => destination,
      ),
    );
    expect([...covered]).toEqual(expect.arrayContaining([...DESTINATIONS]));
  });

  it("require a value where the destination does", () => {
    for (const { destination, required, adjustments } of tableShapes()) {
      if (!adjustments)
        expect(required.has("value"), destination.id).toBe(destination.id.startsWith("adobe"));
    }
  });
});
