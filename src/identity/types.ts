/** The types that keep plaintext inside `read/` and `identity/`. */
import type { CellReason, Repair } from "../base/reasons.ts";

declare const sha256Hex: unique symbol;

/** 64 lower-case hex digits of a SHA-256. Only `digest.ts` makes one. */
export type Sha256Hex = string & { readonly [sha256Hex]: true };

/** The outcome for one identifier cell: a digest, or the reason why there is none. Never the text. */
export type DigestResult =
  | { readonly ok: true; readonly digest: Sha256Hex; readonly repaired: readonly Repair[] }
  | { readonly ok: false; readonly reason: CellReason };

/** A normalized text before hashing. It stays inside `identity/`. */
export type NormalizeResult =
  | { readonly ok: true; readonly text: string; readonly repaired: readonly Repair[] }
  | { readonly ok: false; readonly reason: CellReason };

/**
 * Called after each step of a rule with the step's name and the text so far. `explain` shows them on
 * the user's own screen; nothing else passes one.
 */
export type Trace = (step: string, text: string) => void;

/** E-mail rule sets by name; the date is part of the name, because a change of rules changes hashes. */
export type EmailRuleSet = "microsoft-2026-06" | "google-2026-06";

/** ISO 3166-1 alpha-2 codes that the phone metadata knows, e.g. "US". */
export type CountryCode = import("libphonenumber-js").CountryCode;

/** What identifies the person of one conversion: digests only. */
export interface Identifiers {
  readonly email?: Sha256Hex;
  readonly phone?: Sha256Hex;
}
