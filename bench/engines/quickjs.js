// The script of dist-udf/, in QuickJS. Arguments: TSV file, rows.
import { readFileSync } from "node:fs";
import { getQuickJS } from "quickjs-emscripten";
import { firstCells, timed } from "./cells.js";

const script = new URL("../../dist-udf/firsthash.udf.js", import.meta.url);
const context = (await getQuickJS()).newContext();
const evaluate = (code) => context.unwrapResult(context.evalCode(code)).dispose();
const rows = await firstCells(process.argv[2], Number(process.argv[3]));
evaluate(readFileSync(script, "utf8"));
evaluate(`const rows = ${JSON.stringify(rows)};`);
await timed(rows.length, () =>
  evaluate(`for (const [, email, phone, country] of rows) {
    firsthash.hashEmail(email);
    firsthash.hashPhone(phone, country, "US");
  }`),
);
