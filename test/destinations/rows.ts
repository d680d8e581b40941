/** Rows for the tests of destinations and writers: the ones of the examples in the evidence. */

import type { EpochSeconds } from "../../src/conversion/types.ts";
import type { UploadRow } from "../../src/destinations/types.ts";

/** Seconds of an ISO instant. */
export const at = (iso: string) => (Date.parse(iso) / 1000) as EpochSeconds;

/** A row from plain values, for tests only. */
export function row(fields: Record<string, unknown> = {}): UploadRow {
  return {
    line: 2,
    name: "Lead closed",
    time: at("2026-08-01T18:50:54Z"),
    clientId: "row-2",
    ...fields,
  } as unknown as UploadRow;
}

// sha256 of john@contoso.com and +14255551234: Microsoft's UET Conversions API guide. The others were
// computed with python3's hashlib: name@outlook.com, janedoe40@yahoo.com, +442071838750.
export const JOHN = "ec81f3ac7b2b19675bab9d54cf416f9f18cff87c97da5cca82c0f0891bc40602";
export const PHONE = "c59475d96e9f01d7d18d06cfad84dd02333207f02c0c2c5663ef2782cda0390e";
export const NAME = "62de920b6b0a90e990ad75450ee49bd908958c81185bf57489a090179dadedec";
export const JANE = "47606fdfe6cbda2ff632eaa7cf9ed98f3e08e8c1db057f315db3acea5f894265";
export const UK_PHONE = "e631c2534428c6c9b48c2167604a8983046085e43a2c00ed748733c544c0bb4d";
export const CLICK = "f894f652ea334e739002f7167ab8f8e3";

/** The four conversions of the examples. */
export const CONVERSIONS: readonly UploadRow[] = [
  row({ clientId: "row-000001", value: "10.5", currency: "USD", email: JOHN, phone: PHONE }),
  row({
    clientId: "row-000002",
    time: at("2026-08-01T07:05:04Z"),
    value: "250",
    currency: "GBP",
    email: NAME,
  }),
  row({
    clientId: "row-000003",
    name: 'Lead, "qualified"',
    time: at("2026-08-02T00:00:00Z"),
    phone: UK_PHONE,
  }),
  row({
    clientId: "row-000004",
    time: at("2026-08-02T09:15:00Z"),
    value: "99.99",
    currency: "USD",
    clickId: CLICK,
    email: JANE,
  }),
];

/** The two adjustments of the examples. They carry the first upload's value too, which is not sent. */
export const ADJUSTMENTS: readonly UploadRow[] = [
  row({
    clientId: "adj-000001",
    value: "10.5",
    currency: "USD",
    email: JOHN,
    phone: PHONE,
    adjustment: {
      type: "Restate",
      time: at("2026-08-03T10:00:00Z"),
      value: "7.25",
      currency: "USD",
    },
  }),
  row({
    clientId: "adj-000002",
    time: at("2026-08-01T07:05:04Z"),
    value: "250",
    currency: "GBP",
    email: NAME,
    adjustment: { type: "Retract", time: at("2026-08-03T10:05:00Z"), value: "1", currency: "GBP" },
  }),
];
