// The command line out of dist/ as a few CommonJS files in dist-cli/lib/: finding, reading and linking 130 modules
// takes longer than a small run. The packages that these modules import are bundled too, their licenses
// beside them. The library stays as it is in dist/.
//
// The commands that reach a network are a bundle of their own, in dist-upload/lib/, which shares no file with
// the other one: what reads people is not in it, and no way to a network is in the other.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { licenses, packageOf } from "./licenses.js";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** What a module of ours imports at once: files of ours and names of packages. */
function loadedWith(file, found) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, name] of readFileSync(file, "utf8").matchAll(
    /^(?:im|ex)port\b[^;"'(]*"([^"]+)";/gm,
  )) {
    if (name === "#host") loadedWith(path("dist/host/node.js"), found);
    else if (name.startsWith(".")) loadedWith(resolve(dirname(file), name), found);
    else found.add(/^(?:@[^/]+\/)?[^/]+/.exec(name)[0]);
  }
  return found;
}

/** One file for all that is loaded together. The rest is cut where the commands need it. */
function group(name, ...entries) {
  const together = new Set();
  for (const entry of entries) loadedWith(path(entry), together);
  return { name, test: (id) => together.has(packageOf(id) ?? id) };
}

// Commander can start other programs as its subcommands. This command line never does, and loading what
// that takes costs more than all of commander.
const noPrograms = {
  name: "no-programs",
  resolveId: (id, importer = "") =>
    id === "node:child_process" && importer.includes("commander") ? "\0no-programs" : null,
  load: (id) => (id === "\0no-programs" ? "export default {}" : null),
};

/** The commands that reach a network: `src/cli/` of these names, and nothing else, imports `src/upload/`. */
const NETWORK = ["accounts", "goals", "login", "logout", "results", "upload"];
const networkFiles = new Set(NETWORK.map((name) => path(`dist/cli/${name}.js`)));

const toOtherBundle = {
  name: "to-other-bundle",
  resolveId(id, importer) {
    if (importer === undefined || !id.startsWith(".")) return null;
    const file = resolve(dirname(importer), id);
    if (!networkFiles.has(file)) return null;
    return { id: `../../dist-upload/lib/${basename(file, ".js")}.cjs`, external: true };
  },
};

async function write(folder, options, groups = []) {
  rmSync(path(folder), { recursive: true, force: true });
  const bundle = await rolldown({
    platform: "node",
    // A table of options is imported where it is printed and, by others, only when its command is typed.
    checks: { ineffectiveDynamicImport: false },
    ...options,
  });
  const { output } = await bundle.write({
    dir: path(`${folder}/lib`),
    format: "cjs",
    comments: false,
    entryFileNames: "[name].cjs",
    // Tables of options are all called options.ts; their rooms tell them apart.
    chunkFileNames: ({ name, facadeModuleId }) =>
      name === "options" ? `${basename(dirname(facadeModuleId ?? ""))}-options.cjs` : "[name].cjs",
    codeSplitting: { groups },
  });
  await bundle.close();
  const modules = output.flatMap(({ moduleIds = [] }) => moduleIds);
  const texts = licenses(modules);
  writeFileSync(path(`${folder}/licenses.txt`), texts.join(`\n${"-".repeat(80)}\n\n`));
  // What is in it, for a look and for the tests.
  const names = modules.filter((id) => !id.startsWith("\0")).map((id) => relative(path("."), id));
  writeFileSync(path(`${folder}/modules.txt`), `${names.sort().join("\n")}\n`);
}

await write("dist-cli", { input: path("dist/cli/main.js"), plugins: [toOtherBundle, noPrograms] }, [
  group("start", "dist/cli/main.js"),
  group("common", "dist/cli/prepare.js"),
]);
await write("dist-upload", {
  input: Object.fromEntries(NETWORK.map((name) => [name, path(`dist/cli/${name}.js`)])),
  // Optional: where they are not installed, the run goes on without.
  external: ["@napi-rs/keyring", "open"],
});
