/**
 * Uploads that are under way: their state stands in `<file>.upload.json`. The file of such an upload must stay as
 * it is, because going on with it may mean to send it.
 */
import { basename, dirname, join, namesIn, readSmall, statusOf, utf8 } from "#host";
import { outputError } from "../base/errors.ts";

const STATE = ".upload.json";

/** A file and how far its upload is. */
export interface UploadPhase {
  readonly file: string;
  /** Undefined where there is no state, "unreadable" where it cannot be read. */
  readonly phase: string | undefined;
}

/** How far the upload of a file is, without any knowledge of uploads but this. */
export async function uploadPhase(file: string): Promise<string | undefined> {
  const path = `${file}${STATE}`;
  if ((await statusOf(path)) === undefined) return undefined;
  try {
    const { phase } = JSON.parse(utf8(await readSmall(path))) as { readonly phase?: unknown };
    return typeof phase === "string" && /^[a-z]{1,20}$/.test(phase) ? phase : "unreadable";
  } catch {
    // The parser's error quotes the text.
    return "unreadable";
  }
}

/** Whether the bytes may still have to be sent, or their answer to be read. */
export function isUnderWay(phase: string | undefined): boolean {
  return phase !== undefined && phase !== "done" && phase !== "failed";
}

/** Uploads that are under way of a file and its parts. */
export async function uploadsUnderWay(
  path: string,
  belongs: (name: string) => boolean,
): Promise<UploadPhase[]> {
  const folder = dirname(path);
  if ((await statusOf(`${folder}/.`)) === undefined) return [];
  const found: UploadPhase[] = [];
  for (const name of (await namesIn(folder, path)).sort()) {
    const own = name.slice(0, -STATE.length);
    if (!name.endsWith(STATE) || !belongs(own)) continue;
    const file = join(folder, own);
    const phase = await uploadPhase(file);
    if (isUnderWay(phase)) found.push({ file, phase });
  }
  return found;
}

/** @throws FirsthashError "output" where the upload of a file, or of one of its parts, is under way */
export async function refuseUnderWay(
  path: string,
  belongs: (name: string) => boolean = (name) => name === basename(path),
): Promise<void> {
  const [first] = await uploadsUnderWay(path, belongs);
  if (first === undefined) return;
  throw outputError(`its upload is unfinished (${first.phase})`, {
    file: first.file,
    reason: "upload-unfinished",
    hint: "go on with it with `firsthash upload`, the file, and --resume; then prepare again",
  });
}
