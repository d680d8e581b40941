/** Turns the options of `hashContacts` into what its stages take. Whatever is wrong with them alone is said here. */
import { optionError } from "../base/errors.ts";
import type { ColumnChoices, PersonField } from "../base/fields.ts";
import { checkOptions, recordedOptions } from "../base/options.ts";
import type { IdentifySettings } from "../identity/identify.ts";
import { phoneSettings } from "../identity/phone-settings.ts";
import { DEFAULT_EMAIL_RULES, isEmailRuleSet } from "../identity/rules.ts";
import type { OnConflict } from "../join/contacts.ts";
import type { Watch } from "../prepare/inputs.ts";
import { consentOption, maxRefusedOption, rowsAtMostOption } from "../prepare/settings.ts";
import type { TargetRules } from "../write/check.ts";
import type { DataTarget } from "../write/data-file.ts";
import { formatOf } from "../write/formats.ts";
import { HASH_OPTIONS, type HashOptions } from "./options.ts";

/** What the stages take; none of them sees the options. */
export interface HashPlan
  extends Watch,
    Pick<
      HashOptions,
      "contacts" | "name" | "key" | "keyReading" | "onRow" | "read" | "allowPlain"
    > {
  readonly columns: ColumnChoices<PersonField>;
  readonly settings: IdentifySettings;
  /** How rows of one key become one; undefined where they stay apart. */
  readonly perKey: OnConflict | undefined;
  /** In lower case. */
  readonly consentValues: ReadonlySet<string>;
  /** Percent of the rows read. */
  readonly maxRefused: number;
  readonly rowsAtMost: number | undefined;
  readonly dryRun: boolean;
  readonly target: DataTarget;
  readonly targetRules: TargetRules;
  /** What a report calls an output that has no path. */
  readonly outputName: string;
  readonly manifest: string | undefined;
  /** Options that were given and change the result, for a manifest. */
  readonly recorded: Readonly<Record<string, unknown>>;
}

/** @throws FirsthashError "usage", naming the option */
export function planHash(options: HashOptions): HashPlan {
  checkOptions("hashContacts", options, HASH_OPTIONS);
  const { contacts, name, key, read, columns = {}, rules = DEFAULT_EMAIL_RULES } = options;
  const { allowPlain, output, force, dryRun = false, manifest, onProgress, signal } = options;
  if (contacts === undefined) throw optionError("contacts", "is missing", "name the CRM export");
  if (!isEmailRuleSet(rules)) throw optionError("rules", "names no e-mail rule set");
  return {
    contacts,
    name,
    key,
    keyReading: options.keyReading,
    onRow: options.onRow,
    read,
    columns,
    rowsAtMost: rowsAtMostOption(options.rowsAtMost),
    settings: { ...phoneSettings(options), rules },
    perKey: perKeyOption(options),
    consentValues: consentOption(options),
    allowPlain,
    maxRefused: maxRefusedOption(options.maxRefused),
    dryRun,
    target: targetOf(output, dryRun),
    targetRules: { force, inputs: typeof contacts === "string" ? [contacts] : [] },
    outputName: typeof output === "string" ? output : "stdout",
    manifest,
    recorded: recordedOptions({ ...options, rules }, HASH_OPTIONS),
    onProgress,
    signal,
  };
}

function perKeyOption({ perKey = false, onConflict, key }: HashOptions): OnConflict | undefined {
  if (!perKey) {
    if (onConflict === undefined) return undefined;
    throw optionError("onConflict", "is about rows of one key", "give `perKey` too");
  }
  if (key === undefined) throw optionError("perKey", "needs a key", "name the column with `key`");
  return onConflict ?? "drop";
}

function targetOf(output: HashOptions["output"], dryRun: boolean): DataTarget {
  if (dryRun) return { kind: "none" };
  if (output === undefined) {
    throw optionError("output", "is missing", "name the file to write, or use `dryRun: true`");
  }
  if (typeof output !== "string") return { kind: "stream", stream: output };
  formatOf({ id: "hash", formats: ["csv"] }, output);
  return { kind: "file", path: output };
}
