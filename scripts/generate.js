// Writes the files that are made from the code: docs/cli.md from the help texts, schema/config.json from
// the table of options. `npm run generate` writes them; a test fails when they are out of date.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { configSchema } from "../dist/cli/config.js";
import { buildProgram } from "../dist/cli/main.js";

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
    return `## ${title}\n\n\`\`\`text\n${command.helpInformation().trimEnd()}\n\`\`\`\n`;
  });
  return [
    "# Command reference",
    "",
    "The help texts of the commands, as `npm run generate` takes them from the program.",
    "",
    ...sections,
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, content] of Object.entries(await generated())) {
    writeFileSync(new URL(`../${path}`, import.meta.url), content);
  }
}
