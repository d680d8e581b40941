/**
 * A lock between processes of one user: a file that only one can make. A refresh token is good once, so reading
 * it, using it and storing the next one is one step.
 */
import { open, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { systemCode } from "../../base/errors.ts";
import { cannotWrite } from "../../base/system.ts";
import { makeFolder } from "./file.ts";

/** Milliseconds. No refresh takes as long; a lock that old was left by a process that died. */
const STALE = 60_000;
const BETWEEN = 100;

/** Runs `work` while no other process that asks for the same lock does. */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await makeFolder(folder);
  const path = join(folder, "credentials.lock");
  await take(path);
  try {
    return await work();
  } finally {
    await unlink(path).catch(() => {});
  }
}

async function take(path: string): Promise<void> {
  for (;;) {
    try {
      await (await open(path, "wx", 0o600)).close();
      return;
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw cannotWrite(path, error);
    }
    if (await isStale(path)) await unlink(path).catch(() => {});
    else await new Promise((resolve) => setTimeout(resolve, BETWEEN));
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > STALE;
  } catch {
    return false;
  }
}
