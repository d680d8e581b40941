/**
 * `disk.ts` where there is no disk: a drawer of names and blobs, in which one file replaces another in one
 * step. A finished block of bytes is sealed in a Blob, which a browser may keep outside of the memory.
 */
import { cannotWrite } from "../../base/system.ts";
import type { PathStatus, Publication, TempFile } from "../types.ts";

/** The files that there are. The page puts in what is to be read by name and takes out what was written. */
export const drawer: Map<string, Blob> = new Map();

/** Bytes that are gathered before they are sealed. */
const SEAL = 8 * 1024 * 1024;

class BlobFile implements TempFile {
  readonly path: string;
  #sealed: Blob[] = [];
  #blocks: Uint8Array<ArrayBuffer>[] = [];
  #open = 0;

  constructor(path: string) {
    this.path = path;
  }

  async write(block: Uint8Array): Promise<void> {
    // The writer may fill the memory of a block again.
    this.#blocks.push(new Uint8Array(block));
    this.#open += block.length;
    if (this.#open >= SEAL) this.#seal();
  }

  async read(into: Uint8Array, at: number): Promise<number> {
    this.#seal();
    const part = new Blob(this.#sealed).slice(at, at + into.length);
    const bytes = new Uint8Array(await part.arrayBuffer());
    into.set(bytes);
    return bytes.length;
  }

  async settle(): Promise<void> {
    this.#seal();
    drawer.set(this.path, new Blob(this.#sealed));
  }

  async discard(): Promise<void> {
    drawer.delete(this.path);
    this.#sealed = [];
    this.#blocks = [];
  }

  #seal(): void {
    this.#sealed.push(new Blob(this.#blocks));
    this.#blocks = [];
    this.#open = 0;
  }
}

let temporary = 0;

export async function openBeside(target: string): Promise<TempFile> {
  return new BlobFile(`${target}.${++temporary}.tmp`);
}

export async function openSpool(): Promise<TempFile> {
  return new BlobFile(`spool.${++temporary}.tmp`);
}

export async function publish(
  publications: readonly Publication[],
  { force, stale }: { readonly force: boolean; readonly stale: readonly string[] },
): Promise<void> {
  const made = publications.find(({ target }) => !force && drawer.has(target));
  if (made !== undefined) throw cannotWrite(made.target, { code: "EEXIST" });
  for (const { temp, target } of publications) {
    const blob = drawer.get(temp);
    if (blob === undefined) throw cannotWrite(target, { code: "ENOENT" });
    drawer.delete(temp);
    drawer.set(target, blob);
  }
  for (const path of stale) drawer.delete(path);
}

const FILE: PathStatus = {
  isFile: () => true,
  isDirectory: () => false,
  isSymbolicLink: () => false,
};
const FOLDER: PathStatus = { ...FILE, isFile: () => false, isDirectory: () => true };

/** There is a folder wherever one is asked for. */
export async function statusOf(path: string): Promise<PathStatus | undefined> {
  if (path.endsWith("/.")) return FOLDER;
  return drawer.has(path) ? FILE : undefined;
}

export async function identityOf(path: string): Promise<string | undefined> {
  return drawer.has(path) ? path : undefined;
}

export async function namesIn(folder: string, _named: string): Promise<string[]> {
  const start = folder === "." ? "" : `${folder.replace(/\/$/, "")}/`;
  return [...drawer.keys()]
    .filter((path) => path.startsWith(start))
    .map((path) => path.slice(start.length))
    .filter((name) => !name.includes("/"));
}

export async function requireWritable(_folder: string, _named: string): Promise<void> {}
