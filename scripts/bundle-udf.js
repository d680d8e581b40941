// dist-udf/: the rules for one cell as a script for engines that run JavaScript inside: no import, nothing of Node
// or the web, nothing that came after ECMAScript 2019. Made of the modules that the package has.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { licenses, packageOf } from "./licenses.js";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** The machine of these engines: SHA-256 and texts, and no TextEncoder. */
const host = {
  name: "host",
  resolveId: (id) => (id === "#host" ? path("dist/host/script.js") : null),
};

async function script(input) {
  const bundle = await rolldown({
    input: path(input),
    platform: "neutral",
    plugins: [host],
    // The package says that no module does anything by being imported, and this one does.
    treeshake: { moduleSideEffects: (id) => id.endsWith("/entries/polyfills.js") },
    resolve: { mainFields: ["module", "main"], conditionNames: ["browser", "import", "default"] },
    transform: { target: "es2019" },
  });
  const { output } = await bundle.generate({
    format: "iife",
    name: "firsthash",
    codeSplitting: false,
    comments: false,
    minify: { mangle: true, compress: { target: "es2019" }, codegen: { removeWhitespace: true } },
  });
  await bundle.close();
  const [chunk] = output;
  if (chunk.imports.length > 0) throw new Error(`${input} has imports left`);
  // Engines differ in the encoding that they take a script to have.
  const code = chunk.code
    .trim()
    .replace(
      /[\u007f-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  return { code, modules: chunk.moduleIds };
}

const { version } = JSON.parse(readFileSync(path("package.json"), "utf8"));
const { EMAIL_RULES, PHONE_RULES, phoneMetadataVersion } = await import(
  "../dist/identity/rules.js"
);
const emails = Object.values(EMAIL_RULES).map(({ name }) => name);

rmSync(path("dist-udf"), { recursive: true, force: true });
mkdirSync(path("dist-udf"));

/** The script, with what it is in its first line, and the types of its global. */
async function write(name, input, rules) {
  const { code, modules } = await script(input);
  const packages = [...new Set(modules.map(packageOf).filter(Boolean))].sort();
  // An import sees no variable of a script, and neither does the next row in an engine that runs the script as the
  // body of a function.
  const rest = `${code}\nif(typeof globalThis==="object")globalThis.firsthash=firsthash;\n`;
  const digest = createHash("sha256").update(rest).digest("hex");
  const head =
    `/* firsthash ${version}; rules ${rules.join(", ")}; MIT, as are ${packages.join(", ")} in it (licenses.txt); ` +
    `SHA-256 of what follows this line: ${digest} */\n`;
  writeFileSync(path(`dist-udf/${name}.js`), head + rest);
  const types = `typeof import("../${input.replace(/\.js$/, ".d.ts")}")`;
  const declared = `export {};\ndeclare global {\n  const firsthash: ${types};\n}\n`;
  writeFileSync(path(`dist-udf/${name}.d.ts`), declared);
  return modules;
}

const phones = [...emails, PHONE_RULES.name, phoneMetadataVersion()];
const modules = [
  ...(await write("firsthash.udf", "dist/entries/udf.js", phones)),
  ...(await write("firsthash.udf.email", "dist/entries/udf-email.js", emails)),
];
writeFileSync(path("dist-udf/licenses.txt"), licenses(modules).join(`\n${"-".repeat(80)}\n\n`));
