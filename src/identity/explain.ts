/**
 * One value through the rules, step by step, for the user's own screen. What is returned holds the value:
 * only `firsthash explain` prints it, and nothing keeps it.
 */
import type { CellReason, Repair } from "../base/reasons.ts";
import type { CountryCode, EmailRuleSet, PhoneWithoutPlus, Sha256Hex } from "../base/types.ts";
import { sha256Hex } from "./digest.ts";
import { normalizeEmail } from "./email.ts";
import { normalizePhone } from "./phone.ts";
import { EMAIL_RULES, PHONE_RULES, type RuleSet } from "./rules.ts";
import type { NormalizeResult, Trace } from "./types.ts";

/** A step of a rule set. */
export interface ExplainStep {
  /** Its number in the rules. */
  readonly number: number;
  readonly name: string;
  /** The text after the step. */
  readonly text: string;
  readonly changed: boolean;
}

interface Explained {
  readonly rules: RuleSet;
  readonly steps: readonly ExplainStep[];
}

/** A value that gives a digest, and how. */
export interface ExplainedDigest extends Explained {
  readonly ok: true;
  readonly text: string;
  readonly digest: Sha256Hex;
  readonly repaired: readonly Repair[];
}

/** A value that gives none, and why. */
export interface ExplainedRefusal extends Explained {
  readonly ok: false;
  readonly reason: CellReason;
  /** Number of the step that refuses it. */
  readonly number: number;
}

export type Explanation = ExplainedDigest | ExplainedRefusal;

/** Number in the rules, and another name where the traced one does not say what was done. */
type StepNames = Readonly<Record<string, readonly [number: number, name?: string]>>;

/** The numbers of the e-mail steps in the rules, by the names that `normalizeEmail` traces. */
const EMAIL_STEPS: StepNames = {
  trim: [1],
  unwrap: [3, "take the address out of what is around it"],
  "drop the name before the address": [3],
  "remove invisible characters": [4],
  "remove white space": [4],
  "lower case": [5],
  "cut at the first + before the @": [7],
  "remove dots before the @": [7],
  "remove accents before the @": [7],
  "compose accents before the @": [7],
  normalized: [10, "check that it is an address"],
};

/** The numbers of the phone steps in the rules, by the names that `normalizePhone` traces. */
const PHONE_STEPS: StepNames = {
  trim: [1],
  "fold digits to 0-9": [3],
  "remove invisible characters": [3],
  "drop the leading ' or =": [3],
  "drop tel:": [3],
  "read ++ and +00 as +": [3],
  "drop .0": [4],
  "drop the label": [6],
  "read 00 as +": [8],
  "add the +": [9],
  "drop xx of the carrier code": [10],
  "read the old writing": [10],
  "drop the extension": [11],
  "E.164": [12, "write as E.164, valid in its country"],
};

/** The step that gives a reason. */
const REFUSING_STEPS: Readonly<Partial<Record<CellReason, number>>> = {
  absent: 1,
  "already-hashed": 2,
  "email-more-than-one": 3,
  "email-name-or-space": 3,
  "email-at-sign": 6,
  "email-local-empty": 7,
  "email-domain-invalid": 8,
  "email-domain-not-ascii": 8,
  "email-not-ascii": 9,
  "email-invalid": 10,
  "phone-spreadsheet-damaged": 4,
  "phone-more-than-one": 5,
  "phone-fax": 6,
  "phone-letters": 6,
  "phone-no-country": 7,
  "phone-country-unknown": 7,
  "phone-plus-missing": 9,
  "phone-ambiguous": 9,
  "phone-invalid": 12,
};

/** An e-mail address through a rule set. */
export function explainEmail(value: string, rules: EmailRuleSet): Explanation {
  return explain(value, EMAIL_RULES[rules], EMAIL_STEPS, (trace) =>
    normalizeEmail(value, rules, { trace }),
  );
}

/** A phone number through the rules, which are the same for every destination. */
export function explainPhone(
  value: string,
  region: CountryCode | undefined,
  withoutPlus?: PhoneWithoutPlus,
): Explanation {
  return explain(value, PHONE_RULES, PHONE_STEPS, (trace) =>
    normalizePhone(value, region, { withoutPlus, trace }),
  );
}

function explain(
  value: string,
  rules: RuleSet,
  names: StepNames,
  normalize: (trace: Trace) => NormalizeResult,
): Explanation {
  const steps: ExplainStep[] = [];
  let before = value;
  const result = normalize((traced, text) => {
    const step = names[traced];
    if (step === undefined) throw new Error(`a step without a number: ${traced}`);
    const [number, name = traced] = step;
    steps.push({ number, name, text, changed: text !== before });
    before = text;
  });
  if (!result.ok) {
    const { reason } = result;
    return { ok: false, rules, steps, reason, number: REFUSING_STEPS[reason] ?? 1 };
  }
  const { text, repaired } = result;
  return { ok: true, rules, steps, text, digest: sha256Hex(text), repaired };
}
