/** The commands, one line each: what `--help` says of them, and where their work is. */

import {
  CONFIG_OPTION,
  type CommandSpec,
  JSON_OPTION,
  OUTPUT_OPTIONS,
  REJECTS_OPTION,
  REPORT_OPTIONS,
  SAVE_CONFIG_OPTION,
  STREAM_OPTION,
} from "./command.ts";

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: "prepare",
    summary: "contacts + conversions → upload file (the main job)",
    description:
      "Reads the conversions and the CRM export, hashes the e-mail addresses and phone numbers of the " +
      "people who converted, and writes the file to upload. A summary goes to stderr.",
    options: async () => ({
      ...(await import("../prepare/options.ts")).PREPARE_OPTIONS,
      ...REPORT_OPTIONS,
      ...REJECTS_OPTION,
      ...CONFIG_OPTION,
      ...SAVE_CONFIG_OPTION,
      ...OUTPUT_OPTIONS,
    }),
    load: async () => (await import("./prepare.ts")).prepareCommand,
  },
  {
    name: "adjust",
    summary: "corrections of uploaded conversions → Restate and Retract records",
    description:
      "Reads what has changed about conversions that were uploaded before, and writes the records that " +
      "give them a new value (Restate) or take them back (Retract). Name, time and digests come out exactly " +
      "as they were uploaded: out of the upload itself, which is best, or out of the same conversions and contacts.",
    options: async () => ({
      ...(await import("../adjust/options.ts")).ADJUST_OPTIONS,
      ...REPORT_OPTIONS,
      ...REJECTS_OPTION,
      config: {
        ...CONFIG_OPTION.config,
        help: "take from a file of prepare how conversions and contacts are read; flags win",
      },
      ...OUTPUT_OPTIONS,
    }),
    load: async () => (await import("./adjust.ts")).adjustCommand,
  },
  {
    name: "inspect",
    summary: "what is in a file: encoding, columns, usable cells; no values",
    description:
      "Reads one export and tells how it would be read: encoding, delimiter, header, which columns hold " +
      "what, how many of their cells can be used and why the others cannot, how times and values are " +
      "written, and what `firsthash prepare` would ask for. It prints counts and headers, never a value.",
    argument: { name: "<file>", help: 'CSV, TSV or XLSX; "-" is standard input' },
    options: async () => ({
      ...(await import("../inspect/options.ts")).INSPECT_OPTIONS,
      ...JSON_OPTION,
      color: OUTPUT_OPTIONS.color,
    }),
    load: async () => (await import("./inspect.ts")).inspectCommand,
  },
  {
    name: "hash",
    summary: "contacts → key + digests, for a join elsewhere",
    description:
      "Normalizes and hashes every contact of an export and writes a CSV of three columns: the key, " +
      "hashed_email and hashed_phone. A filter: file or standard input to file or standard output. Keys " +
      "are written as they are, so those that look like an address or a number are refused. With --stream " +
      "it answers line by line, without a header, for engines that start it beside their rows: see docs/scale.md.",
    argument: { name: "[file]", help: 'CSV, TSV or XLSX; "-" or none is standard input' },
    options: async () => ({
      ...(await import("../hash/options.ts")).HASH_OPTIONS,
      ...STREAM_OPTION,
      ...(await import("../hash/stream/stream-options.ts")).STREAM_FLAGS,
      ...REPORT_OPTIONS,
      ...REJECTS_OPTION,
      ...OUTPUT_OPTIONS,
    }),
    load: async () => (await import("./hash.ts")).hashCommand,
  },
  {
    name: "explain",
    summary: "one value, step by step, on your own screen",
    description:
      "Shows what each rule does to one e-mail address or phone number, the text that is hashed and the " +
      "digest that each destination gets, or why the value is refused. The value comes from a prompt or " +
      "from standard input, never from an argument. This is the only command that prints a personal " +
      "value. Exit code 0 when the value gives a digest, 1 when it is refused.",
    strayHint:
      "type the value at the prompt or pipe it in: arguments stay in the shell's history and in the list of processes",
    options: async () => ({
      kind: {
        flag: "kind",
        group: "Value",
        value: "<kind>",
        choices: ["email", "phone"],
        help: "what the value is (default: email if it holds an @)",
      },
      country: {
        ...(await import("../base/shared-options.ts")).COUNTRY,
        group: "Value",
        help: "country of a phone number that names none, e.g. US",
      },
      phoneWithoutPlus: {
        ...(await import("../base/shared-options.ts")).PHONE_WITHOUT_PLUS,
        group: "Value",
      },
      rules: {
        flag: "rules",
        group: "Value",
        value: "<name>",
        choices: (await import("../base/types.ts")).EMAIL_RULE_SETS,
        help: "only this e-mail rule set (default: all)",
      },
      allowPlaintextOutput: {
        flag: "allow-plaintext-output",
        group: "Run",
        help: "print the value even where the output is not a terminal, such as a file or a log",
      },
      color: OUTPUT_OPTIONS.color,
    }),
    load: async () => (await import("./explain.ts")).explainCommand,
  },
  {
    name: "times",
    summary: "forms of dates and times that are read",
    description:
      "Lists the forms of dates, times and zones that are read in conversions, with an example of each, and the tokens of " +
      "--date-format for all others.",
    options: async () => ({ color: OUTPUT_OPTIONS.color }),
    load: async () => (await import("./times.ts")).timesCommand,
  },
  {
    name: "verify",
    summary: "is this upload file well formed, and free of plain text?",
    description:
      "Checks an upload file of any destination, made by firsthash, by hand or by another tool: its " +
      "structure, plain text left behind, digests, times, values, names, ids and duplicates. Says code, " +
      "line and column, never the value. Exit code 1 when something is wrong; warnings do not count.",
    argument: { name: "[file]", help: 'CSV, TSV, ZIP, XLSX or JSON Lines; "-" is standard input' },
    options: async () => ({
      ...(await import("../verify/options.ts")).VERIFY_OPTIONS,
      manifest: {
        flag: "manifest",
        group: "File",
        value: "<file>",
        file: "read",
        help: "instead of a file: compare the files of a run with what its --manifest says",
      },
      outputsOnly: {
        flag: "outputs-only",
        group: "File",
        help: "with --manifest: compare what was written, and leave out what was read",
      },
      ...REJECTS_OPTION,
      force: {
        ...(await import("../base/shared-options.ts")).FORCE,
        help: "replace an older file of --rejects",
      },
      ...JSON_OPTION,
      ...OUTPUT_OPTIONS,
    }),
    load: async () => (await import("./verify.ts")).verifyCommand,
  },
  {
    name: "report",
    summary: "saved reports of one run → one page to look at, print or mail",
    description:
      "Reads what --report of prepare, adjust or hash saved as JSON and writes it as one HTML page. With the " +
      "report of the upload beside it, the page says what became of the file, joined by its SHA-256: how " +
      "many rows were accepted, and why the others were refused.",
    argument: { name: "<file...>", help: "reports of one run, as --report saved them (.json)" },
    options: async () => ({
      output: {
        flag: "output",
        short: "o",
        value: "<file.html>",
        file: "output",
        help: 'page to write; "-" is standard output (default)',
      },
      force: { flag: "force", help: "replace the page if it exists" },
      color: OUTPUT_OPTIONS.color,
    }),
    load: async () => (await import("./report.ts")).reportCommand,
  },
  {
    name: "page",
    summary: "the page that does this in a browser: one file, offline",
    description:
      "Writes one HTML file for those who have no Node.js and may not install it. It opens from disk or from any host, " +
      "makes, checks and hashes files in the browser by the code of this package, and tells the browser to send nothing. " +
      "The SHA-256 of the file goes to stderr; the same one is published with each release.",
    options: async () => ({
      output: {
        flag: "output",
        short: "o",
        value: "<file.html>",
        file: "output",
        help: 'page to write; "-" is standard output (default)',
      },
      force: { flag: "force", help: "replace the page if it exists" },
      quiet: OUTPUT_OPTIONS.quiet,
      color: OUTPUT_OPTIONS.color,
    }),
    load: async () => (await import("./page.ts")).pageCommand,
  },
  {
    name: "udf",
    summary: "the rules inside BigQuery, Snowflake, DuckDB or ClickHouse",
    description:
      "Prints the text that installs the rules in an engine as functions, checks them there by published vectors, and " +
      "joins contacts with conversions without repeating a conversion. Change the names of tables and columns in it to " +
      "yours. docs/scale.md says when an engine is of use.",
    argument: { name: "<engine>", help: "bigquery, snowflake, duckdb or clickhouse" },
    options: async () => ({
      ...(await import("./engines/options.ts")).STATEMENT_OPTIONS,
      output: {
        flag: "output",
        short: "o",
        group: "Files",
        value: "<file>",
        file: "output",
        help: 'file to write; "-" is standard output (default)',
      },
      script: {
        flag: "script",
        group: "Files",
        value: "<file.js>",
        file: "written",
        help: "write the script, too: ECMAScript 2019, no imports, for any engine that runs JavaScript",
      },
      force: { flag: "force", group: "Files", help: "replace files that exist" },
      color: OUTPUT_OPTIONS.color,
    }),
    load: async () => (await import("./udf.ts")).udfCommand,
  },
  {
    name: "reasons",
    summary: "what the codes of reports mean: cause, example, mend",
    description:
      "Lists every code that a report can have, or explains one: how it comes about, an example that is made up, and " +
      "what to do. It reads no file.",
    argument: { name: "[code]", help: "a code as a report prints it, e.g. phone-ambiguous" },
    options: async () => ({ ...JSON_OPTION, color: OUTPUT_OPTIONS.color }),
    load: async () => (await import("./reasons.ts")).reasonsCommand,
  },
  {
    name: "selftest",
    summary: "recompute the published vectors on this machine",
    description:
      "Recomputes every published test vector with the code that prepare runs, hashes each text by three " +
      "implementations of SHA-256, and prints the versions that could matter. Exit code 0 when all hold, " +
      "1 when one does not; then the names of those vectors are printed.",
    options: async () => ({
      ...JSON_OPTION,
      quiet: OUTPUT_OPTIONS.quiet,
      color: OUTPUT_OPTIONS.color,
    }),
    load: async () => (await import("./selftest.ts")).selftestCommand,
  },
  {
    name: "upload",
    summary: "prepared file → Microsoft Advertising or Google Ads, and what became of each row",
    description:
      "Verifies prepared files, sends them, waits, and says which rows were accepted and why others were " +
      "not. Nothing is sent of a file that has an error. The state file beside it makes sure that it is sent once; " +
      "--resume goes on after any interruption. Bulk files go to Microsoft Advertising, request bodies " +
      "(google-data-manager) to Google's Data Manager API.",
    argument: {
      name: "<file...>",
      help: "prepared for microsoft-bulk (conversions or adjustments) or for google-data-manager",
    },
    options: async () => (await import("./upload-options.ts")).UPLOAD_OPTIONS,
    load: async () => (await import("./upload.ts")).uploadCommand,
  },
  {
    name: "run",
    summary: "the daily job: prepare, then upload what is new",
    description:
      "Goes on with what an earlier run left unfinished, then runs prepare and upload, as two processes: the one that " +
      "reads people has no network, the one that has a network opens no file of a customer. A ledger keeps a " +
      "conversion from being sent twice. Ends with the first exit code that is not 0, and names the step.",
    options: async () => ({
      config: {
        flag: "config",
        group: "Run",
        value: "<file.json>",
        file: "json",
        help: "what prepare and upload are to do; paths start from its folder; {date} and {time} in names",
      },
      failIfEmpty: {
        flag: "fail-if-empty",
        group: "Run",
        help: "conversions without a row are an error, not a quiet day",
      },
      ...OUTPUT_OPTIONS,
    }),
    load: async () => (await import("./run.ts")).runDailyCommand,
  },
  {
    name: "goals",
    summary: "offline goals of the account; are the names of a file among them?",
    description:
      "Lists the offline conversion goals of an account: status, enhanced conversions, what counts, window, value. " +
      "With a prepared file it says of each of its names whether it is a goal, letter for letter, active, and " +
      "enhanced where rows have no click id. Exit code 1 when a name would be of no use.",
    argument: { name: "[file]", help: "a prepared file; its conversion names are compared" },
    options: async () => (await import("./upload-options.ts")).GOALS_OPTIONS,
    load: async () => (await import("./goals.ts")).goalsCommand,
  },
  {
    name: "results",
    summary: "what was attributed, by goal and day, and why the rest was not",
    description:
      "Asks Microsoft Advertising what became of conversions after they were accepted: attributed to a click or not, " +
      "by goal and day of upload, with the reasons; with --of also for each row of an upload, where Microsoft tells. " +
      "Shows about six hours after an upload at the earliest. Exit code 1 when something was not attributed.",
    options: async () => (await import("./upload-options.ts")).RESULTS_OPTIONS,
    load: async () => (await import("./results.ts")).resultsCommand,
  },
  {
    name: "accounts",
    summary: "accounts that the signed-in user may use, with their ids",
    description:
      "Lists the advertising accounts of the signed-in user with the ids that --account and --customer take.",
    options: async () => (await import("./upload-options.ts")).ACCOUNTS_OPTIONS,
    load: async () => (await import("./accounts.ts")).accountsCommand,
  },
  {
    name: "login",
    summary: "sign in to Microsoft Advertising",
    description:
      "Signs a person in with your own app registration, tries what was given with one harmless call, and keeps the " +
      "refresh token and the developer token in the system's credential store. Tokens are never printed and never " +
      "an option. docs/upload.md walks through the registration.",
    options: async () => (await import("./upload-options.ts")).LOGIN_OPTIONS,
    load: async () => (await import("./login.ts")).loginCommand,
  },
  {
    name: "logout",
    summary: "forget the sign-in",
    description: "Removes the refresh token and the developer token from this machine.",
    options: async () => (await import("./upload-options.ts")).LOGOUT_OPTIONS,
    load: async () => (await import("./logout.ts")).logoutCommand,
  },
];
