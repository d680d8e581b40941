/** The names of what a column can be, and of the inputs: the words that options, reports and readers share. */

/** Columns that a person's row may have: contacts, or conversions where there are no contacts. */
export const PERSON_FIELDS = [
  "email",
  "phone",
  "country",
  "hashed-email",
  "hashed-phone",
  "consent",
] as const;

/** Columns of the conversions. */
export const CONVERSION_FIELDS = [
  "name",
  "stage",
  "time",
  "value",
  "currency",
  "click-id",
  "client-id",
  "attribution-credit",
  "attribution-model",
  "gclid",
  "gbraid",
  "wbraid",
  "order-id",
  "ad-user-data",
  "ad-personalization",
] as const;

/** The join column, where it is called differently in the two files. */
export const KEY_FIELDS = ["contacts.key", "conversions.key"] as const;

export const FIELDS = [...PERSON_FIELDS, ...CONVERSION_FIELDS, ...KEY_FIELDS] as const;

/** What only `adjust` reads: the id of the conversion that is meant, and what has changed about it. */
export const ADJUST_FIELDS = [
  "conversions.id",
  "corrections.id",
  "adjustment-type",
  "adjustment-time",
  "new-value",
  "new-currency",
] as const;

/** What the consent column says when a person agreed, unless the user says otherwise. In lower case. */
export const DEFAULT_CONSENT_VALUES = [
  "yes",
  "y",
  "true",
  "1",
  "granted",
  "opted in",
  "opt-in",
  "subscribed",
] as const;

export type PersonField = (typeof PERSON_FIELDS)[number];

export type ConversionField = (typeof CONVERSION_FIELDS)[number];

export type Field = (typeof FIELDS)[number];

export type AdjustField = (typeof ADJUST_FIELDS)[number];

/**
 * A header, or several as fallbacks: the first usable cell wins. `#3` is the third column. An empty list says
 * that no column holds the field, whatever a header looks like.
 */
export type ColumnChoices<F extends string = Field> = Readonly<
  Partial<Record<F, string | readonly string[]>>
>;

/** The choice of a field's column, as a program writes it: `columns.email`, `columns["contacts.key"]`. */
export function columnOf(field: Field | AdjustField): string {
  return /^\w+$/.test(field) ? `columns.${field}` : `columns["${field}"]`;
}

/** How far a run has come. */
export interface Progress {
  readonly stage: InputRole | "output";
  readonly rows: number;
  /** 0 to 1 of this stage; undefined when the size is not known. */
  readonly share: number | undefined;
  /** 0 to 1 of the whole run, which reads its inputs more than once; missing where a size is not known. */
  readonly ofRun?: number | undefined;
}

/** What the reading stages hand on: a table of cells, in batches, with the lines where they stand. */

/** Which of the two joined inputs a table is, for column detection and for messages. */
export type Role = "contacts" | "conversions";

/** Which input of any run a table is: `adjust` reads two more. */
export type InputRole = Role | "corrections" | "original";
