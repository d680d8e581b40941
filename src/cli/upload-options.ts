/**
 * The options of the commands that talk to Microsoft Advertising, one list a command. No token and no secret is
 * among them: arguments stay in the shell's history and in the list of processes.
 */
import type { FlagOption, FlagTable } from "../base/options.ts";
import { OUTPUT_OPTIONS } from "./command.ts";

const PROFILE = {
  flag: "profile",
  group: "Account",
  value: "<name>",
  help: "which sign-in to use, where there are several (default: default)",
} as const satisfies FlagOption;

const ENVIRONMENT = {
  flag: "environment",
  group: "Account",
  value: "<name>",
  choices: ["production", "sandbox"],
  help: "sandbox: Microsoft's world for tests, which attributes nothing (default: production)",
} as const satisfies FlagOption;

const CLIENT_ID = {
  flag: "client-id",
  group: "Account",
  value: "<id>",
  help: "application (client) id of your app registration; or FIRSTHASH_CLIENT_ID",
} as const satisfies FlagOption;

const ACCOUNT: FlagTable = {
  account: {
    flag: "account",
    group: "Account",
    value: "<id>",
    help: "id of the advertising account, digits; or FIRSTHASH_ACCOUNT",
  },
  customer: {
    flag: "customer",
    group: "Account",
    value: "<id>",
    help: "id of the account's customer; or FIRSTHASH_CUSTOMER (default: asked of the service)",
  },
  profile: PROFILE,
  environment: ENVIRONMENT,
  clientId: CLIENT_ID,
};

const JSON_OUTPUT = {
  flag: "json",
  group: "Output",
  help: "print JSON",
} as const satisfies FlagOption;
const CSV_OUTPUT = {
  flag: "csv",
  group: "Output",
  help: "print CSV",
} as const satisfies FlagOption;

export const UPLOAD_OPTIONS: FlagTable = {
  ...ACCOUNT,
  googleKey: {
    flag: "google-key",
    group: "Account",
    value: "<file>",
    file: "read",
    help: "key of a service account, for request bodies for Google; or GOOGLE_APPLICATION_CREDENTIALS",
  },
  yes: { flag: "yes", short: "y", group: "Upload", help: "do not ask before sending" },
  resume: {
    flag: "resume",
    group: "Upload",
    help: "go on with the upload that the state file describes; never sends what has arrived",
  },
  again: {
    flag: "again",
    group: "Upload",
    help: "send although the state file says that this file was sent",
  },
  dryRun: {
    flag: "dry-run",
    group: "Upload",
    help: "verify, and compare the names with the goals; send nothing",
  },
  goalsCheck: {
    flag: "no-goals-check",
    group: "Upload",
    help: "do not compare the conversion names with the goals of the account",
  },
  wait: {
    flag: "no-wait",
    group: "Upload",
    help: "stop when the file was sent; --resume reads the answer later",
  },
  timeout: {
    flag: "timeout",
    group: "Upload",
    value: "<time>",
    help: "how long to wait for the answer: 90s, 60m, 2h (default: 60m)",
  },
  ledger: {
    flag: "ledger",
    group: "Upload",
    value: "<file>",
    file: "read",
    help: "mark in this file what is sent and what became of it; the one that prepare was given",
  },
  report: {
    flag: "report",
    group: "Output",
    value: "<file>",
    file: "written",
    help: "save the summary as JSON",
  },
  result: {
    flag: "result",
    group: "Output",
    value: "<file>",
    file: "written",
    help: "keep the rows that the service gives back (digests, names, times), mode 0600",
  },
  rejects: {
    flag: "rejects",
    group: "Output",
    value: "<file>",
    file: "written",
    help: "save the rows that were refused, as CSV: file, line, code, advice",
  },
  manifest: {
    flag: "manifest",
    group: "Output",
    value: "<file>",
    file: "read",
    help: "manifest of the run that made the file, to name lines of the conversions (default: <file>.manifest.json)",
  },
  force: {
    flag: "force",
    group: "Output",
    help: "replace older files of --report, --result and --rejects",
  },
  json: JSON_OUTPUT,
  progress: {
    flag: "progress",
    group: "Output",
    value: "<form>",
    choices: ["json"],
    help: "json: one line of JSON on stderr for each step",
  },
  ...OUTPUT_OPTIONS,
};

export const GOALS_OPTIONS: FlagTable = {
  ...ACCOUNT,
  csv: CSV_OUTPUT,
  json: JSON_OUTPUT,
  ...OUTPUT_OPTIONS,
};

export const RESULTS_OPTIONS: FlagTable = {
  ...ACCOUNT,
  goal: {
    flag: "goal",
    group: "Results",
    value: "<name>",
    repeatable: true,
    help: "only this goal; repeat for several (default: all offline goals)",
  },
  from: {
    flag: "from",
    group: "Results",
    value: "<date>",
    help: "first day of upload, 2026-11-18, in UTC (default: six days before the last)",
  },
  to: {
    flag: "to",
    group: "Results",
    value: "<date>",
    help: "last day of upload (default: today)",
  },
  of: {
    flag: "of",
    group: "Results",
    value: "<file>",
    file: "read",
    help: "what became of each row of this upload, where Microsoft tells",
  },
  output: {
    flag: "output",
    short: "o",
    group: "Output",
    value: "<file>",
    file: "written",
    help: "with --of: write the outcome of each row as CSV, mode 0600",
  },
  force: { flag: "force", group: "Output", help: "replace an older file" },
  csv: CSV_OUTPUT,
  json: JSON_OUTPUT,
  ...OUTPUT_OPTIONS,
};

export const LOGIN_OPTIONS: FlagTable = {
  profile: PROFILE,
  environment: ENVIRONMENT,
  clientId: CLIENT_ID,
  status: {
    flag: "status",
    group: "Sign-in",
    help: "who is signed in, since when, and where it is kept; changes nothing",
  },
  deviceCode: {
    flag: "device-code",
    group: "Sign-in",
    help: "type a code on another device; many companies block this way",
  },
  browser: {
    flag: "no-browser",
    group: "Sign-in",
    help: "print the address, and read the address that the browser ended at",
  },
  tokenStdin: {
    flag: "token-stdin",
    group: "Sign-in",
    help: "take a refresh token from standard input instead of signing in",
  },
  store: {
    flag: "store",
    group: "Sign-in",
    value: "<place>",
    choices: ["keychain", "file"],
    help: "keychain: the system's store (default); file: a file of mode 0600, not encrypted",
  },
  json: JSON_OUTPUT,
  ...OUTPUT_OPTIONS,
};

export const LOGOUT_OPTIONS: FlagTable = {
  profile: PROFILE,
  environment: ENVIRONMENT,
  ...OUTPUT_OPTIONS,
};

export const ACCOUNTS_OPTIONS: FlagTable = {
  profile: PROFILE,
  environment: ENVIRONMENT,
  clientId: CLIENT_ID,
  csv: CSV_OUTPUT,
  json: JSON_OUTPUT,
  ...OUTPUT_OPTIONS,
};
