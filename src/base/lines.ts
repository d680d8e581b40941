/**
 * Lines of several files as one number each, so that counts need not know of files: the file's number, then the line.
 * A line of the first file, and of an input that is one file, is the number itself.
 */

/** No file has more lines. */
const LINES = 2 ** 36;

/** @param file 0-based */
export function lineInFile(file: number, line: number): number {
  return file * LINES + line;
}

/** 0-based number of the file. */
export function fileOf(line: number): number {
  return Math.floor(line / LINES);
}

/** The line within its file. */
export function lineOf(line: number): number {
  return line % LINES;
}
