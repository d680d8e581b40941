/** `firsthash selftest`: the published vectors, recomputed here; for a person and for an auditor's file. */
import { EXIT } from "../base/errors.ts";
import { type SelftestReport, selftest } from "../testing/selftest.ts";
import type { CommandContext, Flags } from "./command.ts";

/** @returns 0 when every vector holds, else 1. */
export async function selftestCommand(flags: Flags, { terminal }: CommandContext): Promise<number> {
  const report = await selftest();
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify({ ...report, machine: machine() }, null, 2)}\n`);
  } else if (flags.quiet !== true) {
    process.stdout.write(`${render(report).join("\n")}\n`);
  }
  if (report.ok) return EXIT.done;
  terminal.fail({
    message: "some published vectors do not hold on this machine",
    hint: "do not upload what this installation writes; reinstall it, and report the names above if that does not help",
  });
  return EXIT.findings;
}

/** What else could change a result: the runtime, and the Unicode data that it was built with. */
function machine(): Readonly<Record<string, string>> {
  const { node, icu = "none", unicode = "none", openssl = "none" } = process.versions;
  return { node, icu, unicode, openssl, platform: `${process.platform} ${process.arch}` };
}

const WIDTH = 16;
const label = (name: string) => name.padEnd(WIDTH);

function render(report: SelftestReport): string[] {
  const { node, icu, unicode, openssl, platform } = machine();
  const dates = new Map<string, string>(report.rules.map(({ name, date }) => [name, date]));
  return [
    `${label("firsthash")}${report.version}`,
    `${label("Node")}${node} (${platform})`,
    `${label("ICU, Unicode")}${icu}, ${unicode}`,
    `${label("OpenSSL")}${openssl}`,
    `${label("phone metadata")}${report.phoneMetadata}`,
    "",
    ...report.groups.flatMap(({ rules, count, failed }) => {
      const date = dates.get(rules);
      const name = `${rules.padEnd(20)}${(date === undefined ? "" : `rules of ${date}`).padEnd(20)}`;
      const held = `${count - failed.length} of ${count}`.padEnd(16);
      const verdict = failed.length === 0 ? "OK" : "FAILED";
      return [`${name}${held}${verdict}`, ...failed.map((vector) => `  failed: ${vector}`)];
    }),
    "",
    report.ok ? "OK" : "FAILED",
  ];
}
