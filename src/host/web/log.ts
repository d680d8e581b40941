/** `log.ts` in the drawer of `disk.ts`. One page has one drawer, so nobody else holds a lock. */
import { cannotWrite } from "../../base/system.ts";
import { drawer } from "./disk.ts";

export async function appendSynced(
  path: string,
  at: number,
  blocks: Iterable<Uint8Array>,
): Promise<void> {
  const before = drawer.get(path);
  if (before === undefined) throw cannotWrite(path, { code: "ENOENT" });
  const copies = Array.from(blocks, (block) => new Uint8Array(block));
  drawer.set(path, new Blob([before.slice(0, at), ...copies]));
}

export async function removeFile(path: string): Promise<void> {
  drawer.delete(path);
}

export async function takeLock(_path: string): Promise<(() => Promise<void>) | undefined> {
  return async () => {};
}

export async function nameInLock(_path: string, _pid: number): Promise<void> {}

export async function openPrivateFolder(): Promise<{
  readonly path: string;
  remove(): Promise<void>;
}> {
  return { path: "private", remove: async () => {} };
}
