/** The library names options as a program writes them; on the command line they are flags. */
import type { FlagTable } from "../base/options.ts";

/** `timeZone`, `timeZone: "Europe/Oslo"`, `columns.email`, `columns["contacts.key"]: "<header>"` */
const OPTION = /`([A-Za-z]+(?:\.[A-Za-z]+)*)(?:\["([a-z.-]+)"\])?(?:: (?:"([^"`]*)"|([\w.]+)))?`/g;

/** A text of the library with its options as flags; what is no option of the table stays. */
export function asFlags(text: string, flags: FlagTable): string {
  return text.replace(
    OPTION,
    (all, path: string, field?: string, quoted?: string, bare?: string) => {
      const value = quoted ?? (bare === "true" ? undefined : bare);
      const flag = flags[path] ?? partNamed(path, flags);
      if (flag !== undefined && field === undefined) {
        return value === undefined ? `--${flag.flag}` : `--${flag.flag} ${argument(value)}`;
      }
      const [name = "", ...rest] = path.split(".");
      const chosen = field ?? rest.join(".");
      const columns = flags[name];
      if (columns?.fields === undefined) return all;
      return `--${columns.flag} ${argument(`${chosen}=${value ?? "<header>"}`)}`;
    },
  );
}

/** The same object with all its texts changed: a report whose options are to be read as flags. */
export function withTexts<Value>(value: Value, change: (text: string) => string): Value {
  const changed = (part: unknown): unknown => {
    if (typeof part === "string") return change(part);
    if (Array.isArray(part)) return part.map(changed);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, changed(item)]));
  };
  return changed(value) as Value;
}

/** What reads a file knows `encoding`, and not whose it is. */
function partNamed(part: string, flags: FlagTable) {
  return Object.entries(flags).find(([name]) => name.endsWith(`.${part}`))?.[1];
}

/** As a shell takes it; `<…>` is for the user to fill in. */
function argument(value: string): string {
  return /^[\w.,:=/<>#-]+$/.test(value) ? value : `"${value}"`;
}
