/** The non-personal part of a conversion, each field in a type of its own that only its reader makes. */

declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Name of the conversion goal, 1 to 100 characters, byte for byte as the goal is called. */
export type GoalName = Brand<string, "GoalName">;
/** Whole seconds since 1970-01-01T00:00:00Z; fractions are cut. */
export type EpochSeconds = Brand<number, "EpochSeconds">;
/**
 * Shortest exact decimal: digits, at most one point, no exponent, no sign. A value has at most 3
 * decimals; a credit may have more.
 */
export type DecimalText = Brand<string, "DecimalText">;
/** Three upper-case letters (ISO 4217 form). */
export type CurrencyCode = Brand<string, "CurrencyCode">;
/** Microsoft Click Id: 32 lower-case hex digits. */
export type ClickId = Brand<string, "ClickId">;
/** Google's click id (`gclid`, `gbraid` or `wbraid`) as it came: case counts. */
export type GoogleClickId = Brand<string, "GoogleClickId">;
/** The order's own id, at most 100 characters that do not look personal. */
export type OrderId = Brand<string, "OrderId">;
/** What a person said of the use of the data. */
export type ConsentStatus = "granted" | "denied";
/** At most 100 characters that do not look personal, or `row-<line>`. */
export type ClientId = Brand<string, "ClientId">;
/** Name of an external attribution model. */
export type AttributionModel = Brand<string, "AttributionModel">;

/** One conversion, read and checked, before it is joined to a person. */
export interface Conversion {
  /** Line on which the record begins in its file (the header is line 1 where nothing stands above it). */
  readonly line: number;
  readonly name: GoalName;
  readonly time: EpochSeconds;
  readonly value?: DecimalText;
  readonly currency?: CurrencyCode;
  readonly clickId?: ClickId;
  readonly gclid?: GoogleClickId;
  readonly gbraid?: GoogleClickId;
  readonly wbraid?: GoogleClickId;
  readonly clientId: ClientId;
  readonly orderId?: OrderId;
  readonly adUserData?: ConsentStatus;
  readonly adPersonalization?: ConsentStatus;
  readonly attribution?: { readonly credit: DecimalText; readonly model: AttributionModel };
}
