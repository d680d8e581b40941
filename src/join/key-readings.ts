/** Other ways to read a key, each only when it is asked for (rules.md 6). */
import { optionError } from "../base/errors.ts";
import { KEY_READINGS, type KeyReading } from "../base/types.ts";

/** How the keys of both sides are read. */
export interface KeySettings {
  readonly readings: readonly KeyReading[];
  /** Between several keys in one cell; undefined where a cell is one key. */
  readonly separator: string | undefined;
}

/** As they are written. */
export const PLAIN_KEYS: KeySettings = { readings: [], separator: undefined };

/** The readings that change a key: why they may be needed, and how. */
export const READINGS = {
  "leading-zeros": {
    text: "leading zeros are missing on one side",
    read: (key: string) => key.replace(/^0+(?=\d+$)/, ""),
  },
  salesforce: {
    text: "one side has 15-character and the other 18-character Salesforce ids",
    read: (key: string) => (isSalesforce18(key) ? key.slice(0, 15) : key),
  },
  "ignore-case": {
    text: "upper and lower case differ",
    read: (key: string) => key.toLowerCase(),
  },
  digits: {
    text: "one side has something around the digits",
    read: (key: string) => key.replace(/\D+/g, "") || key,
  },
} as const satisfies Readonly<Record<Exclude<KeyReading, "as-written">, unknown>>;

/** A reading that changes keys. */
export type ChangingReading = keyof typeof READINGS;

const CHECK_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/**
 * Whether the last three of 18 characters are the checksum of the 15 before them: each says of five characters
 * which are capitals. Another id of 18 characters must not lose its end.
 */
function isSalesforce18(key: string): boolean {
  if (!/^[0-9A-Za-z]{18}$/.test(key)) return false;
  for (let group = 0; group < 3; group++) {
    let bits = 0;
    for (let at = 0; at < 5; at++) {
      const character = key.charAt(group * 5 + at);
      if (character >= "A" && character <= "Z") bits |= 1 << at;
    }
    if (key.charAt(15 + group) !== CHECK_CHARACTERS.charAt(bits)) return false;
  }
  return true;
}

/** The order in which several readings are applied: case counts for those of Salesforce. */
const ORDER = ["salesforce", "digits", "leading-zeros", "ignore-case"] as const;

/** From a key, trimmed, to what is compared; undefined where that is the key itself. */
export function readerOf({ readings }: KeySettings): ((key: string) => string) | undefined {
  const reads = ORDER.filter((name) => readings.includes(name)).map((name) => READINGS[name].read);
  if (reads.length === 0) return undefined;
  return (key) => reads.reduce((read, next) => next(read), key);
}

/** The options of a job that say how keys are read. */
export interface KeyReadingOptions {
  readonly keyReading?: KeyReading | readonly KeyReading[] | undefined;
  readonly keySeparator?: string | undefined;
}

/** @throws FirsthashError "usage" */
export function keySettings({ keyReading, keySeparator }: KeyReadingOptions): KeySettings {
  const readings = keyReading === undefined ? [] : [keyReading].flat();
  if (!readings.every((reading) => KEY_READINGS.includes(reading))) {
    const hint = `use one of ${KEY_READINGS.join(", ")}`;
    throw optionError("keyReading", "is no reading that we know", hint);
  }
  const separator = keySeparator === undefined ? undefined : unescaped(keySeparator);
  if (separator === "" || /^[\p{L}\p{N}]+$/u.test(separator ?? "")) {
    throw optionError("keySeparator", "can stand in a key", "give a mark, such as ; or ,");
  }
  return { readings, separator };
}

/** A shell has no simple way to write these. */
function unescaped(separator: string): string {
  return separator.replace(/\\n/g, "\n").replace(/\\t/g, "\t");
}
