/**
 * Files of a run that was killed. Nobody could clean up behind it, so the next run that writes to the folder does:
 * a temporary name says which process of which machine it belongs to, and a process that is no more does not come
 * back for it.
 */
import { readlinkSync } from "node:fs";
import { readdir, stat, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { kill, pid as ownPid, uptime } from "node:process";
import { systemCode } from "../base/errors.ts";
import { hexDigest } from "./sha256.ts";

const START = ".firsthash-";

let machine: string | undefined;

/** The machine, and on Linux the space in which its process numbers count: containers may share a folder. */
function machineTag(): string {
  if (machine !== undefined) return machine;
  let space = "";
  try {
    space = readlinkSync("/proc/self/ns/pid");
  } catch {}
  machine = hexDigest(`${hostname()} ${space}`).slice(0, 8);
  return machine;
}

/** How the names of this process begin, beside the file that they are for. */
export function temporaryStart(): string {
  return `${START}${machineTag()}-${ownPid}-`;
}

/**
 * Removes what killed runs of this machine left in a folder. What may be in use, or is of another machine, stays.
 *
 * @param end `.tmp` for files that were being written, `.old` for files that were being replaced
 */
export async function removeLeftovers(folder: string, end: ".tmp" | ".old"): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(START) || !name.endsWith(end)) continue;
    const [tag, pid] = name.slice(START.length).split("-");
    const path = join(folder, name);
    if (tag === machineTag() && (await isOver(Number(pid), path))) {
      await unlink(path).catch(() => {});
    }
  }
}

/** Whether the process that made a file is no more. */
async function isOver(pid: number, path: string): Promise<boolean> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  if (pid === ownPid) return isOlderThanProcess(path);
  try {
    kill(pid, 0);
    return false;
  } catch (error) {
    return systemCode(error) === "ESRCH";
  }
}

/** In a container each run may have the same number. */
async function isOlderThanProcess(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => undefined);
  const started = Date.now() - uptime() * 1000;
  return status !== undefined && status.ctimeMs < started - 1000;
}
