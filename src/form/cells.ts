/** What one cell gives away: plain text where none may be, and digests in a wrong shape. */

import type { CountryCode } from "../base/types.ts";
import { isAbsent } from "../identity/absent.ts";
import { trimBlank } from "../identity/clean.ts";
import { findPlaintext, isDialable } from "../identity/plaintext-net.ts";
import { holdsEmail } from "../identity/plaintext-shape.ts";
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
/** Texts of fewer hex digits are words and names: Ada, Abe, Decade. */
const LEAST_HEX = 16;

/** What is wrong with a cell of a hash column that is neither empty nor a digest. */
export function hashFault(cell: string): FindingCode {
  const text = trimBlank(cell);
  if (text === "") return "hash-blank";
  if (text.includes("@") || holdsEmail(text)) return "plaintext-email-in-hash-column";
  // Here bare digits are a phone number too.
  if (isDialable(text)) return "plaintext-phone-in-hash-column";
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

/** What in a cell that comes out as it is must not: an address, a phone number. */
export type FindPlain = (cell: string) => FindingCode | undefined;

/** @param region the country of numbers that name none; without one those are not looked for */
export function plainFinder(region: CountryCode | undefined): FindPlain {
  return (cell) => {
    const found = findPlaintext(cell, region);
    return found === undefined ? undefined : `plaintext-${found}`;
  };
}
