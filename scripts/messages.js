// Prints every text of src/ that a user can see, with its file and line: to be read aloud. What a message puts
// in is shown as `…`. A text is a string with two words; headers of platforms and code for a page's script are too.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseAst } from "rolldown/parseAst";

const SRC = fileURLToPath(new URL("../src/", import.meta.url));

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts"))
  .sort();

let count = 0;
for (const file of files) {
  const source = readFileSync(SRC + file, "utf8");
  const texts = [];
  visit(parseAst(source, { lang: "ts" }), (text, start) => {
    if (/\p{L}\p{M}*[,;:]? +\S*\p{L}/u.test(text)) texts.push([lineOf(source, start), text]);
  });
  if (texts.length === 0) continue;
  console.log(`\nsrc/${file}`);
  for (const [line, text] of texts) console.log(`${String(line).padStart(5)}  ${shown(text)}`);
  count += texts.length;
}
console.log(`\n${count} texts`);

function visit(node, take) {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, take);
    return;
  }
  if (
    node === null ||
    typeof node !== "object" ||
    /^(TS.*Type|Import|Export(All|Named))/.test(node.type)
  ) {
    if (node?.type === "ExportNamedDeclaration") visit(node.declaration, take);
    return;
  }
  const text = textOf(node);
  if (text !== undefined) {
    take(text, node.start);
    if (node.type === "TemplateLiteral") visit(node.expressions, take);
    return;
  }
  for (const [key, child] of Object.entries(node)) {
    if (key !== "typeAnnotation" && key !== "typeArguments") visit(child, take);
  }
}

// A text that is broken over lines with `+` is one.
function textOf(node) {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : undefined;
  if (node.type === "TemplateLiteral") {
    return node.quasis.map(({ value }) => value.cooked ?? value.raw).join("…");
  }
  if (node.type !== "BinaryExpression" || node.operator !== "+") return undefined;
  const left = textOf(node.left);
  const right = textOf(node.right);
  return left === undefined || right === undefined ? undefined : left + right;
}

function shown(text) {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
}

function lineOf(source, at) {
  return source.slice(0, at).split("\n").length;
}
