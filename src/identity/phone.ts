/** Phone cell -> E.164. */
import type { Repair } from "../base/reasons.ts";
import type { CountryCode, PhoneWithoutPlus } from "../base/types.ts";
import { isAbsentPhone } from "./absent.ts";
import {
  foldDashes,
  foldDigits,
  hasNonAscii,
  lostInvisible,
  plainSpaces,
  removeInvisible,
  trimBlank,
} from "./clean.ts";
import { looksLikeDigest } from "./digest.ts";
import { fastPhoneCell } from "./phone-fast.ts";
import { dropLabels, hasLetters } from "./phone-labels.ts";
import { withoutCarrierPlaceholder } from "./phone-legacy.ts";
import { mayEndInLetters } from "./phone-plan.ts";
import { allReadings, type Candidate, readNumber } from "./phone-readings.ts";
import {
  dropRepeatedPlus,
  holdsTwoNumbers,
  isFloat,
  isScientific,
  resolveParameters,
  seemsTwoNumbers,
  withoutExtension,
} from "./phone-text.ts";
import { NO_REPAIRS, type NormalizeResult, type Refusal, refuse, type Trace } from "./types.ts";

/** libphonenumber reads no longer text either; it bounds the work per cell. */
const LONGEST_CELL = 250;

/** Most cells. In these characters the steps before the numbering plan find nothing but a `.0`. */
const PLAIN = /^[\d +()\-./]+$/;

/** Links that export a number. */
const SCHEME = /^(?:tel|sip|skype|callto|whatsapp):/i;

/** How a phone cell is read. */
export interface PhoneOptions {
  /** What digits without a plus are, where both readings are valid numbers. */
  readonly withoutPlus?: PhoneWithoutPlus | undefined;
  /** Take no shortcut; the result is the same. */
  readonly reference?: boolean | undefined;
  /** Gets the text after every step that applies. */
  readonly trace?: Trace | undefined;
}

const NO_OPTIONS: PhoneOptions = {};

/**
 * Normalizes a phone cell to E.164 with its `+`. `region` is the country of numbers that do not say
 * one themselves.
 */
export function normalizePhone(
  cell: string,
  region: CountryCode | undefined,
  { withoutPlus, reference, trace }: PhoneOptions = NO_OPTIONS,
): NormalizeResult {
  if (trace === undefined && reference !== true) {
    const plain = fastPhoneCell(cell, region, withoutPlus);
    if (plain !== undefined) return { ok: true, text: plain, repaired: NO_REPAIRS };
  }
  const found = findNumber(cell, region, trace);
  if (!found.ok) return found;
  const { number, repaired } = found;
  const chosen = readNumber(number, { region, withoutPlus, reference });
  if (chosen === undefined) {
    if (found.isLabelledBehind) return refuse("phone-letters");
    return refuse(seemsTwoNumbers(number) ? "phone-more-than-one" : "phone-invalid");
  }
  if (!chosen.ok) return chosen;
  const { e164, extension } = chosen.reading;
  if (found.isLabelledBehind && mayEndInLetters(e164)) return refuse("phone-letters");
  traceRepairs(chosen, trace);
  if (extension && !repaired.includes("phone-extension")) repaired.push("phone-extension");
  repaired.push(...chosen.repaired);
  trace?.("E.164", e164);
  return { ok: true, text: e164, repaired: repaired.length === 0 ? NO_REPAIRS : repaired };
}

/**
 * Every number that a cell can be read as, whichever of them the rules choose; none where it is refused
 * before it comes to that. For comparing a digest with them.
 */
export function phoneReadings(cell: string, region: CountryCode | undefined): readonly Candidate[] {
  const found = findNumber(cell, region);
  return found.ok ? allReadings(found.number, region) : [];
}

/** The number in a cell, with nothing around it that is no part of it. */
interface FoundNumber {
  readonly ok: true;
  readonly number: string;
  readonly repaired: Repair[];
  readonly isLabelledBehind: boolean;
}

