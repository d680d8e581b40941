/** Click ids, client ids and external attribution. */
import { fileOf, lineOf } from "../base/lines.ts";
import type { CountryCode } from "../base/types.ts";
import { isAbsent } from "../identity/absent.ts";
import { findPlaintext } from "../identity/plaintext-net.ts";
import { plainNumberText, readNumber } from "./number-text.ts";
import type { AttributionModel, ClickId, ClientId, DecimalText } from "./types.ts";

/**
 * A Microsoft Click Id: 32 hex digits; dashes and the braces of a GUID are dropped, letters become
 * lower-case. Undefined when the cell is absent.
 */
export function readClickId(cell: string): ClickId | "malformed" | undefined {
  if (isAbsent(cell)) return undefined;
  let text = cell.trim();
  if (text.startsWith("{") && text.endsWith("}")) text = text.slice(1, -1);
  if (text.length > 64) return "malformed";
  const digits = text.replaceAll("-", "");
  return /^[0-9a-fA-F]{32}$/.test(digits) ? (digits.toLowerCase() as ClickId) : "malformed";
}

/** Microsoft's limit (offline-conversion.md), counted in UTF-16 units as for names. */
const LONGEST_CLIENT_ID = 100;

/**
 * The id of a row that brings none, so that the result file can be joined back to the input: `row-14`, and of the
 * second of several files `f2-row-14`.
 */
export function rowClientId(line: number): ClientId {
  const file = fileOf(line);
  return `${file === 0 ? "" : `f${file + 1}-`}row-${lineOf(line)}` as ClientId;
}

/** A client id of the user's own column, trimmed. */
export function readClientId(
  cell: string,
  region?: CountryCode,
): ClientId | "too-long" | "looks-personal" {
  const text = cell.trim();
  if (findPlaintext(text, region) !== undefined) return "looks-personal";
  return text.length > LONGEST_CLIENT_ID ? "too-long" : (text as ClientId);
}

/** Longest model name that is taken. Microsoft has a limit and does not give it. */
const LONGEST_MODEL = 100;

/**
 * External attribution: a credit over 0 and at most 1, and the model that gave it; both or neither.
 * A number up to 1 has no thousands, so either decimal mark is read.
 */
export function readAttribution(
  creditCell: string,
  modelCell: string,
  region?: CountryCode,
): { readonly credit: DecimalText; readonly model: AttributionModel } | "malformed" | undefined {
  const noCredit = isAbsent(creditCell);
  const noModel = isAbsent(modelCell);
  if (noCredit && noModel) return undefined;
  if (noCredit || noModel) return "malformed";
  const model = modelCell.trim();
  if (model.length > LONGEST_MODEL || findPlaintext(model, region) !== undefined) {
    return "malformed";
  }
  const credit = readCredit(creditCell);
  return credit === undefined ? "malformed" : { credit, model: model as AttributionModel };
}

function readCredit(cell: string): DecimalText | undefined {
  const text = plainNumberText(cell);
  if (text.length > 20 || !/^[01]?(?:[.,]\d+)?$/.test(text)) return undefined;
  const credit = readNumber(text, text.includes(",") ? "," : ".");
  if (credit === undefined || credit === "0") return undefined;
  return credit === "1" || credit.startsWith("0.") ? (credit as DecimalText) : undefined;
}
