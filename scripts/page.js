// The page: src/page/ → dist-page/firsthash.html, one file that opens from disk or any host, and its SHA-256.
//
// The outer document holds nothing but the policy and a sandboxed frame, and has no script. Frames of srcdoc are
// under the policy of their parent too, so that one policy holds for all three: the outer document, the frame
// with our own code, and the worker, where all packages are. What the sandbox and the parent's `frame-src` add
// is what no policy covers: navigation, new windows and WebRTC.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { licenses } from "./licenses.js";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const FOLDER = "dist-page";

/** The published vectors are half of the page's size. Who wants to compute them hands them in. */
const noVectors = {
  name: "no-vectors",
  resolveId: (id) => (id === "./vectors.ts" ? "\0no-vectors" : null),
  load: (id) => (id === "\0no-vectors" ? "export const vectors = {};" : null),
};

/** libphonenumber-js for browsers of today: the same modules, without helpers for those that had no classes. */
const modernPhones = {
  name: "modern-phones",
  resolveId: {
    order: "pre",
    async handler(id, importer, options) {
      const found = await this.resolve(id, importer, { ...options, skipSelf: true });
      const old = "/libphonenumber-js/es6/";
      if (!found?.id.includes(old)) return null;
      // The package says that its modules do nothing but export.
      return {
        id: found.id.replace(old, "/libphonenumber-js/es6-modern/"),
        moduleSideEffects: false,
      };
    },
  },
};

/** Names are chosen in the page and never typed, so none is likely to be meant by another. */
const noGuesses = {
  name: "no-guesses",
  resolveId: (id) => (id === "leven" ? "\0no-guesses" : null),
  load: (id) => (id === "\0no-guesses" ? "export const closestMatch = () => undefined;" : null),
};

/** What options say for themselves on the command line; the page has texts of its own. */
const noHelp = {
  name: "no-help",
  transform(code, id) {
    if (!/\/src\/[a-z]+\/(?:shared-)?options\.ts$/.test(id)) return null;
    const text = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/;
    const help = new RegExp(
      `\\bhelp:\\s*(?:${text.source})(?:\\s*\\+\\s*(?:${text.source}))*`,
      "g",
    );
    return { code: code.replace(help, 'help: ""'), map: null };
  },
};

/** A page has no file that outlives it, so it can keep no ledger, and its settings have none. */
const noLedger = {
  name: "no-ledger",
  resolveId: (id, importer = "") =>
    id === "./ledger.ts" && importer.endsWith("prepare/prepare.ts") ? "\0no-ledger" : null,
  load: (id) =>
    id === "\0no-ledger" ? "export const RunLedger = { ask: async () => undefined };" : null,
};

/** Nor a manifest: what it makes is kept by whoever saves it. */
const noManifest = {
  name: "no-manifest",
  resolveId: (id) => (id.endsWith("/manifest.ts") ? "\0no-manifest" : null),
  load: (id) =>
    id === "\0no-manifest"
      ? "export const writeRunManifest = async () => undefined; export const writeManifest = writeRunManifest;"
      : null,
};

const WORKER = {
  input: path("src/page/worker.ts"),
  plugins: [noVectors, noHelp, noLedger, noManifest, noGuesses, modernPhones],
  alias: {
    // The parser that is behind csv-parse's stream.
    "csv-parse-core": path("node_modules/csv-parse/lib/api/index.js"),
    "csv-parse": path("scripts/page-packages/csv-parse.ts"),
    "temporal-polyfill$": path("scripts/page-packages/temporal.ts"),
  },
  transform: { inject: { Buffer: [path("scripts/page-packages/buffer.ts"), "Buffer"] } },
};

/** The page hashes nothing but the style of the report, which is known here: no package is in it. */
const styleDigest = {
  name: "style-digest",
  resolveId: (id) => (id === "#host" ? "\0style-digest" : null),
  async load(id) {
    if (id !== "\0style-digest") return null;
    const { STYLE } = await import("../dist/report/html/document.js");
    const digest = createHash("sha256").update(STYLE).digest("hex");
    return `export const hexDigest = () => "${digest}";`;
  },
};

const PAGE = { input: path("src/page/dom/main.ts"), plugins: [styleDigest] };

