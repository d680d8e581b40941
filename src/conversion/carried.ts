/** Fields that only some destinations take: Google's click ids, an order's own id, consent to the use for ads. */
import type { RowReason } from "../base/reasons.ts";
import type { CountryCode } from "../base/types.ts";
import { firstCell, isAbsent } from "../identity/absent.ts";
import { findPlaintext } from "../identity/plaintext-net.ts";
import type { RowBatch } from "../read/types.ts";
import type { ConsentStatus, Conversion, GoogleClickId, OrderId } from "./types.ts";

export const CARRIED_FIELDS = [
  "gclid",
  "gbraid",
  "wbraid",
  "order-id",
  "ad-user-data",
  "ad-personalization",
] as const;

export type CarriedField = (typeof CARRIED_FIELDS)[number];

export type CarriedColumns = Readonly<Partial<Record<CarriedField, readonly number[]>>>;

type Target = { -readonly [K in keyof Conversion]: Conversion[K] };

/** Reads the fields of a row into its conversion. @returns why the row is refused, if so */
export type CarriedReader = (batch: RowBatch, row: number, into: Target) => RowReason | undefined;

/**
 * @param region the country of numbers that name none, for plain text in what is carried as it stands
 * @returns undefined where the inputs have no such column: most runs have none
 */
export function createCarriedReader(
  columns: CarriedColumns,
  region?: CountryCode,
): CarriedReader | undefined {
  const fields = CARRIED_FIELDS.filter((field) => (columns[field] ?? []).length > 0);
  if (fields.length === 0) return undefined;
  return (batch, row, into) => {
    for (const field of fields) {
      const cell = firstCell(batch, row, columns[field]);
      const reason = cell === "" ? undefined : READERS[field](cell, into, region);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

const READERS: Readonly<
  Record<CarriedField, (cell: string, into: Target, region?: CountryCode) => RowReason | undefined>
> = {
  gclid: (cell, into) => clickId(cell, "gclid", into),
  gbraid: (cell, into) => clickId(cell, "gbraid", into),
  wbraid: (cell, into) => clickId(cell, "wbraid", into),
  "order-id": orderId,
  "ad-user-data": (cell, into) => consent(cell, "adUserData", into),
  "ad-personalization": (cell, into) => consent(cell, "adPersonalization", into),
};

// The form of all that were seen: base64url. Google states none; case counts (help article 7014069).
// It has no sign of an address, and digits that stand alone only between dashes: nothing for the net.
const GOOGLE_CLICK_ID = /^(?=.*[A-Za-z])[A-Za-z0-9_-]{20,512}$/;

function clickId(
  cell: string,
  field: "gclid" | "gbraid" | "wbraid",
  into: Target,
): RowReason | undefined {
  const text = cell.trim();
  if (!GOOGLE_CLICK_ID.test(text)) return "google-click-id-malformed";
  into[field] = text as GoogleClickId;
  return undefined;
}

/** No limit is stated: that of Microsoft's Client Id is kept. */
const LONGEST_ORDER_ID = 100;

function orderId(cell: string, into: Target, region?: CountryCode): RowReason | undefined {
  const text = cell.trim();
  if (text.length > LONGEST_ORDER_ID) return "order-id-too-long";
  if (findPlaintext(text, region) !== undefined) return "order-id-looks-personal";
  into.orderId = text as OrderId;
  return undefined;
}

const CONSENT: ReadonlyMap<string, ConsentStatus> = new Map(
  (
    [
      ["granted", "granted yes y true 1 consent_granted"],
      ["denied", "denied no n false 0 consent_denied"],
    ] as const
  ).flatMap(([status, words]) => words.split(" ").map((word) => [word, status] as const)),
);

/** The words of Google's template and API, and what exports write for a box that is ticked or not. */
function consent(
  cell: string,
  field: "adUserData" | "adPersonalization",
  into: Target,
): RowReason | undefined {
  if (isAbsent(cell)) return undefined;
  const status = CONSENT.get(cell.trim().toLowerCase());
  if (status === undefined) return "consent-unclear";
  into[field] = status;
  return undefined;
}
