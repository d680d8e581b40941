/** The library names options as a program writes them; in the page they are fields with labels. */
import { TAKEN } from "./columns.ts";
import { SETTINGS } from "./needs.ts";
import type { TextCode, Texts } from "./texts.ts";

/** `timeZone`, `timeZone: "Europe/Oslo"`, `columns.email`, `columns["contacts.key"]: "<header>"` */
const OPTION = /`([A-Za-z]+)(?:\.([A-Za-z-]+)|\["([a-z.-]+)"\])?(?:: (?:"([^"`]*)"|([\w.]+)))?`/g;

const OTHERS: Readonly<Record<string, TextCode>> = {
  to: "to",
  template: "template",
  key: "fieldKey",
  contacts: "contacts",
  conversions: "conversions",
};

/** A text of the library with the labels of fields in the place of options. */
export function asLabels(text: string, texts: Texts): string {
  return text.replace(
    OPTION,
    (all, name: string, dotted?: string, quoted?: string, value?: string, bare?: string) => {
      const field = dotted ?? quoted;
      const label = field === undefined ? labelOf(name) : fieldLabel(field);
      if (label === undefined) return all.slice(1, -1);
      const given = value ?? (bare === "true" ? undefined : bare);
      const isExample = given !== undefined && !given.includes("<");
      return `“${texts[label]}”${isExample ? `: ${given}` : ""}`;
    },
  );
}

function labelOf(name: string): TextCode | undefined {
  if (Object.hasOwn(SETTINGS, name)) return SETTINGS[name as keyof typeof SETTINGS].label;
  return Object.hasOwn(OTHERS, name) ? OTHERS[name] : undefined;
}

function fieldLabel(field: string): TextCode | undefined {
  if (field.endsWith(".key")) return "fieldKey";
  return Object.hasOwn(TAKEN, field) ? TAKEN[field as keyof typeof TAKEN] : undefined;
}

/** The same object with all its texts changed: a report whose options are to be read as fields. */
export function withTexts<Value>(value: Value, change: (text: string) => string): Value {
  const changed = (part: unknown): unknown => {
    if (typeof part === "string") return change(part);
    if (Array.isArray(part)) return part.map(changed);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, changed(item)]));
  };
  return changed(value) as Value;
}