/** @returns one script, and the files that it was made of */
async function bundle({ input, plugins = [], alias = {}, transform = {} }) {
  const built = await rolldown({
    input,
    plugins,
    transform,
    platform: "browser",
    // Its paths lead to the room of Node.
    tsconfig: false,
    resolve: { alias: { "#host": path("src/host/browser.ts"), ...alias } },
  });
  const { output } = await built.generate({
    format: "iife",
    minify: true,
    comments: false,
    codeSplitting: false,
  });
  await built.close();
  if (output.length !== 1) throw new Error(`${input} gave ${output.length} files`);
  const [{ code, moduleIds }] = output;
  return { code: asInline(code), modules: moduleIds };
}

/** A script that can stand inside of HTML. A parser of HTML would change line ends and drop what is no character. */
export function asInline(code) {
  const safe = code.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  if (/[\0\r]/.test(safe)) throw new Error("a parser of HTML would change the script");
  return safe.trim();
}

const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** An attribute between single quotes: a page is full of double ones. */
const attribute = (text) => text.replace(/&(?=[#A-Za-z])/g, "&amp;").replaceAll("'", "&#39;");

/** What the browser is told. The same for all three parts. */
export function policyOf(scripts, styles) {
  return [
    "default-src 'none'",
    `script-src ${scripts.map(hashOf).join(" ")}`,
    `style-src ${styles.map(hashOf).join(" ")}`,
    "worker-src blob:",
    "frame-src blob:",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types firsthash",
    "webrtc 'block'",
  ].join("; ");
}

const OUTER_STYLE =
  "html{color-scheme:light dark}body{margin:0}iframe{position:fixed;inset:0;inline-size:100%;block-size:100%;border:0}";

/** @param parts the scripts and the style as they stand in the file, and the licenses of packages as a comment */
export function renderPage({ worker, page, style, notices = "" }) {
  const policy = policyOf([page], [OUTER_STYLE, style]);
  const inner = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>firsthash</title>
<style>${style}</style>
</head>
<body>
<div id="page"></div>
<p id="status" class="unseen" role="status"></p>
<script type="text/plain" id="worker">${worker}</script>
<script>${page}</script>
</body>
</html>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>firsthash: upload files for Microsoft Advertising</title>
<style>${OUTER_STYLE}</style>
</head>
<body>
<iframe title="firsthash" sandbox="allow-scripts allow-downloads" srcdoc='${attribute(inner)}'></iframe>
</body>
</html>
${notices}`;
}

/** CSS without comments and indentation. */
const plainCss = (css) =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s*\n\s*/g, "")
    .trim();

/** Builds the page. @returns its text, and the files that its two scripts were made of */
export async function buildPage() {
  const [worker, page] = [await bundle(WORKER), await bundle(PAGE)];
  const { REPORT_STYLE } = await import("../dist/report/html/style.js");
  const style = `${REPORT_STYLE}\n${plainCss(readFileSync(path("src/page/page.css"), "utf8"))}`;
  const texts = licenses([...worker.modules, ...page.modules]);
  // A comment ends at two dashes.
  const notices = `<!--\nThe packages in this file and their licenses.\n\n${texts
    .join("\n")
    .replace(/-(?=-)/g, "- ")
    .replaceAll("\r", "")}-->\n`;
  const html = renderPage({ worker: worker.code, page: page.code, style, notices });
  return { html, worker: worker.modules, page: page.modules };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await buildPage();
  rmSync(path(FOLDER), { recursive: true, force: true });
  mkdirSync(path(FOLDER));
  writeFileSync(path(`${FOLDER}/firsthash.html`), built.html);
  const sum = createHash("sha256").update(built.html).digest("hex");
  writeFileSync(path(`${FOLDER}/firsthash.html.sha256`), `${sum}  firsthash.html\n`);
  const names = (ids) =>
    ids.filter((id) => !id.startsWith("\0")).map((id) => relative(path("."), id));
  const lists = Object.entries({ worker: built.worker, page: built.page });
  writeFileSync(
    path(`${FOLDER}/modules.txt`),
    `${lists
      .flatMap(([part, ids]) =>
        names(ids)
          .sort()
          .map((name) => `${part} ${name}`),
      )
      .join("\n")}\n`,
  );
}
