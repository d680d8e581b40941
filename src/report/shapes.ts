/** Whether a JSON value is a report of ours: all that is shown of it has the kind that it must have. */
import type { AnyReport } from "./names.ts";
import type { AnswerReport } from "./reports.ts";

type Shape = (value: unknown) => boolean;

const text: Shape = (value) => typeof value === "string";
const truth: Shape = (value) => typeof value === "boolean";
/** Whole and not negative: a count, a line, a number of bytes. */
const count: Shape = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const digest: Shape = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const day: Shape = (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);

const optional =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined || shape(value);

const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value);

const oneOf =
  (...values: readonly string[]): Shape =>
  (value) =>
    typeof value === "string" && values.includes(value);

const list =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(shape);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Members that are not named are not looked at: a later version may have more. */
const object =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value) =>
    isObject(value) && Object.entries(shapes).every(([name, shape]) => shape(value[name]));

const record =
  (shape: Shape): Shape =>
  (value) =>
    isObject(value) && Object.values(value).every(shape);

const COUNTED = {
  count,
  lines: list(count),
  text,
  advice: optional(object({ text, option: optional(text) })),
};
const ROWS = object({
  read: count,
  written: count,
  duplicate: count,
  refused: count,
  unmatched: count,
  excluded: count,
});
const FIELD = object({
  usable: count,
  absent: count,
  refused: list(object(COUNTED)),
  repaired: list(object(COUNTED)),
});
const PEOPLE = object({
  from: oneOf("contacts", "conversions"),
  rows: count,
  withoutConsent: count,
  malformed: list(object(COUNTED)),
  email: FIELD,
  phone: FIELD,
});
const INPUT = object({
  role: oneOf("contacts", "conversions", "corrections", "original"),
  file: text,
  rows: count,
  columns: record(list(text)),
  notes: list(text),
  encoding: optional(text),
  encodingCertain: optional(truth),
  delimiter: optional(oneOf(",", ";", "\t", "|")),
  sheet: optional(text),
  sha256: optional(digest),
});
const FILE = object({ file: text, rows: count, bytes: count, sha256: optional(digest) });
const OUTCOME = oneOf("duplicate", "refused", "unmatched", "excluded");

const WRITTEN = {
  rows: ROWS,
  identifiers: object({ both: count, emailOnly: count, phoneOnly: count, clickIdOnly: count }),
  reasons: list(object({ ...COUNTED, outcome: OUTCOME })),
  published: truth,
  files: list(FILE),
  rules: list(text),
};
const DESTINATION = object({
  ...WRITTEN,
  destination: text,
  layout: text,
  warnings: list(object(COUNTED)),
  days: list(object({ day, written: count, leftOut: count })),
  next: text,
});
const RUN = {
  version: text,
  dryRun: truth,
  ok: truth,
  inputs: list(INPUT),
  problems: list(object({ message: text, hint: optional(text) })),
};
const UPLOADS = {
  ...RUN,
  asOf: text,
  notes: list(text),
  destinations: list(DESTINATION),
};

const KEYS = object({ different: count, repeated: count, perKey: truth });

const RUNS: Readonly<Record<AnyReport["schema"], Shape>> = {
  "firsthash.prepare/1": object({ ...UPLOADS, people: PEOPLE }),
  "firsthash.adjust/1": object({ ...UPLOADS, people: optional(PEOPLE) }),
  "firsthash.hash/1": object({ ...RUN, ...WRITTEN, people: PEOPLE, keys: optional(KEYS) }),
};

/** The report of a run that wrote something. */
export function isRun(value: unknown): value is AnyReport {
  if (!isObject(value)) return false;
  const { schema } = value;
  return Object.entries(RUNS).some(([name, shape]) => name === schema && shape(value));
}

const ANSWER = object({
  schema: oneOf("firsthash.upload-report/1"),
  environment: text,
  notes: list(text),
  files: list(
    object({
      file: text,
      sha256: digest,
      rows: count,
      outcome: oneOf("done", "sent", "failed", "dry-run"),
      requestId: optional(text),
      accepted: orNull(count),
      refused: orNull(count),
      unanswered: orNull(count),
      errors: list(
        object({
          name: text,
          number: optional(orNull(count)),
          rows: count,
          text,
          advice: optional(text),
          lines: list(count),
        }),
      ),
      notes: list(text),
    }),
  ),
});

/** The report of `firsthash upload`. */
export function isAnswer(value: unknown): value is AnswerReport {
  return ANSWER(value);
}
