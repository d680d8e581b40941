/** Small JSON files of the user's own: the configuration and the goal map. */
import { readFile } from "node:fs/promises";
import { inputError, usageError } from "../base/errors.ts";
import { cannotRead } from "./source.ts";

/** More is not a file that a person wrote. */
const MAX_BYTES = 16 * 1024 * 1024;

export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws FirsthashError "input" naming the file, and the line and column of what is not JSON. */
export async function readJsonObject(path: string): Promise<JsonObject> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw cannotRead(path, error);
  }
  if (bytes.length > MAX_BYTES) throw inputError("is too large for a JSON file", { file: path });
  const text = new TextDecoder().decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw inputError("is not valid JSON", { file: path, ...place(error, text) });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw usageError(`${path}: must hold one JSON object, { … }`);
  }
  return value as JsonObject;
}

/** The parser's message quotes the text; only the number in it is taken. */
function place(error: unknown, text: string): { line?: number; column?: number } {
  const at = /at position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  if (at === undefined) return {};
  const before = text.slice(0, Number(at)).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
