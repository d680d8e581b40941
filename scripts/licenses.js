// The licenses of what a bundle holds.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** The name of the package that a file belongs to, undefined for one of ours. */
export const packageOf = (file) =>
  /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll("\\", "/"))?.[1];

/** @param files what was bundled @returns name, version and license of each package among them */
export function licenses(files) {
  const names = new Set(files.map(packageOf).filter(Boolean));
  return [...names].sort().map((name) => {
    const folder = path(`node_modules/${name}`);
    const { version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no license file`);
    return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
  });
}