function findNumber(
  cell: string,
  region: CountryCode | undefined,
  trace?: Trace,
): FoundNumber | Refusal {
  const trimmed = trimBlank(cell);
  if (isAbsentPhone(trimmed)) return refuse("absent");
  if (looksLikeDigest(trimmed)) return refuse("already-hashed");
  if (trimmed.length > LONGEST_CELL) return refuse("phone-invalid");
  trace?.("trim", trimmed);

  const steps = new Steps(trimmed, trace);
  if (lostInvisible(cell, trimmed)) steps.repaired.push("phone-invisible");
  let isLabelledBehind = false;
  if (PLAIN.test(trimmed)) dropFloat(steps);
  else {
    makeReadable(steps);
    const carrier = withoutCarrierPlaceholder(steps.text, region);
    if (carrier !== undefined) steps.take(carrier, "phone-legacy", "drop xx of the carrier code");
    if (isScientific(steps.text)) return refuse("phone-spreadsheet-damaged");
    dropFloat(steps);
    if (holdsTwoNumbers(steps.text)) return refuse("phone-more-than-one");
    const number = withoutExtension(steps.text);
    if (number !== undefined) steps.take(number, "phone-extension", "drop the extension");
    if (hasLetters(steps.text)) {
      const bare = dropLabels(steps.text);
      if (bare === "fax") return refuse("phone-fax");
      if (bare === "letters") return refuse("phone-letters");
      steps.take(bare.number, "phone-label", "drop the label");
      isLabelledBehind = bare.behind;
    }
    if (/\d/.test(steps.text) && isAbsentPhone(steps.text)) return refuse("absent");
  }
  steps.take(dropRepeatedPlus(steps.text), "phone-double-plus", "read ++ and +00 as +");
  return { ok: true, number: steps.text, repaired: steps.repaired, isLabelledBehind };
}

/** A text on its way, and what was mended on it. */
class Steps {
  readonly repaired: Repair[] = [];
  text: string;
  readonly #trace: Trace | undefined;

  constructor(text: string, trace: Trace | undefined) {
    this.text = text;
    this.#trace = trace;
  }

  /** Goes on with `next`; counts and traces it where it is another text. */
  take(next: string, repair: Repair, name: string): void {
    if (next === this.text) return;
    this.text = next;
    if (!this.repaired.includes(repair)) this.repaired.push(repair);
    this.#trace?.(name, next);
  }
}

function dropFloat(steps: Steps): void {
  if (isFloat(steps.text)) steps.take(steps.text.slice(0, -2), "phone-float", "drop .0");
}

/** Digits and dashes folded, invisible characters, the text mark and `tel:` gone, white space plain. */
function makeReadable(steps: Steps): void {
  if (hasNonAscii(steps.text)) {
    steps.take(foldDigits(steps.text), "phone-digits", "fold digits to 0-9");
    steps.take(removeInvisible(steps.text), "phone-invisible", "remove invisible characters");
    steps.text = foldDashes(steps.text);
  }
  const unmarked = trimBlank(steps.text.replace(/^['=]/, ""));
  steps.take(unmarked, "phone-text-mark", "drop the leading ' or =");
  steps.take(trimBlank(steps.text.replace(SCHEME, "")), "phone-tel", "drop tel:");
  // A line break stays one: it tells two numbers apart.
  steps.text = resolveParameters(steps.text.replace(/[^\n]+/g, plainSpaces));
}

/** The names of the steps that mend a number by its numbering plan. */
const PLAN_STEPS: Readonly<Partial<Record<Repair, string>>> = {
  "phone-double-zero": "read 00 as +",
  "phone-plus-added": "add the +",
  "phone-legacy": "read the old writing",
};

function traceRepairs({ reading, repaired }: Candidate, trace: Trace | undefined): void {
  if (trace === undefined) return;
  for (const repair of repaired) trace(PLAN_STEPS[repair] ?? repair, reading.e164);
}
