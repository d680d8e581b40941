// One command, measured: wall and CPU seconds, peak memory. CPU and memory come from GNU time, which also
// stands between: a child of this process would count this process' memory as its own.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

const TIME = "/usr/bin/time";
const FORMAT = "bench %e %U %S %M";

/** @returns exit code, seconds and megabytes; NaN where there is no GNU time. */
export async function measure(command) {
  const timed = existsSync(TIME);
  const [program, ...args] = timed ? [TIME, "-f", FORMAT, ...command] : command;
  const started = performance.now();
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  const wall = (performance.now() - started) / 1000;
  if (code !== 0) console.error(said);
  const [user, system, kilobytes] = /^bench \S+ (\S+) (\S+) (\S+)$/m.exec(said)?.slice(1) ?? [];
  return {
    code,
    wall,
    cpu: Number(user) + Number(system),
    megabytes: (Number(kilobytes) * 1024) / 1e6,
  };
}
