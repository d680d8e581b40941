/** `firsthash hash`: contacts in, key and digests out. Data goes to stdout unless -o says otherwise. */
import { usageError } from "../base/errors.ts";
import { hashContacts } from "../hash/hash-contacts.ts";
import { HASH_OPTIONS, type HashOptions } from "../hash/options.ts";
import type { CommandContext, Flags } from "./command.ts";
import { runCommand } from "./finish.ts";
import { optionsFrom } from "./flags.ts";
import { checkStreamFlags, hashStreamCommand } from "./hash-stream.ts";

/** @returns the exit code. */
export async function hashCommand(
  flags: Flags,
  context: CommandContext,
  file = "-",
): Promise<number> {
  checkStreamFlags(flags, file);
  if (file === "-" && process.stdin.isTTY) {
    throw usageError("no file to hash", "firsthash hash contacts.csv, or pipe the contacts in");
  }
  if (flags.stream === true) return hashStreamCommand(flags, context);
  const options: HashOptions = {
    output: process.stdout,
    ...(await optionsFrom<HashOptions>(HASH_OPTIONS, flags, context)),
    contacts: file === "-" ? process.stdin : file,
    name: file === "-" ? "stdin" : file,
  };
  return runCommand(
    {
      table: HASH_OPTIONS,
      options,
      argument: file,
      name: "hash",
      run: (watched) => hashContacts({ ...options, ...watched }),
    },
    flags,
    context,
  );
}
