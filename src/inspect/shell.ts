/** Words for a command line that is to be pasted where the user stands: a POSIX shell, or those of Windows. */
import { sep } from "#host";

/** Letters of file names that mean nothing to a shell, at any place of a word. */
const PLAIN = /^[\p{L}\p{N}_.,/][\p{L}\p{N}_.,:/=@%+-]*$/u;

/** A word as it must be written. */
export function shellWord(text: string): string {
  return sep === "\\" ? windowsWord(text) : posixWord(text);
}

/** A path as it must be written: one that begins with a dash would be an option, and `-` standard input. */
export function shellPath(path: string): string {
  return shellWord(path.startsWith("-") ? `.${sep}${path}` : path);
}

/** With the double quotes that all shells know, where they suffice. */
function posixWord(text: string): string {
  if (PLAIN.test(text)) return text;
  if (/\p{Cc}/u.test(text)) return ansiWord(text);
  return /["$`!\\]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}

/** `$'…'` of bash and zsh: a line break would end the line that is pasted. */
function ansiWord(text: string): string {
  const escaped = text.replace(/[\\']/g, "\\$&").replace(/\p{Cc}/gu, (control) => {
    const code = control.charCodeAt(0);
    return code < 0x80
      ? `\\x${code.toString(16).padStart(2, "0")}`
      : `\\u${code.toString(16).padStart(4, "0")}`;
  });
  return `$'${escaped}'`;
}

/** File names have no double quotes there. */
function windowsWord(text: string): string {
  return /^[\p{L}\p{N}_.,:/\\=@+-]+$/u.test(text) ? text : `"${text.replaceAll('"', '\\"')}"`;
}
