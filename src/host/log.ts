/** Files that grow, and locks between processes of one machine. */
import { appendFile, mkdtemp, open, readFile, rm, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kill, pid as ownPid } from "node:process";
import { systemCode } from "../base/errors.ts";
import { cannotWrite } from "../base/system.ts";

/**
 * Writes behind the first `at` bytes of a file that is there, and gets it onto the disk. What stood behind them
 * is cut off first.
 *
 * @throws FirsthashError "output"
 */
export async function appendSynced(
  path: string,
  at: number,
  blocks: Iterable<Uint8Array>,
): Promise<void> {
  try {
    const handle = await open(path, "r+");
    try {
      await handle.truncate(at);
      let end = at;
      for (const block of blocks) {
        for (let from = 0; from < block.length; ) {
          const { bytesWritten } = await handle.write(block, from, block.length - from, end);
          from += bytesWritten;
          end += bytesWritten;
        }
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** Removes a file; that it is not there is as good. @throws FirsthashError "output" */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw cannotWrite(path, error);
  }
}

/** Locks of this process. */
const own = new Set<string>();

/**
 * Makes a lock file, which names its process. One whose processes are all gone was left by a kill, and is taken over.
 *
 * @returns what gives the lock back, or undefined where another process holds it
 * @throws FirsthashError "output"
 */
export async function takeLock(path: string): Promise<(() => Promise<void>) | undefined> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(path, "wx", 0o600);
      await handle.writeFile(`${ownPid}\n`).finally(() => handle.close());
      own.add(path);
      return () => {
        own.delete(path);
        return removeFile(path);
      };
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw cannotWrite(path, error);
    }
    if (await isHeld(path)) return undefined;
    await removeFile(path);
  }
  return undefined;
}

/** An empty one is being made, or was when its process was killed: it is given a moment. */
async function isHeld(path: string): Promise<boolean> {
  let text = await readLock(path);
  if (text === "") {
    await new Promise((resolve) => setTimeout(resolve, 200));
    text = await readLock(path);
  }
  const pids = (text ?? "").match(/\d+/g) ?? [];
  // Our own number in a lock that is not ours: in a container the numbers are the same after each start.
  return pids.map(Number).some((pid) => (pid === ownPid ? own.has(path) : isAlive(pid)));
}

async function readLock(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw cannotWrite(path, error);
  }
}

function isAlive(pid: number): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return systemCode(error) === "EPERM";
  }
}

/** Writes another process into a lock of ours: the lock is held as long as one of them lives. */
export async function nameInLock(path: string, pid: number): Promise<void> {
  await appendFile(path, `${pid}\n`).catch((error) => {
    throw cannotWrite(path, error);
  });
}

/** A folder that nobody else may open, among the system's temporary ones. */
export async function openPrivateFolder(): Promise<{
  readonly path: string;
  remove(): Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), "firsthash-")).catch((error) => {
    throw cannotWrite("temporary folder", error);
  });
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
