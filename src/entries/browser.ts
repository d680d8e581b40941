/**
 * The library where there is no Node.js: `firsthash/browser`, for pages, workers and edge runtimes. The same names
 * over `File`, `Blob` and web streams. A bundler that knows the condition `browser` (all do) takes the half of the
 * machine without Node; `sideEffects` is false, so that only what is imported comes along.
 *
 * There is no disk. A path is a name in {@link drawer}: what is to be read by name is put in before, and what was
 * written by name is taken out.
 *
 * @example
 * ```ts
 * import { prepare } from "firsthash/browser";
 *
 * const report = await prepare({
 *   conversions: new Blob(["Email,Conversion Name,Conversion Time\nann@example.com,Sale,2026-11-10T10:00:00Z\n"]),
 *   asOf: "2026-11-20T12:00:00Z",
 *   dryRun: true,
 * });
 * console.log(report.destinations[0]?.rows.written); // 1
 * ```
 */
export { drawer } from "../host/web/disk.ts";
export * from "../index.ts";
