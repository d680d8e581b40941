import { describe, expect, it } from "vitest";
import { adobe } from "../../src/destinations/adobe.ts";
import { bytesOf } from "../write/helpers.ts";
import { CLICK, CONVERSIONS, JANE, JOHN, PHONE, row } from "./rows.ts";

const lines = (...text: string[]) => `${text.join("\r\n")}\r\n`;
const first = CONVERSIONS.slice(0, 1);
const csv = (options: object, rows = first) =>
  bytesOf(adobe, { format: "csv", ...options }, rows).toString();

describe("adobe", () => {
  it("writes the columns of the page of 2026-05-14, without a click id", () => {
    expect(csv({})).toBe(
      lines(
        "Parameters:TimeZone=+0000,,,,,",
        "Email,Phone Number,Conversion Name,Conversion Time,Conversion Value,Conversion Currency",
        `${JOHN},${PHONE},Lead closed,2026-08-01 18:50:54,10.5,USD`,
      ),
    );
  });

  it("writes the columns of the page of 2024-11-18 when asked to", () => {
    expect(csv({ layout: "2024-11" }, CONVERSIONS.slice(3))).toBe(
      lines(
        "Parameters:TimeZone=+0000,,,,,,",
        "Conversion Name,Conversion Time,Conversion Value,Conversion Currency,Microsoft Click ID,Hashed Email Address,Hashed Phone Number",
        `Lead closed,2026-08-02 09:15:00,99.99,USD,${CLICK},${JANE},`,
      ),
    );
  });

  it("refuses a row without a value, and one that has only a click id where no column takes it", () => {
    const clickOnly = row({ value: "1", clickId: CLICK });
    for (const layout of adobe.layouts) {
      const plan = adobe.plan({ format: "xlsx", layout });
      expect(plan.check(row({ email: JOHN }))).toBe("value-missing");
      expect(plan.check(row({ email: JOHN, value: "0" }))).toBeUndefined();
      expect(plan.check(row({ phone: PHONE, value: "0" }))).toBeUndefined();
      expect(plan.check(clickOnly)).toBe(
        layout === "2026-05" ? "click-id-not-in-layout" : undefined,
      );
    }
  });
});

describe("a template", () => {
  const header = ["Conversion Name*", "Conversion Time", "Notes", " Hashed  Email Address", ""];
  const withValue = [...header, "Conversion Value", "Conversion Currency"];

  it("keeps what stands above the header and the header, and is filled by name", () => {
    const template = [
      ["### INSTRUCTIONS ###"],
      ["Parameters:TimeZone=insert_timezone", "", "", "", "", "", "", "", "beyond"],
      withValue,
      ["Example", "2020-01-01 00:00:00"],
    ];
    expect(csv({ template })).toBe(
      lines(
        "### INSTRUCTIONS ###,,,,,,",
        "Parameters:TimeZone=+0000,,,,,,",
        "Conversion Name*,Conversion Time,Notes, Hashed  Email Address,,Conversion Value,Conversion Currency",
        `Lead closed,2026-08-01 18:50:54,,${JOHN},,10.5,USD`,
      ),
    );
    const plan = adobe.plan({ format: "csv", template });
    expect(plan.layout).toBe("template");
    expect(plan.notes).toEqual(["the template's column Notes is left empty"]);
    expect(plan.check(row({ value: "1", clickId: CLICK }))).toBe("click-id-not-in-layout");
  });

  it("gets a time zone where it has none", () => {
    expect(csv({ template: [withValue] }).split("\r\n")[0]).toBe("Parameters:TimeZone=+0000,,,,,,");
  });

  it.each([
    ["without a header", [["a", "b"]], "no row with the header"],
    ["without a required column", [header], "no column Conversion Value"],
    ["with a required column that is not known", [[...withValue, "Order *"]], "not known: Order"],
    ["with two columns of one meaning", [[...withValue, "Email"]], "two columns for Email"],
    ["for Google", [[...withValue, "Ad User Data"]], "template for Google"],
    ["without identifiers", [["Conversion Name", "Conversion Time", "Conversion Value"]], "hashed"],
  ])("%s is refused", (_what, template, message) => {
    expect(() => adobe.plan({ format: "csv", template })).toThrow(message);
  });

  it("and a layout at once are refused", () => {
    const options = { format: "csv", template: [withValue], layout: "2026-05" } as const;
    expect(() => adobe.plan(options)).toThrow("exclude each other");
  });
});
