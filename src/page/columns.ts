/** Which column holds what, as the user sees and corrects it, and as the library takes it. */
import {
  CONVERSION_FIELDS,
  type ColumnChoices,
  type Field,
  PERSON_FIELDS,
  type Role,
} from "../base/fields.ts";
import type { InspectReport } from "../inspect/types.ts";
import type { TextCode } from "./texts.ts";

/** What a column can be taken for in the page. A stage needs a map of goals, which the command line takes. */
export type Taken = Exclude<Field, "stage" | "contacts.key" | "conversions.key"> | "key";

export const TAKEN: Readonly<Record<Taken, TextCode>> = {
  key: "fieldKey",
  email: "fieldEmail",
  phone: "fieldPhone",
  country: "fieldCountry",
  "hashed-email": "fieldHashedEmail",
  "hashed-phone": "fieldHashedPhone",
  consent: "fieldConsent",
  name: "fieldName",
  time: "fieldTime",
  value: "fieldValue",
  currency: "fieldCurrency",
  "click-id": "fieldClickId",
  "client-id": "fieldClientId",
  "attribution-credit": "fieldCredit",
  "attribution-model": "fieldModel",
  gclid: "fieldGclid",
  gbraid: "fieldGbraid",
  wbraid: "fieldWbraid",
  "order-id": "fieldOrderId",
  "ad-user-data": "fieldAdUserData",
  "ad-personalization": "fieldAdPersonalization",
};

/** What the columns of a file can be taken for. Conversions may hold the person themselves. */
export function takenOf(role: Role, alone: boolean): readonly Taken[] {
  const all = Object.keys(TAKEN) as Taken[];
  const has = (list: readonly string[], taken: Taken) => list.includes(taken);
  return all.filter((taken) => {
    if (taken === "key") return role === "contacts" || !alone;
    if (role === "contacts") return has(PERSON_FIELDS, taken);
    return has(CONVERSION_FIELDS, taken) || (alone && has(PERSON_FIELDS, taken));
  });
}

/** By the number of the column: what it was found to be, or what the user chose. */
export type Choice = ReadonlyMap<number, Taken>;

/** What the library found. Several candidates for one field are none: the user is asked. */
export function foundIn(report: InspectReport, allowed: readonly Taken[]): Choice {
  const choice = new Map<number, Taken>();
  for (const { number, fields } of report.columns) {
    const taken = fields.find((field) => allowed.some((one) => one === field));
    if (taken !== undefined) choice.set(number, taken as Taken);
  }
  return choice;
}

/** Names of columns for the library: the header where it is printable and alone, else its number. */
function nameOf({ columns }: InspectReport, number: number): string {
  const header = columns[number - 1]?.header;
  const plain = (text: string | undefined) => text?.trim().toLowerCase();
  const twins = columns.filter((other) => plain(other.header) === plain(header));
  const isPlain = header !== undefined && header.trim() !== "" && !header.startsWith("#");
  return isPlain && twins.length === 1 ? header : `#${number}`;
}

/**
 * All fields of a file, those without a column too, so that nothing is read but what is shown. The order of
 * the columns is that of the fallbacks that the library found.
 */
export function choicesOf(
  report: InspectReport,
  choice: Choice,
  role: Role,
  alone: boolean,
): ColumnChoices {
  const choices: Partial<Record<Field, string[]>> = {};
  for (const taken of takenOf(role, alone)) {
    const names = [...choice]
      .filter(([, each]) => each === taken)
      .map(([number]) => nameOf(report, number));
    if (taken !== "key") choices[taken] = names;
    else if (names.length > 0)
      choices[role === "contacts" ? "contacts.key" : "conversions.key"] = names;
  }
  return choices;
}

/**
 * Where a key is not clear in a file alone, a header that both files have is it: the library finds it so too.
 */
export function commonKey(
  a: InspectReport,
  b: InspectReport,
): readonly [a: number, b: number] | undefined {
  const candidates = (report: InspectReport) =>
    report.unclear.find(({ field }) => field === "key")?.columns ??
    report.columns.filter(({ fields }) => fields.includes("key")).map(({ number }) => number);
  const header = (report: InspectReport, number: number) =>
    report.columns[number - 1]?.header?.trim().toLowerCase();
  const pairs = candidates(a).flatMap((one) =>
    candidates(b)
      .filter((other) => header(a, one) !== undefined && header(a, one) === header(b, other))
      .map((other) => [one, other] as const),
  );
  return pairs.length === 1 ? pairs[0] : undefined;
}
