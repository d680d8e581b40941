/** Lays a scene out in folders of its own, and searches all that a run left or said for its canaries. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Leak } from "../helpers/canaries.ts";
import { type RunResult, scratch } from "../helpers/run.ts";
import type { Scene } from "./scenes.ts";

export interface Folders {
  readonly input: string;
  readonly work: string;
  readonly temp: string;
  readonly home: string;
}

export function layOut(scene: Scene): Folders {
  const root = scratch();
  const folders = {
    input: join(root, "in"),
    work: join(root, "work"),
    temp: join(root, "tmp"),
    home: join(root, "home"),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder);
  for (const [name, content] of Object.entries(scene.files)) {
    writeFileSync(join(folders.input, name), content);
  }
  return folders;
}

/** Every file below the folders that the run could write to, with its content. */
export function filesLeft({ work, temp, home, input }: Folders, given: Scene): Map<string, Buffer> {
  const left = new Map<string, Buffer>();
  for (const folder of [work, temp, home, input]) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (folder === input && entry.name in given.files) continue;
      const path = join(entry.parentPath, entry.name);
      left.set(
        path.slice(join(input, "..").length + 1),
        entry.isFile() ? readFileSync(path) : Buffer.alloc(0),
      );
    }
  }
  return left;
}

export function leaksOf(scene: Scene, folders: Folders, result: RunResult): Leak[] {
  const places: [string, Uint8Array | string][] = [
    ["stdout", result.stdout],
    ["stderr", result.stderr],
    ...filesLeft(folders, scene),
  ];
  // The name of a file is a place too.
  return places.flatMap(([place, bytes]) => [
    ...scene.canaries.leaks(bytes, place),
    ...scene.canaries.leaks(place, "a file's name"),
  ]);
}
