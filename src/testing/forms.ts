/** The forms in which a text may stand in an output. */

import { concat, hexOf, utf8, utf8Bytes } from "#host";
import type { EmailRuleSet } from "../base/types.ts";
import { foldDigits, trimBlank } from "../identity/clean.ts";
import { normalizeEmail } from "../identity/email.ts";
import { normalizePhone } from "../identity/phone.ts";
import { EMAIL_RULES } from "../identity/rules.ts";

/** What to look for: bytes, one character each, or a pattern over lower-cased bytes. */
export type Needle =
  | { readonly bytes: string; readonly anyCase: boolean }
  | { readonly pattern: RegExp };

export interface Form {
  readonly form: string;
  readonly find: Needle;
}

/** The forms of a text, the most telling first. Those with fewer than `shortest` characters are left out. */
export function* formsOf(input: string, shortest: number): Generator<Form> {
  const text = trimBlank(input);
  if (text.length < shortest) return;
  yield exact("as is", text);
  yield anyCase("in another case", text.toLowerCase());
  yield anyCase("in another case", text.toUpperCase());
  for (const form of ["NFC", "NFD", "NFKC"] as const) {
    const other = text.normalize(form);
    if (other !== text) yield anyCase("in another Unicode form", other.toLowerCase());
  }
  for (const [name, normalized] of normalizedForms(text)) {
    if (normalized.length < shortest) continue;
    yield anyCase(`normalized, ${name}`, normalized);
    yield* encodedForms(normalized, `normalized, ${name}, `);
  }
  yield* separated(text, shortest);
  yield* encodedForms(text, "");
}

/** The texts that are hashed: they are as personal as what they were made of. */
function* normalizedForms(text: string): Generator<[name: string, normalized: string]> {
  for (const rules of Object.keys(EMAIL_RULES) as EmailRuleSet[]) {
    const result = normalizeEmail(text, rules);
    if (result.ok) yield [rules, result.text];
  }
  const phone = normalizePhone(text, undefined);
  if (phone.ok) yield ["e164-2026-11", phone.text];
}

/** Fewer digits are a date, a time or an id rather than a phone number. */
const LEAST_DIGITS = 7;

/** Without separators; and a number's digits with any others between them. */
function* separated(text: string, shortest: number): Generator<Form> {
  const bare = text.replace(/[\s\p{P}\p{S}]+/gu, "");
  if (bare.length >= shortest && bare !== text)
    yield anyCase("without separators", bare.toLowerCase());
  const digits = foldDigits(text).replace(/\D/g, "");
  if (digits.length < LEAST_DIGITS || /\p{L}/u.test(text)) return;
  const pattern = new RegExp([...digits].join("[ \\t().+/\\u00a0_-]{0,3}"), "g");
  yield { form: "with other separators", find: { pattern } };
}

function* encodedForms(text: string, prefix: string): Generator<Form> {
  // By way of bytes, which makes U+FFFD of a lone surrogate: encodeURIComponent throws on one.
  const percent = encodeURIComponent(utf8(utf8Bytes(text)));
  const names = (name: string) => `${prefix}${name}`;
  const escapes = [
    ["percent-encoded", percent],
    ["percent-encoded", percent.replaceAll("%20", "+")],
    ["percent-encoded", everyByte(text)],
    ["JSON-escaped", JSON.stringify(text).slice(1, -1)],
    ["JSON-escaped", asciiJson(text)],
    ["HTML-escaped", text.replace(/[&<>"']/g, (mark) => HTML[mark] ?? mark)],
    ["HTML-escaped", text.replace(/[&<>"'@+]/g, (mark) => `&#${mark.charCodeAt(0)};`)],
    ["in quotes", text.replaceAll('"', '""')],
  ] as const;
  for (const [name, escaped] of escapes) {
    if (escaped !== text) yield anyCase(names(name), escaped);
  }
  yield* bytesForms(utf8Bytes(text), prefix);
  for (const littleEndian of [true, false]) {
    yield { form: names("UTF-16"), find: { bytes: utf16(text, littleEndian), anyCase: true } };
  }
}

const HTML: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function everyByte(text: string): string {
  return [...utf8Bytes(text)].map((byte) => `%${hex(byte, 2)}`).join("");
}

/** As Python's `json.dumps` writes it. */
function asciiJson(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^\x00-\x7f]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

function utf16(text: string, littleEndian: boolean): string {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let at = 0; at < text.length; at++)
    view.setUint16(2 * at, text.charCodeAt(at), littleEndian);
  return byteText(new Uint8Array(view.buffer));
}

function* bytesForms(bytes: Uint8Array, prefix: string): Generator<Form> {
  yield anyCase(`${prefix}hex`, hexOf(bytes));
  // Inside a longer text the bytes may begin at any of three places of a group of base64.
  for (const shift of [0, 1, 2]) {
    const padded = concat([new Uint8Array(shift), bytes]);
    const whole = btoa(byteText(padded));
    // The characters at both ends depend on the neighbours too.
    const from = Math.ceil((shift * 8) / 6);
    const to = Math.floor((padded.length * 8) / 6);
    const inner = whole.slice(from, to);
    yield exact(`${prefix}base64`, inner.replaceAll("+", "-").replaceAll("/", "_"));
    yield exact(`${prefix}base64`, inner);
  }
}

/** One character for each byte. */
export function byteText(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return text;
}

/** More arguments than this are too many for some engines. */
const PIECE = 8192;

function exact(form: string, text: string): Form {
  return { form, find: { bytes: byteText(utf8Bytes(text)), anyCase: false } };
}

function anyCase(form: string, text: string): Form {
  return { form, find: { bytes: byteText(utf8Bytes(text)), anyCase: true } };
}
