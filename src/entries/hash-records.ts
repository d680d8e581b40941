/** Records on their way from a query to a table: hashed one by one, as they pass. Exported by `firsthash/hash`. */
import { optionError, usageError } from "../base/errors.ts";
import type { Sha256Hex } from "../base/types.ts";
import { identify } from "../identity/identify.ts";
import { textOf } from "./cell-text.ts";
import { countryOf, type HashRowOptions, settingsOf } from "./row-settings.ts";

/** What the keys of the records hold. */
export interface HashRecordsOptions extends HashRowOptions {
  /** Key of the e-mail address; of several, the first usable cell counts. */
  readonly email?: string | readonly string[] | undefined;
  /** Key of the phone number; of several, the first usable cell counts. */
  readonly phone?: string | readonly string[] | undefined;
  /** Key of the country, which decides over `defaultCountry`. */
  readonly country?: string | undefined;
  /** Keys that are passed on as they are. Nothing else of a record comes out. */
  readonly keep?: readonly string[] | undefined;
}

/** What was kept of a record, and its digests; null where there is none. */
export type HashedRecord = Readonly<Record<string, unknown>> & {
  readonly hashed_email: Sha256Hex | null;
  readonly hashed_phone: Sha256Hex | null;
};

const OUTPUT = ["hashed_email", "hashed_phone"];

/**
 * Hashes records as they pass: one out for each in, in the same order, none kept in memory. What the iterable throws
 * arrives unchanged.
 *
 * @param records rows of a query cursor, messages of a queue, or any other objects
 * @param options which keys hold what, and which are passed on
 * @throws FirsthashError `usage` for options that there are not, for a first record without the keys that they name,
 *   and for what is no object; never for a cell
 *
 * @example
 * ```ts
 * import { hashRecords } from "firsthash/hash";
 *
 * const rows = [{ id: 7, mail: "jane@contoso.com", name: "Jane" }];
 * for await (const row of hashRecords(rows, { email: "mail", keep: ["id"] })) {
 *   console.log(Object.keys(row).join(" ")); // id hashed_email hashed_phone
 * }
 * ```
 */
export async function* hashRecords(
  records: AsyncIterable<object> | Iterable<object>,
  options: HashRecordsOptions,
): AsyncGenerator<HashedRecord, void, undefined> {
  const hash = recordHasher(options);
  for await (const record of records) yield hash(record);
}

/**
 * The same as a `TransformStream`, for pipelines of streams.
 *
 * @throws FirsthashError `usage` as {@link hashRecords}; for a record, the stream fails with it
 *
 * @example
 * ```ts
 * import { hashingStream } from "firsthash/hash";
 *
 * const rows = new ReadableStream({
 *   start(controller) {
 *     controller.enqueue({ id: 7, mail: "jane@contoso.com" });
 *     controller.close();
 *   },
 * });
 * for await (const row of rows.pipeThrough(hashingStream({ email: "mail", keep: ["id"] }))) {
 *   console.log(row.hashed_phone); // null
 * }
 * ```
 */
export function hashingStream(options: HashRecordsOptions): TransformStream<object, HashedRecord> {
  const hash = recordHasher(options);
  return new TransformStream({
    transform(record, controller) {
      controller.enqueue(hash(record));
    },
  });
}

function recordHasher(options: HashRecordsOptions): (record: object) => HashedRecord {
  const settings = settingsOf(options);
  const { country, keep = [] } = options;
  const fields = { email: listOf(options.email), phone: listOf(options.phone) };
  checkKeys(fields, country, keep);
  let count = 0;
  return (record) => {
    count++;
    if (typeof record !== "object" || record === null) {
      throw usageError(`record ${count} is not an object`);
    }
    if (count === 1) checkFirst(record, fields, country);
    const cell = (key: string) => textOf(Reflect.get(record, key));
    const { email, phone } = identify(
      {
        emails: fields.email.map(cell),
        phones: fields.phone.map(cell),
        country: country === undefined ? undefined : countryOf(Reflect.get(record, country)),
        hashedEmails: [],
        hashedPhones: [],
      },
      settings,
    );
    const kept = keep.map((key) => [key, Reflect.get(record, key)] as const);
    return {
      ...Object.fromEntries(kept),
      hashed_email: email ?? null,
      hashed_phone: phone ?? null,
    };
  };
}

type Fields = Readonly<Record<"email" | "phone", readonly string[]>>;

function checkKeys(fields: Fields, country: string | undefined, keep: readonly string[]): void {
  if (fields.email.length + fields.phone.length === 0) {
    throw optionError(
      "email",
      "and `phone` are missing",
      "name the key of one of them, or of both",
    );
  }
  const personal = new Set([...fields.email, ...fields.phone]);
  if (keep.some((key) => personal.has(key))) {
    throw optionError("keep", "names a key that is hashed", "its cells would come out as they are");
  }
  if (keep.some((key) => OUTPUT.includes(key))) {
    throw optionError(
      "keep",
      "names a key of the output",
      `${OUTPUT.join(" and ")} are the digests`,
    );
  }
  if (country !== undefined && personal.has(country)) {
    throw optionError("country", "names a key that is hashed", "name the key of the country");
  }
}

/** A key that is mistyped would give no digest for any record, and no error. */
function checkFirst(record: object, fields: Fields, country: string | undefined): void {
  const missing = (keys: readonly string[]) =>
    keys.length > 0 && !keys.some((key) => key in record);
  const named = Object.entries({ ...fields, country: listOf(country) });
  const wrong = named.find(([, keys]) => missing(keys))?.[0];
  if (wrong === undefined) return;
  throw optionError(
    wrong,
    "names no key of the first record",
    "give every record the same keys, with null where there is no value",
  );
}

function listOf(keys: string | readonly string[] | undefined): readonly string[] {
  return keys === undefined ? [] : typeof keys === "string" ? [keys] : keys;
}
