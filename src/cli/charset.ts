/** Marks of our own texts in ASCII, for a screen or a log that would show something else in their place. */

const MARKS: Readonly<Record<string, string>> = {
  "→": "->",
  "…": "...",
  "–": "-",
  "“": '"',
  "”": '"',
};

/** @returns the text with our marks in ASCII; what is quoted, a header that may be pasted, stays as it is */
export function withPlainMarks(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|[→…–“”]/g, (mark) => MARKS[mark] ?? mark);
}

/**
 * True where marks beyond ASCII would be spoiled. On Windows a terminal takes text as it is, whatever its code
 * page; what reads a pipe or a log (PowerShell 5, cmd) takes UTF-8 for the code page. Elsewhere the locale
 * says so; one that names no encoding, as in most containers, says nothing.
 */
export function needsPlainMarks(
  { isTTY }: { readonly isTTY?: boolean },
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): boolean {
  if (env.TERM === "dumb") return true;
  if (platform === "win32") return isTTY !== true;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  const encoding = /\.([\w-]+)/.exec(locale)?.[1];
  return encoding !== undefined && !/^utf-?8$/i.test(encoding);
}
