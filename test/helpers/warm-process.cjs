// The command line as it is shipped, run again and again in one process: see warm.ts. Each run gets an
// environment, a folder and streams of its own.
const { Readable, Writable } = require("node:stream");
const { main } = require("../../dist-cli/lib/main.cjs");

class Collected extends Writable {
  chunks = [];

  _write(chunk, _encoding, done) {
    this.chunks.push(chunk);
    done();
  }

  text() {
    return Buffer.concat(this.chunks).toString();
  }
}

/** Environment variables of the process itself: node's own modules read them there. */
function setEnvironment(env) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
}

const listeners = ["uncaughtException", "SIGINT", "SIGTERM", "SIGHUP"];
const exit = process.exit;

async function run({ args, cwd, env, input }) {
  setEnvironment(env);
  process.chdir(cwd);
  process.exitCode = undefined;
  const stdout = new Collected();
  const stderr = new Collected();
  const stdin = Readable.from(input === undefined ? [] : [Buffer.from(input)]);
  // What a socket and a terminal have.
  stdin.unref = () => stdin;
  for (const [name, value] of Object.entries({ stdin, stdout, stderr })) {
    Object.defineProperty(process, name, { configurable: true, value });
  }
  const answer = (code) => ({
    code,
    signal: null,
    stdout: stdout.text(),
    stderr: stderr.text(),
  });
  // A run that ends its process ends this one, too; the next run begins another.
  process.exit = (code) => {
    process.send(answer(code ?? process.exitCode ?? 0), () => exit(0));
    throw new Error("the process has ended");
  };
  await main(["node", "firsthash", ...args]);
  for (const name of listeners) process.removeAllListeners(name);
  return answer(process.exitCode ?? 0);
}

process.on("message", async (job) => process.send(await run(job)));
process.on("disconnect", () => exit(0));
