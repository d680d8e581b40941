import { describe, expect, it } from "vitest";
import type { EmailRuleSet } from "../../src/base/types.ts";
import { normalizeEmail } from "../../src/identity/email.ts";
import { fastEmail } from "../../src/identity/email-fast.ts";
import { EMAIL_RULES } from "../../src/identity/rules.ts";
import { caseCount, type Random, seed, seededRandom, timeFor } from "../helpers/differential.ts";

/** The whole way: with a trace no shortcut is taken, whatever `normalizeEmail` does without one. */
function reference(cell: string, rules: EmailRuleSet = "microsoft-2026-11") {
  return normalizeEmail(cell, rules, { reference: true });
}

function fast(cell: string, rules: EmailRuleSet = "microsoft-2026-11") {
  return fastEmail(cell, EMAIL_RULES[rules].aliasDomains);
}

const RULES = Object.keys(EMAIL_RULES) as EmailRuleSet[];

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const PLAIN = `${LOWER}0123456789`;
/** Characters that decide something, and some that decide nothing. */
const EDGE = `ab09..--__++@@ "'<>();:,/\\!#%&*=?^|~\t\r\n\u00a0\u00ad\u200b\u0130\u212a\u00e9\ufeff\uff41\u0000`;
const TOPS = [
  "com",
  "example",
  "co.uk",
  "de",
  "c",
  "c0m",
  "123",
  "xn--p1ai",
  "travel",
  "com.",
  "-a",
  "a-",
];

/** Like the addresses in a CRM: mostly ordinary, in mixed case, with a space here and there. */
function ordinaryCell(random: Random): string {
  const word = () => random.text(1 + random.int(9), PLAIN);
  let text = word();
  while (random.chance(0.4)) text += random.pick([".", "_", "-", "."]) + word();
  if (random.chance(0.1)) text += `+${word()}`;
  text += `@${word()}`;
  if (random.chance(0.2)) text += `-${word()}`;
  text += `.${random.pick(["com", "example", "co.uk", "de", "org", "museum"])}`;
  if (random.chance(0.1))
    text = text.replace(/@.*/, `@${random.pick(["gmail.com", "googlemail.com"])}`);
  if (random.chance(0.3)) {
    text = text.replace(/[a-z]/g, (letter) => (random.chance(0.5) ? letter.toUpperCase() : letter));
  }
  return random.chance(0.03) ? `  ${text} ` : text;
}

/** An address with something wrong or odd about it, more often than not. */
function oddCell(random: Random): string {
  if (random.chance(0.2)) return random.text(random.int(12), EDGE);
  const word = () =>
    random.text(
      random.chance(0.03) ? 55 + random.int(14) : random.int(6),
      random.chance(0.9) ? PLAIN : EDGE,
    );
  let text = word();
  while (random.chance(0.5)) text += random.pick([".", "..", "_", "-", "+", "@", " "]) + word();
  text += `@${word()}`;
  while (random.chance(0.3)) text += random.pick([".", "..", "-", ".-", "-.", "_"]) + word();
  text += `.${random.pick(TOPS)}`;
  if (random.chance(0.3)) text = text.toUpperCase();
  if (random.chance(0.2)) {
    const at = random.int(text.length + 1);
    text = text.slice(0, at) + random.pick([...EDGE]) + text.slice(at);
  }
  return random.chance(0.02) ? text + `.${random.text(60, LOWER)}`.repeat(4) : text;
}

const count = caseCount(2_000);
const timeout = timeFor(count, 20_000);

describe("fastEmail", () => {
  it.each(RULES)(
    `gives what normalizeEmail gives by %s, in ${count} cells`,
    { timeout },
    (rules) => {
      const random = seededRandom(seed());
      let decided = 0;
      for (let done = 0; done < count; done++) {
        const cell = random.chance(0.3) ? ordinaryCell(random) : oddCell(random);
        const short = fast(cell, rules);
        if (short === undefined) continue;
        decided++;
        const slow = reference(cell, rules);
        if (!slow.ok || slow.text !== short || slow.repaired.length > 0) {
          expect.fail(`${JSON.stringify(cell)}: ${short}, not ${JSON.stringify(slow)}`);
        }
      }
      expect(decided).toBeGreaterThan(count / 4);
    },
  );

  it.each(RULES)("decides more than nine of ten ordinary cells by %s", (rules) => {
    const random = seededRandom(seed());
    let decided = 0;
    for (let done = 0; done < 10_000; done++) {
      if (fast(ordinaryCell(random), rules) !== undefined) decided++;
    }
    expect(decided).toBeGreaterThan(9_000);
  });

  it.each([
    [" Jane.Doe+promo@Contoso.com ", "janedoe@contoso.com"],
    ["jane@contoso.com", "jane@contoso.com"],
    // The Kelvin sign is a k in lower case.
    ["\u212aate@contoso.com", "kate@contoso.com"],
    ["jane+a.b@contoso.com", "jane@contoso.com"],
    [".j.a.n.e.+a+b@mail.contoso.com\r\n", "jane@mail.contoso.com"],
  ])("normalizes %j", (cell, expected) => {
    expect(fast(cell)).toBe(expected);
    expect(reference(cell)).toEqual({ ok: true, text: expected, repaired: [] });
  });

  it.each([
    ["an empty cell", ""],
    ["an absent marker", "n/a"],
    ["a hash", "a".repeat(64)],
    ["a wrapper", "Jane <jane@contoso.com>"],
    ["mailto:", "mailto:jane@contoso.com"],
    ["two addresses", "a@contoso.com; b@contoso.com"],
    ["a space inside", "jane doe@contoso.com"],
    ["a space in the domain", "jane@contoso .com"],
    ["an accent", "jan\u00e9@contoso.com"],
    ["a letter that lower-cases to more than one", "\u0130da@contoso.com"],
    ["a zero-width space", "jane\u200b@contoso.com"],
    ["a no-break space at the end", "jane@contoso.com\u00a0"],
    ["nothing before the @", "+promo@contoso.com"],
    ["a very long cell", `${" ".repeat(5000)}jane@contoso.com`],
  ])("leaves %s to normalizeEmail", (_, cell) => {
    expect(fast(cell)).toBeUndefined();
  });
});
