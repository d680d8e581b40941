// Writes the files that are made from the code: docs/cli.md from the help texts, schema/config.json from
// the table of options. `npm run generate` writes them; a test fails when they are out of date.
//
// `node scripts/generate.js --country-names` writes the names of countries, from this Node's Unicode CLDR. They
// are a file because the runtime that hashes must not decide which names it knows.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { getCountries } from "libphonenumber-js/max";
import { configSchema } from "../dist/cli/config.js";
import { buildProgram, exitCodes } from "../dist/cli/main.js";

/** Path in the project → content. */
export async function generated() {
  return {
    "docs/cli.md": await reference(),
    "schema/config.json": `${JSON.stringify(configSchema(), null, 2)}\n`,
  };
}

async function reference() {
  const program = await buildProgram();
  const commands = program.commands.filter((command) => command.name() !== "help");
  const sections = [program, ...commands].map((command) => {
    command.configureHelp({ helpWidth: 100, showGlobalOptions: false });
    const title = command === program ? "firsthash" : `firsthash ${command.name()}`;
    const after = command === program ? `\n${exitCodes()}` : "";
    return `## ${title}\n\n\`\`\`text\n${command.helpInformation().trimEnd()}${after}\n\`\`\`\n`;
  });
  return [
    "# Command reference",
    "",
    "The help texts of the commands, as `npm run generate` takes them from the program.",
    "",
    ...sections,
  ].join("\n");
}

const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "ja"];

/** The names of all regions with a numbering plan, in eight languages and their own. */
export function countryNames() {
  const lines = getCountries()
    .toSorted()
    .map((region) => {
      const own = new Intl.Locale(`und-${region}`).maximize().language;
      const names = [...LANGUAGES, own].flatMap((language) =>
        ["long", "short"].flatMap((style) => {
          const options = { type: "region", style, fallback: "none" };
          const name = new Intl.DisplayNames([language], options).of(region);
          // Two Latin letters may be another country's code: R.-U. is short for the United Kingdom in French.
          return name === undefined || /^[a-z]\W*[a-z]\W*$/i.test(name) ? [] : [name];
        }),
      );
      return `  ${region}: ${JSON.stringify([...new Set(names)].join("|"))},\n`;
    });
  return [
    "/**",
    " * Names of countries in English, German, French, Spanish, Italian, Portuguese, Dutch and Japanese, and in",
    " * the main language of each. Written by scripts/generate.js from `Intl.DisplayNames`, once.",
    " */",
    `export const CLDR_VERSION = ${JSON.stringify(process.versions.cldr)};`,
    "",
    "/** By ISO 3166-1 alpha-2 code, parted by `|`. */",
    "export const CLDR_NAMES: Readonly<Record<string, string>> = {",
    `${lines.join("")}};`,
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = process.argv.includes("--country-names")
    ? { "src/identity/country-names-cldr.ts": countryNames() }
    : await generated();
  for (const [path, content] of Object.entries(made)) {
    writeFileSync(new URL(`../${path}`, import.meta.url), content);
  }
}
