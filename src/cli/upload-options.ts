/**
 * The options of the commands that talk to Microsoft Advertising, one list a command. No token and no secret is
 * among them: arguments stay in the shell's history and in the list of processes.
 */
import { type OptionSpec, OUTPUT_OPTIONS } from "./command.ts";

const PROFILE: OptionSpec = {
  name: "profile",
  group: "Account",
  value: "<name>",
  help: "which sign-in to use, where there are several (default: default)",
};

const ENVIRONMENT: OptionSpec = {
  name: "environment",
  group: "Account",
  value: "<name>",
  choices: ["production", "sandbox"],
  help: "sandbox: Microsoft's world for tests, which attributes nothing (default: production)",
};

const CLIENT_ID: OptionSpec = {
  name: "client-id",
  group: "Account",
  value: "<id>",
  help: "application (client) id of your app registration; or FIRSTHASH_CLIENT_ID",
};

const ACCOUNT: readonly OptionSpec[] = [
  {
    name: "account",
    group: "Account",
    value: "<id>",
    help: "id of the advertising account, digits; or FIRSTHASH_ACCOUNT",
  },
  {
    name: "customer",
    group: "Account",
    value: "<id>",
    help: "id of the account's customer; or FIRSTHASH_CUSTOMER (default: asked of the service)",
  },
  PROFILE,
  ENVIRONMENT,
  CLIENT_ID,
];

const JSON_OUTPUT: OptionSpec = { name: "json", group: "Output", help: "print JSON" };
const CSV_OUTPUT: OptionSpec = { name: "csv", group: "Output", help: "print CSV" };

export const UPLOAD_OPTIONS: readonly OptionSpec[] = [
  ...ACCOUNT,
  { name: "yes", short: "y", group: "Upload", help: "do not ask before sending" },
  {
    name: "resume",
    group: "Upload",
    help: "go on with the upload that the state file describes; never sends what has arrived",
  },
  {
    name: "again",
    group: "Upload",
    help: "send although the state file says that this file was sent",
  },
  {
    name: "dry-run",
    group: "Upload",
    help: "verify, and compare the names with the goals; send nothing",
  },
  {
    name: "no-goals-check",
    group: "Upload",
    help: "do not compare the conversion names with the goals of the account",
  },
  {
    name: "no-wait",
    group: "Upload",
    help: "stop when the file was sent; --resume reads the answer later",
  },
  {
    name: "timeout",
    group: "Upload",
    value: "<time>",
    help: "how long to wait for the answer: 90s, 60m, 2h (default: 60m)",
  },
  {
    name: "report",
    group: "Output",
    value: "<file>",
    path: true,
    help: "save the summary as JSON",
  },
  {
    name: "result",
    group: "Output",
    value: "<file>",
    path: true,
    help: "keep the rows that the service gives back (digests, names, times), mode 0600",
  },
  {
    name: "rejects",
    group: "Output",
    value: "<file>",
    path: true,
    help: "save the rows that were refused, as CSV: file, line, code, advice",
  },
  {
    name: "manifest",
    group: "Output",
    value: "<file>",
    path: true,
    help: "manifest of the run that made the file, to name lines of the conversions (default: <file>.manifest.json)",
  },
  {
    name: "force",
    group: "Output",
    help: "replace older files of --report, --result and --rejects",
  },
  JSON_OUTPUT,
  {
    name: "progress",
    group: "Output",
    value: "<form>",
    choices: ["json"],
    help: "json: one line of JSON on stderr for each step",
  },
  ...OUTPUT_OPTIONS,
];

export const GOALS_OPTIONS: readonly OptionSpec[] = [
  ...ACCOUNT,
  CSV_OUTPUT,
  JSON_OUTPUT,
  ...OUTPUT_OPTIONS,
];

export const RESULTS_OPTIONS: readonly OptionSpec[] = [
  ...ACCOUNT,
  {
    name: "goal",
    group: "Results",
    value: "<name>",
    repeatable: true,
    help: "only this goal; repeat for several (default: all offline goals)",
  },
  {
    name: "from",
    group: "Results",
    value: "<date>",
    help: "first day of upload, 2026-11-18, in UTC (default: six days before the last)",
  },
  { name: "to", group: "Results", value: "<date>", help: "last day of upload (default: today)" },
  {
    name: "of",
    group: "Results",
    value: "<file>",
    path: true,
    help: "what became of each row of this upload, where Microsoft tells",
  },
  {
    name: "output",
    short: "o",
    group: "Output",
    value: "<file>",
    path: true,
    help: "with --of: write the outcome of each row as CSV, mode 0600",
  },
  { name: "force", group: "Output", help: "replace an older file" },
  CSV_OUTPUT,
  JSON_OUTPUT,
  ...OUTPUT_OPTIONS,
];

export const LOGIN_OPTIONS: readonly OptionSpec[] = [
  PROFILE,
  ENVIRONMENT,
  CLIENT_ID,
  {
    name: "status",
    group: "Sign-in",
    help: "who is signed in, since when, and where it is kept; changes nothing",
  },
  {
    name: "device-code",
    group: "Sign-in",
    help: "type a code on another device; many companies block this way",
  },
  {
    name: "no-browser",
    group: "Sign-in",
    help: "print the address, and read the address that the browser ended at",
  },
  {
    name: "token-stdin",
    group: "Sign-in",
    help: "take a refresh token from standard input instead of signing in",
  },
  {
    name: "store",
    group: "Sign-in",
    value: "<place>",
    choices: ["keychain", "file"],
    help: "keychain: the system's store (default); file: a file of mode 0600, not encrypted",
  },
  JSON_OUTPUT,
  ...OUTPUT_OPTIONS,
];

export const LOGOUT_OPTIONS: readonly OptionSpec[] = [PROFILE, ENVIRONMENT, ...OUTPUT_OPTIONS];

export const ACCOUNTS_OPTIONS: readonly OptionSpec[] = [
  PROFILE,
  ENVIRONMENT,
  CLIENT_ID,
  CSV_OUTPUT,
  JSON_OUTPUT,
  ...OUTPUT_OPTIONS,
];
