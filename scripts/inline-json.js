// Puts the JSON files that modules import into these modules: Node 20 prints a warning for an import of JSON,
// and what is read in another way no bundler finds.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const IMPORT = /^import (\w+) from "(\.[^"]+\.json)" with \{ type: "json" \};$/gm;
const folder = fileURLToPath(new URL("../dist/", import.meta.url));

for (const name of readdirSync(folder, { recursive: true })) {
  if (!name.endsWith(".js")) continue;
  const file = `${folder}${name}`;
  const text = readFileSync(file, "utf8");
  const inlined = text.replace(IMPORT, (_, binding, path) => {
    const value = JSON.parse(readFileSync(new URL(path, pathToFileURL(file)), "utf8"));
    // A text for JSON.parse is read faster than the same as JavaScript.
    return `const ${binding} = JSON.parse(${JSON.stringify(JSON.stringify(value))});`;
  });
  if (inlined !== text) writeFileSync(file, inlined);
}
