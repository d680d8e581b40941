/** What a failed call to the system is called in a message. Of the foreign error only its code is kept. */
import { FirsthashError, inputError, outputError, systemCode } from "./errors.ts";

const READING: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ERR_ACCESS_DENIED: "the permissions given to node do not allow it",
  EMFILE: "too many open files",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
  EBUSY: "the file is in use by another program",
};

const READING_HINTS: Readonly<Record<string, string>> = {
  ENOENT: "check the name, and the folder that you are in",
  EISDIR: "name the file in it",
  EBUSY: "close it there, then try again",
};

/** Our error for an input that could not be opened or read. */
export function cannotRead(file: string, error: unknown): FirsthashError {
  if (error instanceof FirsthashError) return error;
  const code = systemCode(error);
  const reason = (code === undefined ? undefined : READING[code]) ?? code ?? "reading failed";
  const hint =
    (code === undefined ? undefined : READING_HINTS[code]) ?? "check that you may read it";
  return inputError(`cannot be read: ${reason}`, { file, hint });
}

/**
 * Our error for an iterable of the caller's that threw. That error is the caller's own and stands as `cause`; the
 * message says nothing of it, because it may quote a row.
 */
export function callersError(file: string, error: unknown): FirsthashError {
  if (error instanceof FirsthashError) return error;
  const code = systemCode(error) ?? "";
  // Any text may be called a code; the system's have a form.
  const known = /^E[A-Z0-9_]{2,30}$/.test(code) ? code : "its source failed";
  const reason = READING[code] ?? known;
  const hint = "what the source threw is the `cause` of this error";
  return new FirsthashError("input", `cannot be read: ${reason}`, { file, hint, cause: error });
}

const WRITING: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "the disk quota is used up",
  EEXIST: "a file of this name was made meanwhile",
  EFBIG: "the file is too large for the file system",
  EIO: "the disk failed",
  EISDIR: "it is a folder",
  EMFILE: "too many open files",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "the folder does not exist",
  ENOSPC: "no space is left on the disk",
  ENOTDIR: "the folder is not a folder",
  EPIPE: "its reader has left",
  EPERM: "operation not permitted",
  EROFS: "the file system is read-only",
  ERR_ACCESS_DENIED: "the permissions given to node do not allow it",
};

/** Our error for an output that could not be written. */
export function cannotWrite(path: string, error: unknown): FirsthashError {
  if (error instanceof FirsthashError) return error;
  const code = systemCode(error) ?? "unknown error";
  return outputError(`cannot write: ${WRITING[code] ?? code}`, { file: path });
}
