/** An engine of ECMAScript 2019 with nothing of Node or the web: an empty context, from which what came later is taken. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { ROOT } from "./run.ts";

export const scriptPath = (name: string) => join(ROOT, "dist-udf", name);
export const scriptText = (name: string) => readFileSync(scriptPath(name), "utf8");

/** Built-ins of ECMAScript 2020 to 2026. */
const LATER = [
  ...["globalThis", "BigInt", "BigInt64Array", "BigUint64Array", "WeakRef", "FinalizationRegistry"],
  ...[
    "AggregateError",
    "SharedArrayBuffer",
    "Atomics",
    "Iterator",
    "WebAssembly",
    "Intl",
    "console",
  ],
  ...["Object.hasOwn", "Object.groupBy", "Map.groupBy", "Promise.allSettled", "Promise.any"],
  ...["Promise.withResolvers", "Array.fromAsync", "RegExp.escape", "Error.captureStackTrace"],
  ...["at", "matchAll", "replaceAll", "isWellFormed", "toWellFormed"].map(
    (x) => `String.prototype.${x}`,
  ),
  ...["at", "findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with"].map(
    (name) => `Array.prototype.${name}`,
  ),
  ...["at", "findLast", "findLastIndex", "toReversed", "toSorted", "with"].map(
    (name) => `Object.getPrototypeOf(Uint8Array.prototype).${name}`,
  ),
  ...["union", "intersection", "difference", "isSubsetOf"].map((name) => `Set.prototype.${name}`),
  "Object.getPrototypeOf(Uint8Array).fromHex",
];

/** A function that evaluates a call in the engine that has loaded a script. */
export function es2019(script: string): (call: string) => unknown {
  const context = createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
  });
  for (const name of LATER) runInContext(`delete ${name}`, context);
  runInContext(script, context);
  return (call) => runInContext(call, context);
}

/** The call of a function of the script with these arguments. */
export function callOf(name: string, ...given: readonly unknown[]): string {
  const texts = given.map((value) => (value === undefined ? "undefined" : JSON.stringify(value)));
  return `firsthash.${name}(${texts.join(",")})`;
}
