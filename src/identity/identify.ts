/** The cells of one person -> at most one e-mail digest and one phone digest, and what was noteworthy. */
import type { CellReason, Repair } from "../base/reasons.ts";
import type {
  CountryCode,
  EmailRuleSet,
  Identifiers,
  PhoneWithoutPlus,
  Sha256Hex,
} from "../base/types.ts";
import { readCountry } from "./country.ts";
import { normalizeEmail } from "./email.ts";
import { digestOf } from "./hash.ts";
import { readHashed } from "./hashed.ts";
import { normalizePhone } from "./phone.ts";
import { type DigestResult, type NormalizeResult, refuse } from "./types.ts";

/** One person's cells as the columns were named, fallbacks in order. */
export interface PersonCells {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** The country cell, when there is such a column. */
  readonly country?: string | undefined;
  readonly hashedEmails: readonly string[];
  readonly hashedPhones: readonly string[];
}

/** What holds for the whole run. */
export interface IdentifySettings {
  readonly rules: EmailRuleSet;
  /** The country of phone numbers in rows that name none. */
  readonly region?: CountryCode | undefined;
  /** What digits without a plus are, where both readings are valid numbers. */
  readonly phoneWithoutPlus?: PhoneWithoutPlus | undefined;
  /** The run's country holds also for rows whose country cell says nothing that we know. */
  readonly countryFallback?: boolean | undefined;
  /** Take no shortcut; the result is the same. */
  readonly reference?: boolean | undefined;
}

/** The field whose column a cell came from. */
export type IdentifierField = "email" | "phone" | "hashed-email" | "hashed-phone";

/** Something to count about a cell. Holds no text of it. */
export type IdentityNote = {
  readonly field: IdentifierField;
  /** Which of the field's columns, 0-based. */
  readonly at: number;
} & ({ readonly refused: Exclude<CellReason, "absent"> } | { readonly repaired: Repair });

/** The digests found, and what to count. */
export interface Identified extends Identifiers {
  readonly notes: readonly IdentityNote[];
}

const NO_NOTES: readonly IdentityNote[] = Object.freeze([]);
const NOBODY: Identified = Object.freeze({ notes: NO_NOTES });

/**
 * Identifies one person. For e-mail and phone each, the first cell that gives a digest wins and the
 * cells after it are not looked at. Cells of hashed columns come after all plain ones: of a plain cell
 * we know by which rules it was normalized, of a foreign hash we do not. Absent cells leave no note.
 */
export function identify(cells: PersonCells, settings: IdentifySettings): Identified {
  const notes = new NoteTaker();
  const { reference } = settings;
  const email = identifyEmail(cells, settings, notes);
  const phone =
    firstUsable(cells.phones, "phone", notes, (cell) =>
      digestOf(readPhone(cell, cells.country, settings), reference),
    ) ?? firstUsable(cells.hashedPhones, "hashed-phone", notes, readHashed);
  return together(email, phone, notes.taken);
}

/**
 * The same person under another e-mail rule set. All rule sets read phones alike, so what was found and noted of
 * the phone is taken over.
 *
 * @param cells the phone's are not looked at
 * @param known as `identify` found the person under the first rule set
 */
export function identifyBeside(
  cells: Pick<PersonCells, "emails" | "hashedEmails">,
  settings: IdentifySettings,
  known: Identified,
): Identified {
  const notes = new NoteTaker();
  const email = identifyEmail(cells, settings, notes);
  for (const note of known.notes) {
    if (note.field === "phone" || note.field === "hashed-phone") notes.add(note);
  }
  return together(email, known.phone, notes.taken);
}

function identifyEmail(
  { emails, hashedEmails }: Pick<PersonCells, "emails" | "hashedEmails">,
  settings: IdentifySettings,
  notes: NoteTaker,
): Sha256Hex | undefined {
  return (
    firstUsable(emails, "email", notes, (cell) =>
      digestOf(normalizeEmail(cell, settings.rules, settings), settings.reference),
    ) ?? firstUsable(hashedEmails, "hashed-email", notes, readHashed)
  );
}

/** The list of notes, made when there is a first one. */
class NoteTaker {
  taken: IdentityNote[] | undefined;

  add(note: IdentityNote): void {
    if (this.taken === undefined) this.taken = [note];
    else this.taken.push(note);
  }
}

function firstUsable(
  cells: readonly string[],
  field: IdentifierField,
  notes: NoteTaker,
  read: (cell: string) => DigestResult,
): Sha256Hex | undefined {
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at] as string;
    if (cell === "") continue;
    const result = read(cell);
    if (result.ok) {
      for (const repaired of result.repaired) notes.add({ field, at, repaired });
      return result.digest;
    }
    if (result.reason !== "absent") notes.add({ field, at, refused: result.reason });
  }
  return undefined;
}

/** What of the settings matters to a phone cell. */
export type PhoneSettings = Omit<IdentifySettings, "rules">;

/**
 * The row's country decides where it names one, else the run's. A row whose country we do not know
 * does not fall back to the run's, unless the settings say so: its number would be read in a country
 * that it is not from.
 */
export function readPhone(
  cell: string,
  country: string | undefined,
  settings: PhoneSettings,
): NormalizeResult {
  const { phoneWithoutPlus: withoutPlus, reference } = settings;
  const options = { withoutPlus, reference };
  const region = regionOf(country, settings);
  if (region !== "unknown") return normalizePhone(cell, region, options);
  const result = normalizePhone(cell, undefined, options);
  const needsCountry = !result.ok && result.reason === "phone-no-country";
  return needsCountry ? refuse("phone-country-unknown") : result;
}

/** The region whose plan reads a row's numbers. */
export function regionOf(
  country: string | undefined,
  { region, countryFallback }: PhoneSettings,
): CountryCode | "unknown" | undefined {
  const read = country === undefined ? "absent" : readCountry(country);
  if (read === "absent" || (read === "unknown" && countryFallback === true)) return region;
  return read;
}

function together(
  email: Sha256Hex | undefined,
  phone: Sha256Hex | undefined,
  taken: readonly IdentityNote[] | undefined,
): Identified {
  const notes = taken ?? NO_NOTES;
  if (email === undefined && phone === undefined) return taken === undefined ? NOBODY : { notes };
  if (phone === undefined) return { ...(email !== undefined && { email }), notes };
  return email === undefined ? { phone, notes } : { email, phone, notes };
}
