/** `files.ts` where there is no disk: what is read was put in the drawer of `disk.ts` before. */
import { blobInput } from "../blob.ts";
import type { InputFile } from "../types.ts";
import { drawer } from "./disk.ts";

export async function openInput(path: string, _signal?: AbortSignal): Promise<InputFile> {
  return blobInput(taken(path), path);
}

export async function readSmall(path: string): Promise<Uint8Array> {
  return new Uint8Array(await taken(path).arrayBuffer());
}

function taken(path: string): Blob {
  const blob = drawer.get(path);
  if (blob === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
  return blob;
}
