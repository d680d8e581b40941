import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { microsoftApi } from "../../src/destinations/microsoft-api.ts";
import { bytesOf } from "../write/helpers.ts";
import { ADJUSTMENTS, CLICK, CONVERSIONS, JOHN, PHONE, row } from "./rows.ts";

const text = (rows = CONVERSIONS, options = {}) =>
  bytesOf(microsoftApi, { format: "jsonl", ...options }, rows).toString();

describe("microsoft-api", () => {
  it("writes the documented body, with numbers as numbers", () => {
    // Shape: applyofflineconversions.md.
    expect(text(CONVERSIONS.slice(0, 1))).toBe(
      '{"OfflineConversions":[{"ConversionName":"Lead closed","ConversionTime":"2026-08-01T18:50:54Z",' +
        `"ConversionValue":10.5,"ConversionCurrencyCode":"USD","HashedEmailAddress":"${JOHN}",` +
        `"HashedPhoneNumber":"${PHONE}","MicrosoftClickId":null}]}\n`,
    );
  });

  it("writes null for what a row has not, and a name with quotes as JSON", () => {
    expect(JSON.parse(text([row({ name: 'a "b"\n', clickId: CLICK })]))).toEqual({
      OfflineConversions: [
        {
          ConversionName: 'a "b"\n',
          ConversionTime: "2026-08-01T18:50:54Z",
          ConversionValue: null,
          ConversionCurrencyCode: null,
          HashedEmailAddress: null,
          HashedPhoneNumber: null,
          MicrosoftClickId: CLICK,
        },
      ],
    });
  });

  it("writes adjustments, with no value in a Retract", () => {
    const body = JSON.parse(text(ADJUSTMENTS, { adjustments: true }));
    expect(body.OfflineConversionAdjustments[0]).toEqual({
      AdjustmentType: "Restate",
      AdjustmentTime: "2026-08-03T10:00:00Z",
      AdjustmentValue: 7.25,
      AdjustmentCurrencyCode: "USD",
      ConversionName: "Lead closed",
      ConversionTime: "2026-08-01T18:50:54Z",
      HashedEmailAddress: JOHN,
      HashedPhoneNumber: PHONE,
      MicrosoftClickId: null,
    });
    expect(body.OfflineConversionAdjustments[1]).toMatchObject({
      AdjustmentType: "Retract",
      AdjustmentValue: null,
      AdjustmentCurrencyCode: null,
    });
  });

  it("has external attribution only when asked for", () => {
    const rows = [row({ attribution: { credit: "0.5", model: "Linear" } }), row()];
    expect(text(rows)).not.toContain("Attribution");
    const items = JSON.parse(text(rows, { attribution: true })).OfflineConversions;
    expect(items[0]).toMatchObject({
      ExternalAttributionCredit: 0.5,
      ExternalAttributionModel: "Linear",
    });
    expect(items[1]).toMatchObject({ ExternalAttributionCredit: null });
  });

  it.each([
    [999, [999]],
    [1000, [1000]],
    [1001, [1000, 1]],
    [2000, [1000, 1000]],
  ])("puts %i conversions into bodies of %j", (count, bodies) => {
    const rows = Array.from({ length: count }, () => row());
    const lines = text(rows).split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line).OfflineConversions.length)).toEqual(bodies);
  });

  it("keeps every digit of a value", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 999_999_999_999n }),
        fc.integer({ min: 0, max: 999 }),
        (units, thousandths) => {
          const decimals = String(thousandths).padStart(3, "0").replace(/0+$/, "");
          const value = decimals === "" ? `${units}` : `${units}.${decimals}`;
          const written = text([row({ value })]);
          expect(written).toContain(`"ConversionValue":${value},`);
          expect(String(JSON.parse(written).OfflineConversions[0].ConversionValue)).toBe(value);
        },
      ),
    );
  });
});
