/** `path.ts` where there is no disk: names of files are still paths, with `/` and no folder that one is in. */

export const sep: "/" | "\\" = "/" as "/" | "\\";

export function basename(path: string): string {
  const trimmed = trimEnd(path);
  return trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

export function dirname(path: string): string {
  const trimmed = trimEnd(path);
  const at = trimmed.lastIndexOf("/");
  if (at === -1) return isAbsolute(path) ? "/" : ".";
  return trimEnd(trimmed.slice(0, at)) || "/";
}

export function isAbsolute(path: string): boolean {
  return path.startsWith("/");
}

export function join(...parts: string[]): string {
  const path = parts.filter((part) => part !== "").join("/");
  const root = path.startsWith("/") ? "/" : "";
  const end = path.endsWith("/") ? "/" : "";
  const text = steps(path).join("/");
  if (text === "") return root || (end === "" ? "." : "./");
  return `${root}${text}${end}`;
}

/** The way from a folder to a path. Both are relative, or both absolute. */
export function relative(from: string, to: string): string {
  const start = steps(from);
  const target = steps(to);
  let same = 0;
  while (same < start.length && same < target.length && start[same] === target[same]) same++;
  return [...start.slice(same).map(() => ".."), ...target.slice(same)].join("/");
}

/** The names that a path goes through, `.` and `..` worked out. */
function steps(path: string): string[] {
  const found: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") found.push(name);
    else if (found.length > 0 && found.at(-1) !== "..") found.pop();
    else if (!isAbsolute(path)) found.push("..");
  }
  return found;
}

function trimEnd(path: string): string {
  return path.replace(/\/+$/, "");
}
