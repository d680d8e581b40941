/** Ids, order numbers and names of goals that say nothing of a person, as systems and people write them. */
import type { Random } from "./differential.ts";

const DIGITS = "0123456789";
const HEX = "0123456789abcdef";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ALL = DIGITS + UPPER + UPPER.toLowerCase();
const BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const two = (number: number) => String(number).padStart(2, "0");
const date = (random: Random, mark: string) =>
  [`20${two(20 + random.int(7))}`, two(1 + random.int(12)), two(1 + random.int(28))].join(mark);
const digits = (random: Random, length: number) =>
  `${1 + random.int(9)}${random.text(length - 1, DIGITS)}`;
const padded = (random: Random, width: number, below: number) =>
  String(random.int(below)).padStart(width, "0");

/** Thirty kinds, each with its maker. */
export const HARMLESS: Readonly<Record<string, (random: Random) => string>> = {
  "Salesforce 15": (r) => `003${r.text(12, ALL)}`,
  "Salesforce 18": (r) => `0065g00000${r.text(8, ALL)}`,
  "HubSpot record": (r) => digits(r, 11),
  "HubSpot older record": (r) => digits(r, 8 + r.int(3)),
  "Dynamics GUID": (r) => [8, 4, 4, 4, 12].map((length) => r.text(length, HEX)).join("-"),
  "GUID without dashes": (r) => r.text(32, HEX),
  "Zoho record": (r) => `55${r.text(17, DIGITS)}`,
  "Pipedrive deal": (r) => String(1 + r.int(99_999)),
  "Shopify order id": (r) => digits(r, 13),
  "Shopify order name": (r) => `#${1001 + r.int(90_000)}`,
  "WooCommerce order": (r) => String(10_000 + r.int(900_000)),
  "Magento increment": (r) => padded(r, 9, 1_000_000),
  "SAP document": (r) => padded(r, 10, 100_000_000),
  "order by year": (r) => `20${two(20 + r.int(7))}-${padded(r, 6, 1_000_000)}`,
  "order by day": (r) => `${date(r, "")}-${padded(r, 4, 10_000)}`,
  "invoice with slashes": (r) => `${date(r, "/").slice(0, 7)}/${padded(r, 5, 100_000)}`,
  "invoice with letters": (r) => `INV-20${two(20 + r.int(7))}-${padded(r, 5, 100_000)}`,
  "Amazon order": (r) => [3, 7, 7].map((length) => r.text(length, DIGITS)).join("-"),
  "eBay order": (r) => [2, 5, 5].map((length) => r.text(length, DIGITS)).join("-"),
  "Google Ads customer": (r) => `${digits(r, 3)}-${r.text(3, DIGITS)}-${r.text(4, DIGITS)}`,
  ULID: (r) => `01${r.text(24, BASE32)}`,
  // Of the 90 days that an upload may go back.
  "seconds since 1970": (r) => String(1_763_000_000 + r.int(7_776_000)),
  "milliseconds since 1970": (r) => `${1_763_000_000 + r.int(7_776_000)}${r.text(3, DIGITS)}`,
  "EAN-13": (r) => digits(r, 13),
  "UPC-A": (r) => padded(r, 12, 1_000_000_000),
  "card-like groups": (r) => [4, 4, 4].map((length) => r.text(length, DIGITS)).join("-"),
  "VAT number": (r) => `DE${digits(r, 9)}`,
  "goal with a date": (r) => `Lead ${date(r, "-")} ${two(r.int(24))}:${two(r.int(60))}`,
  "goal with an amount": (r) =>
    `Sale over ${1 + r.int(999)}${r.pick([",", ".", " "])}000${r.pick([",000", "", ".00"])} USD`,
  "goal with an order": (r) =>
    `Order ${digits(r, 6 + r.int(4))} ${r.pick(["paid", "won", "Q3 2026"])}`,
};

/** Where they are asked about. */
export const TEN_COUNTRIES = ["US", "GB", "DE", "FR", "ES", "IT", "NL", "BR", "JP", "AU"] as const;
