/**
 * The closed list of what can stop this room, by a code that stays: in messages, reports, tests and
 * docs/upload.md. A failure of the service is told by its codes alone; its texts can repeat a cell.
 */
import { type ErrorCode, FirsthashError } from "../base/errors.ts";

interface FailureText {
  readonly code: ErrorCode;
  readonly text: string;
  readonly hint: string;
}

const RESUME = "nothing is lost; go on later with --resume";

export const FAILURES = {
  "not-prepared": {
    code: "input",
    text: "not a prepared file",
    hint: "make one with `firsthash prepare --to microsoft-bulk`, and upload that",
  },
  "other-destination": {
    code: "input",
    text: "a file for another destination, which is not sent by this command",
    hint: "send it the way of that destination, or prepare it with --to microsoft-bulk",
  },
  "file-unfit": {
    code: "input",
    text: "the file has errors, so nothing is sent; do not upload it",
    hint: "see what is wrong with `firsthash verify`, mend the cause, and prepare it again",
  },
  "file-changed": {
    code: "input",
    text: "the bytes of the file are not the ones that were checked",
    hint: "prepare the file again, and let nothing else write to it",
  },
  "file-too-large": {
    code: "input",
    text: "the file is larger than the service takes",
    hint: "let prepare split it: 100,000,000 bytes and 2,500,000 rows are the most; 20,000 rows in the sandbox",
  },
  "account-differs": {
    code: "input",
    text: "the upload that was begun is for another account",
    hint: "give the account of that upload",
  },
  "not-signed-in": {
    code: "signIn",
    text: "nobody is signed in",
    hint: "run `firsthash login`",
  },
  "sign-in-expired": {
    code: "signIn",
    text: "the sign-in has expired or was withdrawn",
    hint: "run `firsthash login` again",
  },
  "sign-in-refused": {
    code: "signIn",
    text: "the sign-in was refused",
    hint: "check the app registration (docs/upload.md), and run `firsthash login` again",
  },
  "sign-in-timeout": {
    code: "signIn",
    text: "nobody signed in within the time given",
    hint: "run `firsthash login` again",
  },
  "developer-token-missing": {
    code: "signIn",
    text: "there is no developer token",
    hint: "run `firsthash login`, which asks for it, or set FIRSTHASH_DEVELOPER_TOKEN",
  },
  "store-unavailable": {
    code: "signIn",
    text: "the system's credential store cannot be used here",
    hint: "keep the sign-in in a file of mode 0600 with `firsthash login --store file`",
  },
  "store-unsafe": {
    code: "signIn",
    text: "the file of credentials can be read by others, or is not a file of firsthash",
    hint: "remove it, change its tokens by signing in again, and keep it at mode 0600",
  },
  "no-access": {
    code: "signIn",
    text: "the account refuses the signed-in user",
    hint: "see what the user may use with `firsthash accounts`, and check --account, --customer and the developer token",
  },
  unreachable: {
    code: "unavailable",
    text: "the service cannot be reached",
    hint: RESUME,
  },
  "certificate-refused": {
    code: "unavailable",
    text: "the certificate of the service is not trusted on this machine",
    hint: "where a company inspects connections, name its certificate in NODE_EXTRA_CA_CERTS",
  },
  "proxy-refused": {
    code: "unavailable",
    text: "the proxy refuses the connection",
    hint: "check HTTPS_PROXY, with user and password, and NO_PROXY",
  },
  busy: {
    code: "unavailable",
    text: "the service takes no more calls at the moment",
    hint: RESUME,
  },
  "service-broken": {
    code: "unavailable",
    text: "the service has an internal error",
    hint: RESUME,
  },
  "not-finished": {
    code: "unavailable",
    text: "the service has not finished in the time given",
    hint: "the file has arrived; read the answer later with --resume",
  },
  "not-arrived": {
    code: "unavailable",
    text: "the file could not be sent",
    hint: "it has not arrived; send it with --resume",
  },
  "request-unknown": {
    code: "unavailable",
    text: "the service does not know the upload any more, so its outcome is unknown",
    hint: "look with `firsthash results`; sending again with --again is safe for rows that are identical",
  },
  "status-unknown": {
    code: "unavailable",
    text: "the service gives a status that is not known here",
    hint: "try --resume later; a newer version may know it",
  },
  "result-gone": {
    code: "unavailable",
    text: "the answer about the rows is not there any more",
    hint: "the upload is done; see what became of its rows with `firsthash results --of` the file",
  },
  "result-damaged": {
    code: "unavailable",
    text: "the answer about the rows arrives damaged",
    hint: "the upload is done; read the answer again with --resume",
  },
  "result-too-large": {
    code: "rejected",
    text: "the answer about the rows is larger than 150 MB, or 250 MB unpacked",
    hint: "the upload is done; see what became of its rows with `firsthash results`",
  },
  "result-unreadable": {
    code: "rejected",
    text: "the answer about the rows is not in the form of a Bulk file",
    hint: "the upload is done; see what became of its rows with `firsthash results`, and report this",
  },
  "result-url-refused": {
    code: "rejected",
    text: "the address of the answer is not one that is opened from here",
    hint: "the upload is done; report this to the maintainers",
  },
  "upload-url-not-microsofts": {
    code: "rejected",
    text: "the service names an address for the file that is not Microsoft's",
    hint: "nothing was sent; check the network between you and Microsoft",
  },
  "upload-failed": {
    code: "rejected",
    text: "the service refused the file as a whole",
    hint: "see the status above and docs/upload.md; after mending the cause, send it with --again",
  },
  "service-refused": {
    code: "rejected",
    text: "the service refused the request",
    hint: "see its code in docs/upload.md",
  },
  "arrival-unknown": {
    code: "unavailable",
    text: "the connection broke while rows were sent, and nobody can be asked whether they arrived",
    hint: "see in Google Ads whether they are counted; --resume sends the other rows, --again these too, and rows without an order id may then count twice",
  },
  "google-refused": {
    code: "rejected",
    text: "Google refuses the request, whatever its rows",
    hint: "see its word in docs/google.md",
  },
  "too-many-refused": {
    code: "rejected",
    text: "so many rows are refused that looking for each of them would use up the requests of the day",
    hint: "nothing was sent; see the words above, mend the cause, and prepare the file again",
  },
} as const satisfies Readonly<Record<string, FailureText>>;

export type FailureReason = keyof typeof FAILURES;

export interface FailureDetails {
  readonly file?: string | undefined;
  /** More of our own words, between the text and the code. */
  readonly more?: string | undefined;
  readonly hint?: string | undefined;
}

/** The error for a reason of the list: `upload.csv: <text> (<reason>)`. */
export function failure(
  reason: FailureReason,
  { file, more, hint }: FailureDetails = {},
): FirsthashError {
  const known: FailureText = FAILURES[reason];
  const text = more === undefined ? known.text : `${known.text}: ${more}`;
  return new FirsthashError(known.code, `${text} (${reason})`, {
    reason,
    file,
    hint: hint ?? known.hint,
  });
}
