/** Paths, as far as we take them apart. */
import { basename, dirname, join } from "node:path";

/** The folder of an output and its name there. */
export function place(path: string): { folder: string; name: string } {
  return { folder: dirname(path), name: basename(path) };
}

/** `name` in the folder of `path`. */
export function beside(path: string, name: string): string {
  return join(dirname(path), name);
}
