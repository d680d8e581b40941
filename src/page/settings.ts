/** The settings as the form has them, as `prepare` takes them, and as `firsthash.json`, which the command line takes. */
import { type ColumnChoices, FIELDS } from "../base/fields.ts";
import type { SettingName } from "./needs.ts";
import type { Settings } from "./protocol.ts";

/** What stands in the form, as text. An empty text is no setting. `to` is a destination and a format: `adobe/csv`. */
export type FormValues = Readonly<Partial<Record<SettingName | "to", string>>>;

/** Keys of the configuration file, in its order. The present is none of them: a job that kept it would live in the past. */
const KEYS: Readonly<Record<Exclude<SettingName, "asOf">, string>> = {
  layout: "layout",
  consentValues: "consent-values",
  onConflict: "on-conflict",
  goal: "goal",
  currency: "currency",
  googleAccount: "google-account",
  googleLoginAccount: "google-login-account",
  googleAction: "google-action",
  eventSource: "event-source",
  adUserData: "ad-user-data",
  adPersonalization: "ad-personalization",
  country: "country",
  timeZone: "time-zone",
  dateOrder: "date-order",
  dateFormat: "date-format",
  assumeTime: "assume-time",
  dst: "dst",
  decimal: "decimal",
  maxRefused: "max-refused",
};

export interface Target {
  readonly to: string;
  readonly format: string;
}

/** Destination and format of the select. */
export function targetOf(value = "microsoft-bulk/csv"): Target {
  const [to = "", format = "csv"] = value.split("/");
  return { to, format };
}

/** What the upload is called. */
export function outputName(values: FormValues): string {
  const { to, format } = targetOf(values.to);
  return `${to}.${format}`;
}

/** As `prepare` takes them; it judges what is wrong with them. */
export function settingsOf(values: FormValues, columns: ColumnChoices): Settings {
  const given = (name: SettingName) => values[name]?.trim() || undefined;
  const chosen = <Name extends keyof Settings & SettingName>(name: Name) =>
    given(name) as Settings[Name];
  const list = given("consentValues")
    ?.split(",")
    .map((item) => item.trim());
  const percent = given("maxRefused");
  return {
    to: targetOf(values.to).to,
    columns,
    layout: given("layout"),
    // A goal is compared letter for letter, and blanks are letters.
    goal: values.goal || undefined,
    currency: given("currency"),
    country: given("country"),
    timeZone: given("timeZone"),
    dateOrder: chosen("dateOrder"),
    dateFormat: given("dateFormat"),
    assumeTime: given("assumeTime"),
    dst: chosen("dst"),
    decimal: chosen("decimal"),
    onConflict: chosen("onConflict"),
    consentValues: list?.filter((item) => item !== ""),
    maxRefused: percent === undefined ? undefined : Number(withoutPercent(percent)),
    asOf: given("asOf"),
    googleAccount: given("googleAccount"),
    googleLoginAccount: given("googleLoginAccount"),
    googleAction: given("googleAction"),
    eventSource: chosen("eventSource"),
    adUserData: chosen("adUserData"),
    adPersonalization: chosen("adPersonalization"),
  };
}

const withoutPercent = (text: string) => text.replace(/\s*%$/, "");

/** The settings as `firsthash.json`. */
export function renderSettings(
  values: FormValues,
  columns: ColumnChoices,
  files: Readonly<Record<"conversions" | "contacts", string | undefined>>,
): string {
  const config: Record<string, unknown> = { ...files };
  config.to = [targetOf(values.to).to];
  config.output = outputName(values);
  const named = Object.entries(columns).map(([field, names]) => [field, [names].flat()] as const);
  if (named.length > 0) {
    config.column = Object.fromEntries(
      named.map(([field, names]) => [field, names.length === 1 ? names[0] : names]),
    );
  }
  for (const [name, key] of Object.entries(KEYS)) {
    const value = values[name as SettingName]?.trim();
    if (value === undefined || value === "") continue;
    config[key] = key === "max-refused" ? Number(withoutPercent(value)) : value;
  }
  return `${JSON.stringify(config, null, 2)}\n`;
}

export interface LoadedSettings {
  readonly values: FormValues;
  readonly columns: ColumnChoices;
}

/** What of a `firsthash.json` the page has a field for. @returns undefined where it is none */
export function readSettings(text: string): LoadedSettings | undefined {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof config !== "object" || config === null || Array.isArray(config)) return undefined;
  const entries = config as Readonly<Record<string, unknown>>;
  const values: Partial<Record<SettingName | "to", string>> = {};
  for (const [name, key] of Object.entries(KEYS)) {
    const value = Object.hasOwn(entries, key) ? entries[key] : undefined;
    if (typeof value === "string" || typeof value === "number") {
      values[name as SettingName] = String(value);
    }
  }
  const to = [entries.to].flat()[0];
  const { output } = entries;
  if (typeof to === "string")
    values.to = `${to}/${formatIn(typeof output === "string" ? output : "")}`;
  return { values, columns: readColumns(entries.column) };
}

/** What a file name says of the format; empty where it says nothing. */
function formatIn(name: string): string {
  const end = /\.((?:csv|tsv)\.zip|csv|tsv|zip|xlsx|jsonl)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  return end === "zip" ? "csv.zip" : end;
}

function readColumns(value: unknown): ColumnChoices {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  const known = Object.entries(value).filter(([field]) => FIELDS.some((name) => name === field));
  return Object.fromEntries(
    known.map(([field, names]) => [
      field,
      [names].flat().filter((name): name is string => typeof name === "string"),
    ]),
  );
}
