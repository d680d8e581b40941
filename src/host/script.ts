/**
 * The machine, for scripts in engines that have ECMAScript 2019 and nothing else (`dist-udf/`): what one cell
 * needs of it, and no file, no thread, no TextEncoder.
 */

export * from "./hex.ts";
export * from "./web/sha256.ts";
export * from "./web/text.ts";
