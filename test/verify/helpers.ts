/** Small upload files, made by hand. The digests are sha256sum's. */

import type { FindingCode } from "../../src/form/findings.ts";
import type { VerifyOptions } from "../../src/verify/options.ts";
import { verify } from "../../src/verify/verify.ts";

export const AS_OF = "2026-11-20T12:00:00Z";

/** printf %s john@contoso.com | sha256sum (also in Microsoft's guide) */
export const EMAIL = "ec81f3ac7b2b19675bab9d54cf416f9f18cff87c97da5cca82c0f0891bc40602";
/** printf %s test@contoso.com | sha256sum */
export const EMAIL_2 = "f25ad364d33972379a7a4f4df33db142205f5c40eb19cfdb2fc5aaf117e10101";
/** printf %s +14255551234 | sha256sum (also in Microsoft's guide) */
export const PHONE = "c59475d96e9f01d7d18d06cfad84dd02333207f02c0c2c5663ef2782cda0390e";
/** printf '' | sha256sum */
export const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
export const CLICK_ID = "f894f652ea334e739002f7167ab8f8e3";

const COLUMNS = {
  type: "Type",
  status: "Status",
  id: "Id",
  parent: "Parent Id",
  client: "Client Id",
  versioned: "Name",
  currency: "Conversion Currency Code",
  name: "Conversion Name",
  time: "Conversion Time",
  value: "Conversion Value",
  click: "Microsoft Click Id",
  email: "Hashed Email Address",
  phone: "Hashed Phone Number",
} as const;

export type BulkField = keyof typeof COLUMNS;
export type BulkRow = Partial<Record<BulkField, string>>;

export const BULK_HEADER = Object.values(COLUMNS).join(",");
export const VERSION_ROW = "Format Version,,,,,6.0,,,,,,,";

const GOOD: BulkRow = {
  type: "Offline Conversion",
  client: "row-3",
  currency: "USD",
  name: "Lead closed",
  time: "11/18/2026 6:50:54 PM",
  value: "10.5",
  email: EMAIL,
  phone: PHONE,
};

/** One data line: a good row with some cells changed. */
export function bulkLine(changes: BulkRow = {}): string {
  const row = { ...GOOD, ...changes };
  return (Object.keys(COLUMNS) as BulkField[]).map((field) => row[field] ?? "").join(",");
}

/** A whole Bulk file: BOM, header, version row, and the given lines from line 3 on. */
export function bulk(...lines: string[]): string {
  return `\ufeff${[BULK_HEADER, VERSION_ROW, ...lines].join("\r\n")}\r\n`;
}

export const IMPORT_HEADER =
  "Microsoft Click ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency,Hashed Email Address,Hashed Phone Number";

/** A whole file for the web import; the lines stand from line 3 on. */
export function imported(...lines: string[]): string {
  return `${["Parameters:TimeZone=+0000,,,,,,", IMPORT_HEADER, ...lines].join("\r\n")}\r\n`;
}

export const IMPORT_LINE = `,Lead closed,2026-11-18 18:50:54,10.5,USD,${EMAIL},${PHONE}`;

export function verifyText(text: string | Uint8Array, options: VerifyOptions = {}) {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  return verify([bytes], { asOf: AS_OF, ...options });
}

/** `code@line:column` of every place. */
export async function places(
  text: string | Uint8Array,
  options?: VerifyOptions,
): Promise<string[]> {
  const { findings } = await verifyText(text, options);
  return findings.flatMap(({ code, places: found }) =>
    found.length === 0
      ? [code as string]
      : found.map(
          ({ line, column }) => `${code}@${line}${column === undefined ? "" : `:${column}`}`,
        ),
  );
}

export async function codes(
  text: string | Uint8Array,
  options?: VerifyOptions,
): Promise<FindingCode[]> {
  return (await verifyText(text, options)).findings.map(({ code }) => code);
}
