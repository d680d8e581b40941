/**
 * All that can be known about an output before any input is read. What the command line gets wrong by
 * itself is a "usage" error (exit 2): an extension that the destination does not have, an output that
 * is an input. What is in the way on the disk is an "output" error (exit 4).
 */

import { basename, dirname, identityOf, join, namesIn, requireWritable, statusOf } from "#host";
import { outputError, usageError } from "../base/errors.ts";
import type { Destination } from "../destinations/types.ts";
import { belongsTo, formatOf } from "./formats.ts";

/** A file to be written, and what it must not harm. */
export interface TargetRules {
  /** Replace older output. */
  readonly force?: boolean | undefined;
  /** Paths that must never be written to, under whatever name. */
  readonly inputs?: readonly string[] | undefined;
}

/**
 * Checks where an upload is to be written. The output is the file and all its possible parts
 * (`leads.csv`, `leads-0001-of-0003.csv`): one of them left from an earlier run is in the way like the
 * file itself, because old and new parts side by side would be uploaded together.
 *
 * @throws FirsthashError "usage" or "output"
 */
export async function checkOutput(
  destination: Pick<Destination, "id" | "formats">,
  path: string,
  rules: TargetRules = {},
): Promise<void> {
  formatOf(destination, path);
  await checkTarget(path, (name) => belongsTo(path, name), rules);
}

/**
 * Checks where a single file, such as a report, is to be written.
 *
 * @throws FirsthashError "usage" or "output"
 */
export async function checkFile(path: string, rules: TargetRules = {}): Promise<void> {
  await checkTarget(path, (name) => name === basename(path), rules);
}

async function checkTarget(
  path: string,
  belongs: (name: string) => boolean,
  { force = false, inputs = [] }: TargetRules,
): Promise<void> {
  if (/[\\/]$/.test(path)) throw outputError("is a folder", { file: path, hint: "name a file" });
  const folder = dirname(path);
  const folderStatus = await statusOf(`${folder}/.`);
  if (folderStatus === undefined) {
    throw outputError("the folder does not exist", { file: path, hint: "make the folder first" });
  }
  // The path itself too: where names differ in case only, the folder's listing may not show it.
  const members = [...new Set([path, ...(await membersOf(path, belongs))])];
  await refuseInputs(members, { inputs });
  for (const member of members) await checkOlder(member, force);
  await requireWritable(folder, path);
}

/** What stands in the folder already and is the output or a part of it. */
export async function membersOf(
  path: string,
  belongs: (name: string) => boolean,
): Promise<string[]> {
  const folder = dirname(path);
  const names = (await namesIn(folder, path)).filter(belongs).sort();
  return names.map((name) => join(folder, name));
}

/** @throws FirsthashError "usage" where a path to be written leads to an input */
export async function refuseInputs(
  members: readonly string[],
  { inputs = [] }: TargetRules,
): Promise<void> {
  const known = new Set(await Promise.all(inputs.map(identityOf)));
  known.delete(undefined);
  for (const member of members) {
    // Links of both kinds lead to the same device and inode.
    if (known.has(await identityOf(member))) {
      throw usageError(`${member}: the output is also an input`, "give the output another name");
    }
  }
}

/** Refuses what may not be replaced: without `force` anything, with it anything but a file or a link. */
async function checkOlder(member: string, force: boolean): Promise<void> {
  const status = await statusOf(member);
  if (status === undefined) return;
  if (status.isDirectory()) {
    throw outputError("is a folder", { file: member, hint: "name a file" });
  }
  // A rename would put a file in the place of /dev/null or of a pipe.
  if (!status.isFile() && !status.isSymbolicLink()) {
    throw outputError("is not a regular file", { file: member, hint: "write to - and redirect" });
  }
  if (!force) {
    throw outputError("exists already", {
      file: member,
      hint: "give another name, or `force: true` to replace it",
    });
  }
}
