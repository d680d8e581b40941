/** What one cell gives away: plain text where none may be, and digests in a wrong shape. */

import { isAbsent } from "../identity/absent.ts";
import { trimBlank } from "../identity/clean.ts";
import { isBareNumber, looksLikeEmail, looksLikePhone } from "../identity/looks-personal.ts";
import type { FindingCode } from "./findings.ts";

/** 64 lower-case hex digits and nothing else. By hand: this is asked of every digest of the file. */
export function isDigest(cell: string): boolean {
  if (cell.length !== 64) return false;
  for (let at = 0; at < 64; at++) {
    const code = cell.charCodeAt(at);
    if (code < 0x30 || code > 0x66 || (code > 0x39 && code < 0x61)) return false;
  }
  return true;
}

const HEX = /^[0-9a-f]+$/i;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;
/** What can only be a number to dial, however it is punctuated. */
const DIALABLE = /^\+?[\d\s().\-/]+$/;
/** Texts of fewer hex digits are words and names: Ada, Abe, Decade. */
const LEAST_HEX = 16;

/** What is wrong with a cell of a hash column that is neither empty nor a digest. */
export function hashFault(cell: string): FindingCode {
  const text = trimBlank(cell);
  if (text === "") return "hash-blank";
  if (text.includes("@") || looksLikeEmail(text)) return "plaintext-email-in-hash-column";
  if (isPhoneNumber(text)) return "plaintext-phone-in-hash-column";
  if (isAbsent(text)) return "hash-of-text-nothing";
  if (HEX.test(text) && text.length >= LEAST_HEX) return hexFault(text, cell);
  return BASE64.test(text) ? "hash-base64" : "hash-malformed";
}

function hexFault(text: string, cell: string): FindingCode {
  if (text.length === 32) return "hash-md5";
  if (text.length === 40) return "hash-sha1";
  if (text.length !== 64) return "hash-length";
  return text === cell ? "hash-upper-case" : "hash-blank";
}

/** In a hash column bare digits are a phone number too. */
function isPhoneNumber(text: string): boolean {
  if (looksLikePhone(text) || isBareNumber(text)) return true;
  if (text.length > 40 || !DIALABLE.test(text)) return false;
  const digits = text.replace(/\D/g, "").length;
  return digits >= 7 && digits <= 15;
}

/** A number inside other text, in forms that are written for phones only. */
const PHONE_WITHIN =
  /(?:^|[^\w+])(?:\+\d(?:[\s().\-/]{0,2}\d){7,14}|\(\d{3}\)\s?\d{3}[\s.-]\d{4}|\d{3}[.-]\d{3}[.-]\d{4})(?![\w-])/;

/** Longest text that is searched; what comes after it is searched in pieces. */
const PIECE = 2000;

/** Plain text in a free text, the text as a whole or somewhere inside. */
export function plaintextWithin(cell: string): FindingCode | undefined {
  if (looksLikeEmail(cell)) return "plaintext-email";
  if (looksLikePhone(cell)) return "plaintext-phone";
  for (let from = 0; from < cell.length; from += PIECE - 40) {
    if (PHONE_WITHIN.test(cell.slice(from, from + PIECE))) return "plaintext-phone";
  }
  return undefined;
}

/** How a phone number begins; most ids do not, and need no closer look. */
const PHONE_START = /^[^A-SU-Za-su-z]/;

/** Plain text in an id: digits with dashes inside an id are no phone number. */
export function plaintextAlone(cell: string): FindingCode | undefined {
  if (looksLikeEmail(cell)) return "plaintext-email";
  return PHONE_START.test(cell) && looksLikePhone(cell) ? "plaintext-phone" : undefined;
}
