/**
 * What the modules use of ECMAScript 2020 to 2022, for engines that have 2019: a build lowers syntax and not these.
 * (V8 of BigQuery and Snowflake is of no published version; plv8 of some services is V8 6.4; 2026-11.)
 */

function define(target: object, name: string, value: unknown): void {
  if (name in target) return;
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

/** @param this an array or a text */
function at(this: ArrayLike<unknown>, index: number): unknown {
  return this[index < 0 ? this.length + index : index];
}

const has = Object.prototype.hasOwnProperty;
define(Object, "hasOwn", (object: object, name: string) => has.call(object, name));
define(Array.prototype, "at", at);
define(String.prototype, "at", at);
define(
  String.prototype,
  "replaceAll",
  function replaceAll(this: string, from: string | RegExp, to: string): string {
    if (typeof from !== "string") return this.replace(from, to);
    // As the standard has it, `$` in the replacement would mean something.
    return this.split(from).join(to);
  },
);
define(String.prototype, "matchAll", function matchAll(this: string, pattern: RegExp) {
  const matches: RegExpExecArray[] = [];
  const search = new RegExp(pattern.source, pattern.flags);
  for (let match = search.exec(this); match !== null; match = search.exec(this)) {
    if (match[0] === "") search.lastIndex++;
    matches.push(match);
  }
  return matches;
});
