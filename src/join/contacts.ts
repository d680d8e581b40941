/**
 * The contact index: for each key that a conversion refers to, the digests of its contact. It holds
 * raw digests (32 bytes each in one flat buffer) and flags, never plaintext, and its size follows the
 * conversions, not the CRM export.
 */

import { allocate } from "#host";
import type { EmailRuleSet, Identifiers, Sha256Hex } from "../base/types.ts";
import { digestFromBytes, digestToBytes } from "../identity/digest.ts";
import type { Conflict, PersonReader } from "../identity/person.ts";
import type { RowBatch } from "../read/types.ts";

/** What to do when two contacts with one key give two digests for one field (rules.md 6). */
export type OnConflict = "drop" | "first" | "last";

const DIGEST_BYTES = 32;
const SLOT_BYTES = 2 * DIGEST_BYTES;

const SEEN = 1;
const HAS_EMAIL = 2;
const HAS_PHONE = 4;
const EMAIL_CONFLICT = 8;
const PHONE_CONFLICT = 16;
const NO_CONSENT = 32;

/** What the index knows of one key. */
export type Person =
  | { readonly known: false; readonly reason: "no-contact" | "no-consent" }
  | { readonly known: true; readonly identifiers: Identifiers; readonly conflict: boolean };

const NO_CONFLICT: Conflict = { email: false, phone: false };
const NO_CONTACT: Person = { known: false, reason: "no-contact" };
const NOBODY: Identifiers = {};
const EXCLUDED: Person = { known: false, reason: "no-consent" };

/** Written out, because a spread of two objects for every row costs as much as reading the digests. */
function identifiersOf(email: Sha256Hex | undefined, phone: Sha256Hex | undefined): Identifiers {
  if (email === undefined) return phone === undefined ? NOBODY : { phone };
  return phone === undefined ? { email } : { email, phone };
}

export class ContactIndex {
  readonly #digests: Uint8Array;
  readonly #flags: Uint8Array;
  readonly #onConflict: OnConflict;
  #found = 0;
  #conflicting = 0;

  /** @param slots number of keys in the `KeyTable` @param onConflict see rules.md 6 */
  constructor(slots: number, onConflict: OnConflict) {
    this.#digests = allocate(slots * SLOT_BYTES);
    this.#flags = new Uint8Array(slots);
    this.#onConflict = onConflict;
  }

  /** Number of keys for which a contact was seen. */
  get found(): number {
    return this.#found;
  }

  /** Number of keys whose contacts have different digests in one field. */
  get conflicting(): number {
    return this.#conflicting;
  }

  /** A contact of this key that did not consent. One such row is enough to leave the person out. */
  exclude(slot: number): void {
    this.#see(slot);
    this.#set(slot, NO_CONSENT);
  }

  /** Whether a contact of this key did not consent. */
  excludes(slot: number): boolean {
    return ((this.#flags[slot] as number) & NO_CONSENT) !== 0;
  }

  /**
   * A contact of this key. Fields that agree or are absent are merged.
   * @returns the fields that contradict an earlier contact of the same key.
   */
  add(slot: number, identifiers: Identifiers): Conflict {
    this.#see(slot);
    const email = this.#merge(slot, identifiers.email, 0, HAS_EMAIL, EMAIL_CONFLICT);
    const phone = this.#merge(slot, identifiers.phone, DIGEST_BYTES, HAS_PHONE, PHONE_CONFLICT);
    return email || phone ? { email, phone } : NO_CONFLICT;
  }

  get(slot: number): Person {
    const flags = slot < 0 ? 0 : (this.#flags[slot] as number);
    if ((flags & SEEN) === 0) return NO_CONTACT;
    if ((flags & NO_CONSENT) !== 0) return EXCLUDED;
    const drop = this.#onConflict === "drop";
    const hasEmail = (flags & HAS_EMAIL) !== 0 && !(drop && (flags & EMAIL_CONFLICT) !== 0);
    const hasPhone = (flags & HAS_PHONE) !== 0 && !(drop && (flags & PHONE_CONFLICT) !== 0);
    const at = slot * SLOT_BYTES;
    const email = hasEmail ? digestFromBytes(this.#digests, at) : undefined;
    const phone = hasPhone ? digestFromBytes(this.#digests, at + DIGEST_BYTES) : undefined;
    const conflict = (flags & (EMAIL_CONFLICT | PHONE_CONFLICT)) !== 0;
    return { known: true, identifiers: identifiersOf(email, phone), conflict };
  }

  #see(slot: number): void {
    if (((this.#flags[slot] as number) & SEEN) !== 0) return;
    this.#set(slot, SEEN);
    this.#found++;
  }

  #set(slot: number, flag: number): void {
    this.#flags[slot] = (this.#flags[slot] as number) | flag;
  }

  #merge(
    slot: number,
    digest: Sha256Hex | undefined,
    offset: number,
    has: number,
    conflict: number,
  ): boolean {
    if (digest === undefined) return false;
    const at = slot * SLOT_BYTES + offset;
    if (((this.#flags[slot] as number) & has) === 0) {
      digestToBytes(digest, this.#digests, at);
      this.#set(slot, has);
      return false;
    }
    if (digestFromBytes(this.#digests, at) === digest) return false;
    if (((this.#flags[slot] as number) & (EMAIL_CONFLICT | PHONE_CONFLICT)) === 0) {
      this.#conflicting++;
    }
    this.#set(slot, conflict);
    if (this.#onConflict === "last") digestToBytes(digest, this.#digests, at);
    return true;
  }
}

/** A contact row that a conversion refers to becomes part of the contact index. */

/** What is known of the contacts under one e-mail rule set. */
export interface ContactLane {
  readonly rules: EmailRuleSet;
  readonly reader: PersonReader;
  readonly index: ContactIndex;
}

/** A row whose keys have slots, under every rule set. @param slots several where its cell names several keys */
export function settleRow(
  lanes: readonly ContactLane[],
  batch: RowBatch,
  row: number,
  slots: readonly number[],
): void {
  for (const { reader, index } of lanes) {
    if (!reader.agrees(batch, row)) {
      reader.countRefusal();
      for (const slot of slots) index.exclude(slot);
      continue;
    }
    // Another row of this person may have said no: that holds for this one too.
    const open = slots.filter((slot) => !index.excludes(slot));
    if (open.length === 0) continue;
    const person = reader.read(batch, row);
    const line = batch.line(row);
    reader.count(person, line);
    for (const slot of open) reader.countConflict(index.add(slot, person), line);
  }
}
