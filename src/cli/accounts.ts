/** `firsthash accounts`: the accounts that the signed-in user may use, with the ids that the other commands take. */
import { EXIT } from "../base/errors.ts";
import { type AccountEntry, listAccounts } from "../upload/accounts.ts";
import { Clock } from "../upload/clock.ts";
import { endpointOf } from "../upload/endpoint.ts";
import { Http } from "../upload/http.ts";
import { table } from "../upload/render.ts";
import { Service } from "../upload/service.ts";
import { openCaller } from "../upload/sign-in/session.ts";
import { csvLine } from "../write/csv.ts";
import type { CommandContext, Flags } from "./command.ts";
import { textFlag } from "./flags.ts";
import { sessionSettings, testHooks } from "./service.ts";

const COLUMNS = ["account", "customer", "number", "status", "name"] as const;

/** @returns the exit code: 1 where there is none. */
export async function accountsCommand(
  flags: Flags,
  { terminal, signal }: CommandContext,
): Promise<number> {
  const test = testHooks(terminal);
  const endpoint = endpointOf(textFlag(flags, "environment"), test.endpoint);
  const clock = new Clock(test.tick, signal);
  const http = new Http(clock, signal);
  try {
    const caller = await openCaller(sessionSettings(flags, terminal), endpoint, http, clock);
    const accounts = await listAccounts(new Service(endpoint, http, clock, caller));
    process.stdout.write(textOf(accounts, flags));
    if (accounts.length === 0) terminal.warn("the signed-in user may use no account");
    return accounts.length === 0 ? EXIT.findings : EXIT.done;
  } finally {
    await http.close();
  }
}

function textOf(accounts: readonly AccountEntry[], flags: Flags): string {
  if (flags.json === true) {
    return `${JSON.stringify({ schema: "firsthash.accounts/1", accounts }, null, 2)}\n`;
  }
  const rows = accounts.map((entry) => COLUMNS.map((column) => entry[column]));
  const lines =
    flags.csv === true
      ? [COLUMNS, ...rows].map((row) => csvLine(row, ",").trimEnd())
      : table(COLUMNS, rows);
  return `${lines.join("\n")}\n`;
}
