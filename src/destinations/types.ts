/** What a destination file states, and the row that all of them write. */

import type { Advice } from "../base/errors.ts";
import type { RowReason, Warning } from "../base/reasons.ts";
import type { EmailRuleSet, Identifiers } from "../base/types.ts";
import type {
  ConsentStatus,
  Conversion,
  CurrencyCode,
  DecimalText,
  EpochSeconds,
} from "../conversion/types.ts";

/** A correction of a conversion that was uploaded before (see `firsthash adjust`). */
export interface Adjustment {
  readonly type: "Restate" | "Retract";
  readonly time: EpochSeconds;
  readonly value?: DecimalText;
  readonly currency?: CurrencyCode;
}

/** One row to upload. No field is a plain string: plaintext cannot be assigned to it by accident. */
export interface UploadRow extends Conversion, Identifiers {
  readonly adjustment?: Adjustment;
}

/** What a file is made of. `csv.zip` and `tsv.zip` hold one file. `jsonl` has one request body a line. */
export type Format = "csv" | "tsv" | "csv.zip" | "tsv.zip" | "xlsx" | "jsonl";

/** What a run wants of a destination. Known before the first row, because columns depend on it. */
export interface PlanOptions {
  readonly format: Format;
  /** One of the destination's `layouts`; its first when left out. */
  readonly layout?: string | undefined;
  /** The first rows of the user's own copy of the template, read already. Excludes `layout`. */
  readonly template?: readonly (readonly string[])[] | undefined;
  /** Some row may carry an external attribution. */
  readonly attribution?: boolean | undefined;
  /** What else a row may carry, because the inputs have a column for it. */
  readonly carries?: ReadonlySet<Carried> | undefined;
  /** What the user says of the account that gets the file. */
  readonly account?: AccountSettings | undefined;
  /** Every row carries an adjustment. */
  readonly adjustments?: boolean | undefined;
}

/** What a column holds. `type`: the kind of record; `none`: a column that stays empty. */
export type Role =
  | "type"
  | "none"
  | "client-id"
  | "name"
  | "time"
  | "value"
  | "currency"
  | "click-id"
  | "email"
  | "phone"
  | "adjustment-type"
  | "adjustment-time"
  | "adjustment-value"
  | "adjustment-currency"
  | "credit"
  | "model"
  | "gclid"
  | "gbraid"
  | "wbraid"
  | "order-id"
  | "ad-user-data"
  | "ad-personalization";

/** Fields that only some rows and some destinations have. */
export type Carried = Extract<
  Role,
  "gclid" | "gbraid" | "wbraid" | "order-id" | "ad-user-data" | "ad-personalization"
>;

/** What request bodies say of the account, and of every row alike. */
export interface AccountSettings {
  /** Ten digits. */
  readonly account?: string | undefined;
  /** The manager account through which the caller signs in. */
  readonly loginAccount?: string | undefined;
  /** Ids of conversion actions by the conversion's name; under "" that of all names. */
  readonly actions?: ReadonlyMap<string, string> | undefined;
  readonly eventSource?: string | undefined;
  readonly adUserData?: ConsentStatus | undefined;
  readonly adPersonalization?: ConsentStatus | undefined;
}

/** One column of a table, or one member of the items of a request body. */
export interface Column {
  /** What stands in it; `verify` reads it back by this. */
  readonly role: Role;
  /**
   * The header, byte for byte as the destination spells it. In a body the member's path: `a.b` is member b of the
   * object a, and `list[].b` an object with the member b in the list.
   */
  readonly header: string;
  /** How a workbook or JSON types the cell. Everything but money is text: a digest must never become a number. */
  readonly type: "text" | "number";
  /**
   * Where the cell's characters come from. `free` cells (names, ids) may need quotes; `closed` ones
   * are made here of letters, digits and `- : / . space`, so that a CSV line needs no look at them.
   */
  readonly alphabet: "free" | "closed";
  /** The cell that every row has, where it is the same one in all rows. */
  readonly always?: string;
  /** The cell; "" where the row has none. */
  readonly cell: (row: UploadRow) => string;
}

