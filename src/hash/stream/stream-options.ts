/** What `hashStream` takes, and the flags of `firsthash hash --stream` that no other run of `hash` has. */
import { PERSON_FIELDS } from "../../base/fields.ts";
import { parseList } from "../../base/option-values.ts";
import { LIBRARY_ONLY, type OptionTable, pick } from "../../base/options.ts";
import type { OutputStream } from "../../write/stream.ts";
import { HASH_OPTIONS, type HashOptions } from "../options.ts";

/** Forms of a line, the same in and out. */
export const LINE_FORMATS = ["tsv", "csv", "jsonl"] as const;

export type LineFormat = (typeof LINE_FORMATS)[number];

/** What the cells of a line hold; the names of members in JSON Lines. `-` is a cell that nobody reads. */
export const STREAM_FIELDS = ["key", ...PERSON_FIELDS, "-"] as const;

export type StreamField = (typeof STREAM_FIELDS)[number];

/** What `hashStream` takes. */
export interface StreamOptions
  extends Pick<
    HashOptions,
    "rules" | "country" | "phoneWithoutPlus" | "countryFallback" | "consentValues" | "signal"
  > {
  /** Bytes as they come: a Node stream, or anything that is iterated asynchronously. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Gets a line for each line, as soon as there is one. It is not ended. */
  readonly output: OutputStream;
  /** `tsv` by default: tabs, `\N` for NULL, and a backslash before tab, line end and backslash. */
  readonly format?: LineFormat | undefined;
  /** What the cells hold, in their order. `key,email,phone,country` by default. */
  readonly fields?: readonly string[] | undefined;
  /**
   * A consent cell decides about its own row alone: who said no in another row, here or on another machine, is
   * not known. Without it a `consent` field is refused.
   */
  readonly consentPerRow?: boolean | undefined;
}

/** Each option of {@link StreamOptions}. */
export const STREAM_OPTIONS = {
  input: LIBRARY_ONLY,
  output: LIBRARY_ONLY,
  format: {
    flag: "format",
    group: "Stream",
    value: "<form>",
    choices: LINE_FORMATS,
    help: "--stream: form of the lines, in and out: tsv (default), csv or jsonl",
  },
  fields: {
    flag: "fields",
    group: "Stream",
    value: "<list>",
    parse: parseList,
    help: "--stream: what the cells hold, in their order; - is ignored (default: key,email,phone,country)",
  },
  consentPerRow: {
    flag: "consent-per-row",
    group: "Stream",
    help: "--stream: a consent cell decides about its own row alone, not about its person",
  },
  rules: HASH_OPTIONS.rules,
  country: HASH_OPTIONS.country,
  phoneWithoutPlus: HASH_OPTIONS.phoneWithoutPlus,
  countryFallback: HASH_OPTIONS.countryFallback,
  consentValues: HASH_OPTIONS.consentValues,
  signal: LIBRARY_ONLY,
} as const satisfies OptionTable<StreamOptions>;

/** Flags that no other run of `hash` has. */
export const STREAM_FLAGS = pick(STREAM_OPTIONS, "format", "fields", "consentPerRow");
