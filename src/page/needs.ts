/** Which settings these files need: what the library would ask for, before it is asked. */
import type { InspectReport } from "../inspect/types.ts";
import type { Choice } from "./columns.ts";
import type { Destination } from "./protocol.ts";
import type { TextCode } from "./texts.ts";

/** A file that was looked at, with the columns as the user has them. */
export interface Looked {
  readonly report: InspectReport;
  readonly choice: Choice;
}

export interface SettingText {
  readonly label: TextCode;
  /** What it is for, where no file asks for it. */
  readonly help?: TextCode;
  /** A closed list of values with their names; a text field where there is none. */
  readonly choices?: Readonly<Record<string, TextCode>>;
}

const CONSENT = { granted: "granted", denied: "denied" } as const;

/** Each setting of the page, in the order in which it shows them. */
export const SETTINGS = {
  goal: { label: "goal" },
  timeZone: { label: "timeZone", help: "timeZoneFree" },
  dateOrder: { label: "dateOrder", choices: { mdy: "mdy", dmy: "dmy", ymd: "ymd" } },
  decimal: { label: "decimal", choices: { point: "point", comma: "comma" } },
  country: { label: "country", help: "countryFree" },
  currency: { label: "currency" },
  assumeTime: { label: "assumeTime" },
  consentValues: { label: "consentValues" },
  googleAccount: { label: "googleAccount" },
  googleAction: { label: "googleAction" },
  adUserData: { label: "adUserData", choices: CONSENT },
  adPersonalization: { label: "adPersonalization", choices: CONSENT },
  googleLoginAccount: { label: "googleLoginAccount" },
  eventSource: {
    label: "eventSource",
    choices: {
      web: "sourceWeb",
      app: "sourceApp",
      "in-store": "sourceStore",
      phone: "sourcePhone",
      other: "sourceOther",
    },
  },
  layout: { label: "layout", help: "layoutWhy" },
  dateFormat: { label: "dateFormat", help: "dateFormatFree" },
  dst: { label: "dst", help: "dstWhy", choices: { earlier: "earlier", later: "later" } },
  onConflict: {
    label: "onConflict",
    help: "onConflictWhy",
    choices: { drop: "dropField", first: "first", last: "last" },
  },
  maxRefused: { label: "maxRefused", help: "maxRefusedWhy" },
  asOf: { label: "asOf", help: "asOfWhy" },
} as const satisfies Readonly<Record<string, SettingText>>;

export type SettingName = keyof typeof SETTINGS;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

export interface Setting {
  readonly name: SettingName;
  /** Without it nothing can be made. */
  readonly isNeeded: boolean;
  readonly why: TextCode | undefined;
  readonly count: number;
}

/** The settings that are open at once, and those that stand under "more". */
export interface OpenSettings {
  readonly open: readonly Setting[];
  readonly more: readonly Setting[];
}

type Need = Omit<Setting, "name">;

const has = (file: Looked | undefined, taken: string) =>
  [...(file?.choice.values() ?? [])].some((each) => each === taken);

/** A mark or an order that two readings are left for. */
const isOpen = (found: string | undefined) => found === "unclear" || found === "mixed";

/** What is asked of the conversions and of the people. */
function fileNeeds(
  conversions: Looked,
  contacts: Looked | undefined,
): Partial<Record<SettingName, Need>> {
  const people = contacts ?? conversions;
  const { times, values } = conversions.report;
  const noCountry = phonesWithoutCountry(people);
  const needed = (why: TextCode, count = 0): Need => ({ why, count, isNeeded: true });
  const wanted = (why: TextCode, count = 0): Need => ({ why, count, isNeeded: false });
  const { withoutZone = 0, withoutTime = 0, unreadable = 0 } = times ?? {};
  return {
    ...(!has(conversions, "name") && { goal: needed("goalWhy") }),
    ...(withoutZone > 0 && { timeZone: needed("timeZoneWhy", withoutZone) }),
    ...(isOpen(times?.dateOrder) && { dateOrder: needed("dateOrderWhy") }),
    ...(isOpen(values?.decimal) && { decimal: needed("decimalWhy") }),
    ...(noCountry > 0 && { country: wanted("countryWhy", noCountry) }),
    ...(withoutTime > 0 && { assumeTime: wanted("assumeTimeWhy", withoutTime) }),
    ...(unreadable > 0 && { dateFormat: wanted("dateFormatWhy", unreadable) }),
    ...(has(conversions, "value") &&
      !has(conversions, "currency") && { currency: wanted("currencyWhy") }),
    ...(has(people, "consent") && { consentValues: wanted("consentValuesWhy") }),
  };
}

export function phonesWithoutCountry({ report }: Looked): number {
  return report.columns
    .flatMap(({ identifiers }) => identifiers?.refused ?? [])
    .reduce((sum, { code, count }) => sum + (code === "phone-no-country" ? count : 0), 0);
}

/** Google's files name the account and the consent. Whether they must, the destination judges. */
const ACCOUNT: Partial<Record<SettingName, Need>> = {
  googleAccount: { why: "googleAccountWhy", count: 0, isNeeded: false },
  googleAction: { why: "googleActionWhy", count: 0, isNeeded: false },
  adUserData: { why: "adUserDataWhy", count: 0, isNeeded: false },
  adPersonalization: { why: undefined, count: 0, isNeeded: false },
};

const OFFERED: readonly SettingName[] = [
  "country",
  "timeZone",
  "dateFormat",
  "dst",
  "onConflict",
  "maxRefused",
  "asOf",
];

/** @param forced settings that a run asked for, or that a loaded file of settings has */
export function settingsFor(
  conversions: Looked,
  contacts: Looked | undefined,
  destination: Destination | undefined,
  forced: ReadonlySet<SettingName>,
): OpenSettings {
  const takesAccount = destination?.takes.includes("account") === true;
  const needs = { ...fileNeeds(conversions, contacts), ...(takesAccount && ACCOUNT) };
  const offered = new Set(OFFERED);
  if (takesAccount) offered.add("googleLoginAccount").add("eventSource");
  if ((destination?.layouts.length ?? 0) > 1) offered.add("layout");
  const open: Setting[] = [];
  const more: Setting[] = [];
  for (const name of SETTING_NAMES) {
    const need = needs[name];
    const text: SettingText = SETTINGS[name];
    const plain = { name, why: text.help, count: 0, isNeeded: false };
    if (need !== undefined) open.push({ name, ...need });
    else if (forced.has(name)) open.push(plain);
    else if (offered.has(name)) more.push(plain);
  }
  return { open, more };
}
