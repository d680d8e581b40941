/** `firsthash hash`: contacts in, key and digests out. Data goes to stdout unless -o says otherwise. */
import { usageError } from "../base/errors.ts";
import { PERSON_FIELDS } from "../base/fields.ts";
import type { EmailRuleSet } from "../base/types.ts";
import { hashContacts } from "../hash/hash-contacts.ts";
import type { HashOptions } from "../hash/report.ts";
import type { CommandContext, Flags } from "./command.ts";
import { runCommand } from "./finish.ts";
import {
  listFlag,
  parseColumns,
  parseDelimiter,
  parseList,
  parsePercent,
  textFlag,
} from "./flags.ts";

/** @returns the exit code. */
export function hashCommand(
  flags: Flags,
  context: CommandContext,
  file: string | undefined,
): Promise<number> {
  const options = toOptions(flags, context, file);
  const run = { options, inputs: ["file"], run: () => hashContacts(options) };
  return runCommand(run, { ...flags, file }, context);
}

function toOptions(flags: Flags, context: CommandContext, file = "-"): HashOptions {
  if (file === "-" && process.stdin.isTTY) {
    throw usageError("no file to hash", "firsthash hash contacts.csv, or pipe the contacts in");
  }
  const output = textFlag(flags, "output") ?? "-";
  const consentValues = textFlag(flags, "consentValues");
  const maxRefused = textFlag(flags, "maxRefused");
  return {
    contacts: file === "-" ? process.stdin : file,
    name: file === "-" ? "stdin" : file,
    output: output === "-" ? process.stdout : output,
    key: textFlag(flags, "key"),
    columns: personColumns(listFlag(flags, "column")),
    country: textFlag(flags, "country"),
    rules: textFlag(flags, "rules") as EmailRuleSet | undefined,
    consentValues: consentValues === undefined ? undefined : parseList(consentValues),
    maxRefused: maxRefused === undefined ? undefined : parsePercent("--max-refused", maxRefused),
    force: flags.force === true,
    dryRun: flags.dryRun === true,
    manifest: textFlag(flags, "manifest"),
    read: {
      encoding: textFlag(flags, "encoding"),
      delimiter: parseDelimiter(textFlag(flags, "delimiter")),
      sheet: textFlag(flags, "sheet"),
    },
    onProgress: (progress) => context.terminal.progress(progress),
    signal: context.signal,
  };
}

/** Of the fields only those of a person: nothing else of a contact is read. */
function personColumns(texts: readonly string[]): HashOptions["columns"] {
  const columns = parseColumns(texts);
  const fields: readonly string[] = PERSON_FIELDS;
  const other = Object.keys(columns).find((field) => !fields.includes(field));
  if (other === undefined) return columns as HashOptions["columns"];
  throw usageError(
    `--column: contacts have no field "${other}" here`,
    `fields: ${fields.join(", ")}; the column of ids is --key`,
  );
}
