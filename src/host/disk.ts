/** What writing needs of the file system. A call that fails throws our own error for the path in question. */
import { constants } from "node:fs";
import {
  access,
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
import { dirname, join } from "node:path";
import { outputError, systemCode } from "../base/errors.ts";
import { cannotWrite } from "../base/system.ts";
import { removeLeftovers, temporaryStart } from "./leftovers.ts";
import type { PathStatus, Publication, TempFile } from "./types.ts";

/** What Node's permission model says (`node --permission`). */
const DENIED = "ERR_ACCESS_DENIED";

class OpenFile implements TempFile {
  readonly path: string;
  readonly #handle: FileHandle;
  /** What messages call it: the file that it will be. */
  readonly #named: string;

  constructor(path: string, handle: FileHandle, named: string) {
    this.path = path;
    this.#handle = handle;
    this.#named = named;
  }

  /** A single call may write less. */
  async write(block: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < block.length; ) {
        at += (await this.#handle.write(block, at, block.length - at)).bytesWritten;
      }
    } catch (error) {
      throw cannotWrite(this.#named, error);
    }
  }

  async read(into: Uint8Array, at: number): Promise<number> {
    return (await this.#handle.read(into, 0, into.length, at)).bytesRead;
  }

  async settle(): Promise<void> {
    try {
      await this.#handle.sync().catch((error) => {
        if (!isUnsupported(error)) throw error;
      });
      await this.#handle.close();
    } catch (error) {
      throw cannotWrite(this.#named, error);
    }
  }

  async discard(): Promise<void> {
    await this.#handle.close().catch(() => {});
    await unlink(this.path).catch(() => {});
  }
}

/** Not a secret: the file is opened exclusively, so a guessed name can only make us try another one. */
function randomName(): string {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2));
  return a.toString(36) + b.toString(36);
}

async function openExclusively(folder: string, start: string, named: string): Promise<TempFile> {
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
          await new OpenFile(path, handle, named).discard();
          throw error;
        }
      }
      return new OpenFile(path, handle, named);
    } catch (error) {
      if (systemCode(error) !== "EEXIST" || attempt >= 10) throw error;
    }
  }
}

/**
 * A new file of mode 0600 beside `target`, so that a rename can put it there. What a killed run left in the folder
 * is removed.
 */
export async function openBeside(target: string): Promise<TempFile> {
  const folder = dirname(target);
  await removeLeftovers(folder, ".tmp");
  try {
    return await openExclusively(folder, temporaryStart(), target);
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
    const file = await openExclusively(tmpdir(), "firsthash-", "stdout");
    await unlink(file.path).catch(() => {});
    return file;
  } catch (error) {
    throw cannotWrite("stdout", error);
  }
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
  if (first === undefined) return;
  // What a killed run was about to replace: this one has replaced it.
  if (force && publications.length > 1) await removeLeftovers(dirname(first.target), ".old");
  await syncFolder(dirname(first.target));
}

/** Gives a file that is about to be replaced a second name; undefined where there is no file. */
async function keepAside(target: string): Promise<string | undefined> {
  const status = await statusOf(target);
  if (status === undefined) return undefined;
  if (status.isDirectory()) throw outputError("is a folder", { file: target });
  const aside = join(dirname(target), `${temporaryStart()}${randomName()}.old`);
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
export async function statusOf(path: string): Promise<PathStatus | undefined> {
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

/** Asks whether files can be made in a folder. */
export async function requireWritable(folder: string, named: string): Promise<void> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw cannotWrite(named, error);
  }
}
