/** What writing needs of the file system, each call turned into our own error when it fails. */
import { constants } from "node:fs";
import {
  type FileHandle,
  link,
  lstat,
  open,
  readdir,
  rename,
  stat,
  unlink,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FirsthashError, outputError, systemCode } from "../base/errors.ts";
import { beside, place } from "./path.ts";

/** What Node's permission model says (`node --permission`). */
const DENIED = "ERR_ACCESS_DENIED";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "the disk quota is used up",
  EEXIST: "a file of this name was made meanwhile",
  EFBIG: "the file is too large for the file system",
  EIO: "the disk failed",
  EISDIR: "it is a folder",
  EMFILE: "too many open files",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "the folder does not exist",
  ENOSPC: "no space is left on the disk",
  ENOTDIR: "the folder is not a folder",
  EPERM: "operation not permitted",
  EROFS: "the file system is read-only",
  [DENIED]: "the permissions given to node do not allow it",
};

/** Our error for a failed system call. Of the foreign error only its code is kept. */
export function cannotWrite(path: string, error: unknown): FirsthashError {
  if (error instanceof FirsthashError) return error;
  const code = systemCode(error) ?? "unknown error";
  return outputError(`cannot write: ${REASONS[code] ?? code}`, { file: path });
}

/** A file that is being written under a name that is not its last one. */
export interface TempFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/** Not a secret: the file is opened exclusively, so a guessed name can only make us try another one. */
function randomName(): string {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2));
  return a.toString(36) + b.toString(36);
}

async function openExclusively(folder: string, start: string): Promise<TempFile> {
  for (let attempt = 1; ; attempt++) {
    const path = join(folder, `${start}${randomName()}.tmp`);
    try {
      // O_EXCL also refuses a symbolic link that somebody put there.
      const handle = await open(path, "wx+", 0o600);
      try {
        // The umask may have taken the owner's own rights away. Node's permission model allows no
        // chmod of an open file (20.19 to 24); without it the rights are fewer, never more.
        await handle.chmod(0o600);
      } catch (error) {
        if (!isUnsupported(error) && systemCode(error) !== DENIED) {
          await discardTemp({ path, handle });
          throw error;
        }
      }
      return { path, handle };
    } catch (error) {
      if (systemCode(error) !== "EEXIST" || attempt >= 10) throw error;
    }
  }
}

/** A new file of mode 0600 beside `target`, so that a rename can put it there. */
export async function openBeside(target: string): Promise<TempFile> {
  const { folder } = place(target);
  try {
    return await openExclusively(folder, ".firsthash-");
  } catch (error) {
    throw cannotWrite(target, error);
  }
}

/**
 * A new file of mode 0600 in the system's folder for such files, whose name is removed at once: it is
 * gone when the process ends, however it ends. Where an open file cannot lose its name (Windows), the
 * name goes when the file is closed.
 */
export async function openSpool(): Promise<TempFile> {
  try {
    const file = await openExclusively(tmpdir(), "firsthash-");
    await unlink(file.path).catch(() => {});
    return file;
  } catch (error) {
    throw cannotWrite("stdout", error);
  }
}

/** Writes all of a block; a single call may write less. */
export async function writeAll(
  handle: FileHandle,
  block: Uint8Array,
  named: string,
): Promise<void> {
  try {
    for (let at = 0; at < block.length; ) {
      at += (await handle.write(block, at, block.length - at)).bytesWritten;
    }
  } catch (error) {
    throw cannotWrite(named, error);
  }
}

/** Gets the file onto the disk and closes it. */
export async function settle({ handle }: TempFile, named: string): Promise<void> {
  try {
    try {
      await handle.sync();
    } catch (error) {
      if (!isUnsupported(error)) throw error;
    }
    await handle.close();
  } catch (error) {
    throw cannotWrite(named, error);
  }
}

/** Closes and removes a temporary file. Never fails: it runs when something else has failed. */
export async function discardTemp({ handle, path }: TempFile): Promise<void> {
  await handle.close().catch(() => {});
  await unlink(path).catch(() => {});
}

/** File systems that are not quite a file system (network shares, pipes) say so in these ways. */
function isUnsupported(error: unknown): boolean {
  const code = systemCode(error);
  return (
    code !== undefined && ["EINVAL", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EPERM"].includes(code)
  );
}

/** Gets a rename onto the disk. A folder cannot be synced everywhere, and the file is there already. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, constants.O_RDONLY);
    await handle.sync().finally(() => handle.close());
  } catch {}
}

/**
 * Gives a finished file its name where nothing has that name. `link` fails when something has, in one
 * step, so that a file made meanwhile is never lost. Where there are no hard links, an empty file is
 * made first, which fails in the same way, and is then replaced.
 */
async function publishNew(temp: string, target: string): Promise<void> {
  try {
    await link(temp, target);
  } catch (error) {
    if (systemCode(error) === "EEXIST") throw error;
    await (await open(target, "wx", 0o600)).close();
    try {
      await rename(temp, target);
    } catch (failure) {
      await unlink(target).catch(() => {});
      throw failure;
    }
    return;
  }
  await unlink(temp).catch(() => {});
}

/** A finished file and the name that it is to have. */
export interface Publication {
  readonly temp: string;
  readonly target: string;
}

/**
 * Gives finished files their names: all of them, or none. With `force` an older file is replaced,
 * and `stale` files, left from a run that wrote other parts, are removed after that.
 */
export async function publish(
  publications: readonly Publication[],
  { force, stale }: { readonly force: boolean; readonly stale: readonly string[] },
): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  const kept: string[] = [];
  for (const { temp, target } of publications) {
    try {
      // One file is replaced in one step. Several are not, so the older ones are kept until the end.
      const older = force && publications.length > 1 ? await keepAside(target) : undefined;
      if (older !== undefined) {
        kept.push(older);
        undo.push(() => restore(older, target));
      }
      await (force ? rename(temp, target) : publishNew(temp, target));
      if (older === undefined) undo.push(() => unlink(target));
    } catch (error) {
      for (const step of undo.reverse()) await step().catch(() => {});
      throw cannotWrite(target, error);
    }
  }
  for (const file of [...kept, ...stale]) await unlink(file).catch(() => {});
  const first = publications[0];
  if (first !== undefined) await syncFolder(place(first.target).folder);
}

/** Gives a file that is about to be replaced a second name; undefined where there is no file. */
async function keepAside(target: string): Promise<string | undefined> {
  const status = await statusOf(target);
  if (status === undefined) return undefined;
  if (status.isDirectory()) throw outputError("is a folder", { file: target });
  const aside = beside(target, `.firsthash-${randomName()}.old`);
  // Where there are no hard links, the older file is away for a moment.
  await link(target, aside).catch(() => rename(target, aside));
  return aside;
}

async function restore(aside: string, target: string): Promise<void> {
  await rename(aside, target);
  // A rename between two names of one file does nothing, and leaves both.
  await unlink(aside).catch(() => {});
}

/** What stands under a path, links not followed; undefined where nothing does. */
export async function statusOf(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw cannotWrite(path, error);
  }
}

/** Device and inode of what a path leads to, links followed: equal for two names of one file. */
export async function identityOf(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/** The names in a folder. */
export async function namesIn(folder: string, named: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw cannotWrite(named, error);
  }
}
