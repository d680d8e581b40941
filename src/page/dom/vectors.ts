/** Files of published vectors, by the rules that their names say. */
import type { Vector, VectorRules } from "../../testing/vectors.ts";

/** @returns undefined where one of the files is none */
export async function readVectors(
  files: readonly File[],
): Promise<Readonly<Partial<Record<VectorRules, readonly Vector[]>>> | undefined> {
  const all: Partial<Record<VectorRules, Vector[]>> = {};
  try {
    for (const file of files) {
      const { vectors } = JSON.parse(await file.text()) as { readonly vectors: readonly Vector[] };
      for (const vector of vectors) {
        const { rules } = vector;
        const group = all[rules] ?? [];
        all[rules] = group;
        group.push(vector);
      }
    }
  } catch {
    return undefined;
  }
  return Object.keys(all).length === 0 ? undefined : all;
}
