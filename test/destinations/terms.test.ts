/** How old, how large and how exact a conversion may be: at the limit, just under, just over. */
import { describe, expect, it } from "vitest";
import type {
  ClickId,
  CurrencyCode,
  DecimalText,
  EpochSeconds,
} from "../../src/conversion/types.ts";
import { destinationById } from "../../src/destinations/catalog.ts";
import {
  conversionFault,
  conversionWarnings,
  isListed,
  valueFault,
} from "../../src/destinations/terms.ts";

const bulk = destinationById("microsoft-bulk");
const NOW = 1_795_305_600;
const DAY = 86_400;

const aged = (seconds: number) => ({ time: (NOW - seconds) as EpochSeconds });

describe("the window of 90 days", () => {
  it("takes a conversion of exactly that age, and refuses one of a second more", () => {
    expect(conversionFault(bulk, aged(90 * DAY), NOW)).toBeUndefined();
    expect(conversionFault(bulk, aged(90 * DAY + 1), NOW)).toBe("time-too-old");
  });

  it.each([
    [90 * DAY, ["time-near-limit"]],
    [89 * DAY + 1, ["time-near-limit"]],
    [89 * DAY, []],
  ])("warns of the last day: at an age of %i s %j", (age, expected) => {
    expect(conversionWarnings(bulk, aged(age), NOW)).toEqual(expected);
  });

  it("can be another for rows with a click id", () => {
    const two = { ...bulk, window: { days: 63, daysWithClickId: 90 } };
    const clickId = "f894f652ea334e739002f7167ab8f8e3" as ClickId;
    expect(conversionFault(two, aged(64 * DAY), NOW)).toBe("time-too-old");
    expect(conversionFault(two, { ...aged(64 * DAY), clickId }, NOW)).toBeUndefined();
    expect(conversionFault(two, { ...aged(91 * DAY), clickId }, NOW)).toBe("time-too-old");
  });
});

describe("a value", () => {
  it.each([
    ["999999999999", undefined],
    ["999999999999.001", "value-too-large"],
    ["1000000000000", "value-too-large"],
    ["999999999998.999", undefined],
    ["1.234", undefined],
    ["1.2345", "value-too-precise"],
    ["19.990000000000002", "value-too-precise"],
    ["0.0001", "value-too-precise"],
    ["0", undefined],
  ])("%s gives %s", (value, expected) => {
    expect(valueFault(bulk, value)).toBe(expected);
    const conversion = { ...aged(DAY), value: value as DecimalText };
    expect(conversionFault(bulk, conversion, NOW)).toBe(expected);
  });
});

describe("a currency", () => {
  it("is looked up in Microsoft's list, which has TRL and not TRY", () => {
    const listed = (code: string): boolean => isListed(bulk, code);
    expect(["USD", "EUR", "TRL", "HRK", "ZMW", "AED", "NOK", "PYG"].every(listed)).toBe(true);
    expect(["TRY", "BTC", "XXX", "VES"].some(listed)).toBe(false);
    const conversion = { ...aged(DAY), currency: "TRY" as CurrencyCode };
    expect(conversionWarnings(bulk, conversion, NOW)).toEqual(["currency-not-listed"]);
  });

  it("is none to warn of where the destination has no list", () => {
    const any = { money: { ...bulk.money, currencies: undefined } };
    expect(isListed(any, "TRY")).toBe(true);
  });
});