/** A table: what stands above and below the header, and the columns. */
export interface TablePlan {
  readonly kind: "table";
  /** Rows above the header, then the header, then what must precede the data. As wide as `columns`. */
  readonly head: readonly (readonly string[])[];
  readonly columns: readonly Column[];
  /** Whether the text forms begin with EF BB BF. */
  readonly byteOrderMark: boolean;
}

/** Request bodies of an API, one a line. */
export interface BodiesPlan {
  readonly kind: "bodies";
  /** What opens and closes a body; the items in between are parted by commas. */
  readonly open: string;
  readonly close: string;
  readonly itemsPerBody: number;
  /** The key of the list of items. */
  readonly list: string;
  /** The members of an item. */
  readonly columns: readonly Column[];
  /** What a member without a text is: `null`, or not there. */
  readonly absent: "null" | "left-out";
  /** The other members of a body, beside the list. */
  readonly beside: readonly string[];
}

/** How one run writes for one destination. */
export type Plan = (TablePlan | BodiesPlan) & {
  readonly format: Format;
  /** The layout's name, or `template`. */
  readonly layout: string;
  readonly limits: Limits;
  /** What is worth saying before the first row. */
  readonly notes: readonly string[];
  /** Why this destination cannot take the row, beyond what every destination asks. */
  readonly check: (row: UploadRow) => RowReason | undefined;
  /** What is worth saying about a row that it takes. */
  readonly warning: (row: UploadRow) => Warning | undefined;
};

/** What one file may hold. Past it the output is split. */
export interface Limits {
  /** Data rows of one file; Infinity where only `itemsPerBody` bounds it. */
  readonly rows: number;
  /** Bytes of the bare file, before any compression. Infinity where no limit is known. */
  readonly bytes: number;
}

/** How old a conversion may be, in days before the present. */
export interface Window {
  readonly days: number;
  /** With a click id, where that is another. */
  readonly daysWithClickId?: number;
}

/** Which values are taken. */
export interface Money {
  /** The largest value, a whole number. */
  readonly largest: string;
  readonly decimals: number;
  /** Codes that the destination lists; undefined where it takes any of ISO 4217. */
  readonly currencies: ReadonlySet<string> | undefined;
}

/** How times may be written in a file that somebody else made. */
export interface TimeForms {
  /** In the destination's documentation, or written by its own tools. */
  readonly documented: RegExp;
  /** Nowhere shown for this file, but read by programs of the same vendor. */
  readonly untried: RegExp;
}

/** What a reason or a warning means, and what to do about it. */
export type ReasonTexts = Readonly<
  Partial<Record<RowReason | Warning, { readonly text: string; readonly advice?: Advice }>>
>;

/** Whose click ids a destination takes. */
export type ClickIdKind = "msclkid" | "gclid" | "gbraid" | "wbraid";

/** What only some destinations take: see the fields of `PlanOptions` of these names. */
export type Extra = "template" | "attribution" | "adjustments" | "account";

/** A place that takes uploads. One file each; adding one touches the catalog and nothing else. */
export interface Destination {
  /** The name for the option `to`. */
  readonly id: string;
  /** One line for the help. */
  readonly title: string;
  /** What to do with the file, for the end of the summary. */
  readonly next: string;
  /** The rule set of its e-mail digests. A digest made under another one is of no use here. */
  readonly emailRules: EmailRuleSet;
  /** Where the rules come from. */
  readonly sources: readonly string[];
  /** The first is what a stream gets. */
  readonly formats: readonly [Format, ...Format[]];
  /** The first is the default. */
  readonly layouts: readonly [string, ...string[]];
  /** Fields that a conversion must have here beyond its name, its time and an identifier. */
  readonly requires: readonly ("value" | "currency")[];
  /** What it can be asked for beyond plain conversions. */
  readonly takes: readonly Extra[];
  readonly limits: Limits;
  readonly window: Window;
  readonly money: Money;
  readonly clickIds: readonly ClickIdKind[];
  readonly timeForms: TimeForms;
  /** Words for reasons and warnings that are other here than for Microsoft. */
  readonly texts?: ReasonTexts;
  /** @throws FirsthashError "usage" for a layout, format or template that it does not know. */
  readonly plan: (options: PlanOptions) => Plan;
}
