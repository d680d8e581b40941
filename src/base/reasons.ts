/**
 * The closed list of reasons: why a row was left out, or what was worth saying about a row that was
 * not. Each has a stable code (in reports, tests and scripts), one sentence, and what to do about it.
 * The texts never speak of a value.
 */

import type { Advice } from "./errors.ts";

/** How a conversion row can end, besides `written` and `duplicate`. */
export type Outcome = "refused" | "unmatched" | "excluded";

interface ReasonText {
  /** What happened, to be read after a count: "12 rows: <text>". */
  readonly text: string;
  /** What the user can do. */
  readonly advice?: Advice;
}

/** Why one identifier cell (e-mail, phone, or a hashed column) gave no digest. */
export const CELL_REASONS = {
  "already-hashed": {
    text: "the cell already holds a hash",
    advice: {
      option: "columns",
      text: 'name the column with `columns["hashed-email"]` or `columns["hashed-phone"]`',
    },
  },
  "email-more-than-one": { text: "two e-mail addresses in one cell" },
  "email-name-or-space": {
    text: "a space beside the e-mail address: it may follow a name, or split the address",
    advice: { text: "leave only the address in the cell" },
  },
  "email-at-sign": { text: "not exactly one @ in the e-mail address" },
  "email-local-empty": { text: "nothing is left before the @" },
  "email-domain-invalid": { text: "the e-mail domain is not a domain name" },
  "email-domain-not-ascii": {
    text: "the e-mail domain has letters that the rules do not cover",
    advice: {
      text: "no rule says how such a domain is hashed; give a phone number for these people",
    },
  },
  "email-not-ascii": {
    text: "the e-mail address has letters that the rules do not cover",
    advice: {
      text: "no rule says how such a letter is hashed; give a phone number for these people",
    },
  },
  "email-invalid": { text: "not an e-mail address" },
  "phone-spreadsheet-damaged": {
    text: "the phone number was cut by a spreadsheet (4.15555E+09)",
    advice: { text: "export again with the phone column formatted as text" },
  },
  "phone-more-than-one": { text: "two phone numbers in one cell" },
  "phone-fax": {
    text: "the number of a fax, which reaches no person",
    advice: { text: "name another column for the phone" },
  },
  "phone-letters": { text: "letters in the phone number" },
  "phone-no-country": {
    text: "a phone number without a country",
    advice: {
      option: "country",
      text: "give `country`, or name a country column with `columns.country`",
    },
  },
  "phone-plus-missing": {
    text: "a phone number that is valid only abroad, without its +",
    advice: { text: "write the + before the country code, or give a country column" },
  },
  "phone-ambiguous": {
    text: "a phone number that is valid in two countries as it is written",
    advice: {
      text: "write the + before the country code, or the number as it is dialled at home, with its leading 0",
    },
  },
  "phone-country-unknown": {
    text: "the country of the phone number is not one that we know",
    advice: { text: "use ISO codes (US, USA) or names in the country column" },
  },
  "phone-invalid": { text: "not a valid phone number in its country" },
  "hash-malformed": {
    text: "a hashed column holds something that is not 64 hex digits",
    advice: {
      text: "hash columns must hold SHA-256 in hex; plain values belong in email or phone",
    },
  },
  "hash-of-nothing": {
    text: "the hash of an empty value (empty string, null, n/a, …)",
    advice: { text: "the tool that made the hashes hashed empty cells; fix it there" },
  },
  "contact-conflict": {
    text: "two contacts with the same key and different values",
    advice: {
      option: "onConflict",
      text: "merge the contacts in the CRM, or choose one with `onConflict`",
    },
  },
} as const satisfies Record<string, ReasonText>;

/** `absent` is not a problem: the cell is empty, or says so (`n/a`). */
export type CellReason = keyof typeof CELL_REASONS | "absent";

/** What was mended in an identifier cell on the way to its digest. */
export const REPAIRS = {
  "email-wrapper": {
    text: "address taken out of mailto:, Name <…>, quotes, brackets, or from between a label and a note",
  },
  "email-separator": { text: "comma, semicolon or final dot beside the address removed" },
  "email-mark": {
    text: "the mark of a spreadsheet or a list before the address removed (' = * • -)",
  },
  "email-name-before": { text: "the person's name before the address removed" },
  "email-invisible": { text: "invisible characters removed from the address" },
  "email-space": { text: "spaces removed from inside the address" },
  "phone-digits": { text: "full-width or other scripts' digits read as 0-9" },
  "phone-invisible": { text: "invisible characters removed from the number" },
  "phone-text-mark": { text: "the spreadsheet's leading ' or = removed" },
  "phone-tel": { text: "tel:, sip:, skype:, callto: or whatsapp: removed" },
  "phone-float": { text: ".0 of a number column removed" },
  "phone-double-zero": { text: "leading 00 read as +" },
  "phone-double-plus": { text: "++ or +00 in front read as +" },
  "phone-label": { text: "labels beside the number removed (Tel., mobile, office, …)" },
  "phone-plus-added": { text: "country code without its + read with it" },
  "phone-legacy": { text: "a former way of writing the number read as today's" },
  "phone-extension": { text: "extension dropped" },
} as const satisfies Record<string, ReasonText>;

export type Repair = keyof typeof REPAIRS;

/** Why a conversion row was left out. */
export const ROW_REASONS = {
  "row-too-short": {
    outcome: "refused",
    text: "fewer cells than the header",
    advice: {
      text: "look for a line break inside an unquoted cell; if only empty cells at the end are missing, export again as .xlsx",
    },
  },
  "row-too-long": {
    outcome: "refused",
    text: "more cells than the header",
    advice: { text: "look for a separator inside an unquoted cell" },
  },
  "name-missing": { outcome: "refused", text: "no conversion name" },
  "name-too-long": { outcome: "refused", text: "conversion name over 100 characters" },
  "name-looks-personal": {
    outcome: "refused",
    text: "the conversion name looks like an e-mail address or a phone number, or is that of the row",
    advice: { text: "check which column was taken for the conversion name" },
  },
  "name-malformed": {
    outcome: "refused",
    text: "a line break or another control character in the conversion name",
  },
  "stage-not-mapped": {
    outcome: "refused",
    text: "a stage that the goal map does not name",
    advice: { option: "goalMap", text: "add the stage to `goalMap`" },
  },
  "no-conversion-action": {
    outcome: "refused",
    text: "no conversion action is known for the conversion name",
    advice: {
      option: "googleAction",
      text: "give `googleAction` a number for this name too",
    },
  },
  "time-absent": { outcome: "refused", text: "no conversion time" },
  "time-missing": {
    outcome: "refused",
    text: "a date without a time of day",
    advice: {
      option: "assumeTime",
      text: 'export the time of day too, or choose one with `assumeTime: "<HH:mm>"`',
    },
  },
  "time-unreadable": {
    outcome: "refused",
    text: "the time is in no known form",
    advice: {
      option: "dateFormat",
      text: "give the form with `dateFormat`; `firsthash times` lists the forms that are read",
    },
  },
  "time-zone-unclear": {
    outcome: "refused",
    text: "the zone behind the time can be several, or none that we know",
    advice: {
      option: "timeZone",
      text: "give `timeZone` if the zone is the export's own, or write offsets such as +01:00; `firsthash times` lists what is read",
    },
  },
  "time-ambiguous": {
    outcome: "refused",
    text: "a local time that happens twice (clocks go back)",
    advice: { option: "dst", text: 'choose with `dst: "earlier"` or `dst: "later"`' },
  },
  "time-nonexistent": {
    outcome: "refused",
    text: "a local time that the clock skips (clocks go forward)",
    advice: { option: "dst", text: 'choose with `dst: "earlier"` or `dst: "later"`' },
  },
  "time-too-old": { outcome: "refused", text: "older than 90 days" },
  "time-in-future": {
    outcome: "refused",
    text: "in the future",
    advice: { option: "timeZone", text: "check `timeZone`, and `asOf` if you gave it" },
  },
  "value-looks-personal": {
    outcome: "refused",
    text: "the value is written like a phone number, or is that of the row",
    advice: { text: "check which column was taken for the value" },
  },
  "value-unreadable": { outcome: "refused", text: "the value is not a number" },
  "value-negative": { outcome: "refused", text: "the value has a sign" },
  "value-too-large": { outcome: "refused", text: "the value is over 999999999999" },
  "value-too-precise": { outcome: "refused", text: "the value has more than 3 decimals" },
  "value-currency-differs": {
    outcome: "refused",
    text: "a currency sign beside the value that the row's currency does not confirm",
    advice: { option: "currency", text: "give a currency column, or `currency`" },
  },
  "currency-malformed": { outcome: "refused", text: "the currency is not three letters" },
  "click-id-malformed": { outcome: "refused", text: "the click id is not 32 hex digits" },
  "google-click-id-malformed": {
    outcome: "refused",
    text: "a gclid, gbraid or wbraid has characters or a length that none has",
    advice: {
      text: "check which column was taken for it; case counts, so it must not have been changed",
    },
  },
  "consent-unclear": {
    outcome: "refused",
    text: "a consent column says neither granted nor denied",
    advice: { text: "write Granted or Denied, or leave the cell empty" },
  },
  "order-id-too-long": { outcome: "refused", text: "the order id is over 100 characters" },
  "order-id-looks-personal": {
    outcome: "refused",
    text: "the order id looks like an e-mail address or a phone number",
    advice: { option: "columns", text: "check which column was named for it" },
  },
  "client-id-too-long": { outcome: "refused", text: "the client id is over 100 characters" },
  "client-id-looks-personal": {
    outcome: "refused",
    text: "the client id looks like an e-mail address or a phone number, or is that of the row",
    advice: { text: "leave the client-id column out; row numbers are used instead" },
  },
  "key-looks-personal": {
    outcome: "refused",
    text: "the key looks like an e-mail address or a phone number, or is that of the row",
    advice: {
      option: "key",
      text: "name a column of ids with `key`, or leave `key` out to get line numbers",
    },
  },
  "attribution-malformed": {
    outcome: "refused",
    text: "external attribution needs a credit over 0 and at most 1, and a model",
  },
  "starts-like-formula": {
    outcome: "refused",
    text: "the conversion name starts like a spreadsheet formula (= + - @)",
    advice: { text: "rename the goal, or write the .xlsx form, where the cell is typed as text" },
  },
  "text-not-writable": {
    outcome: "refused",
    text: "the conversion name or client id has characters that this kind of file cannot carry",
    advice: {
      text: "control characters do not fit into a workbook; write the .csv form, or rename",
    },
  },
  "adjustment-value-missing": {
    outcome: "refused",
    text: "a Restate without a new value",
    advice: { text: "to take a conversion back, say so in a column of the adjustment type" },
  },
  "adjustment-value-unexpected": {
    outcome: "refused",
    text: "a Retract with a new value",
    advice: { text: "a smaller value is a Restate; a Retract takes the whole conversion back" },
  },
  "adjustment-type-unknown": {
    outcome: "refused",
    text: "the adjustment type is neither a Restate nor a Retract",
    advice: {
      option: "columns",
      text: "use restate or retract, or one of the words that docs/cli.md lists",
    },
  },
  "adjustment-time-missing": { outcome: "refused", text: "no adjustment time" },
  "adjustment-before-conversion": {
    outcome: "refused",
    text: "an adjustment time before the conversion",
    advice: {
      option: "timeZone",
      text: "check which column was taken for the adjustment time, and `timeZone`",
    },
  },
  "adjustment-contradicted": {
    outcome: "refused",
    text: "two corrections of one conversion at one time that say different things",
    advice: { text: "keep the one that is right" },
  },
  "adjustment-after-retract": {
    outcome: "refused",
    text: "a correction of a conversion that another one takes back",
    advice: { text: "Microsoft adjusts nothing that is retracted; keep one of the two" },
  },
  "original-ambiguous": {
    outcome: "refused",
    text: "more than one conversion can be meant",
    advice: {
      option: "id",
      text: "give a column that tells conversions apart, such as an order number, with `id`",
    },
  },
  "original-too-old": {
    outcome: "refused",
    text: "the conversion is older than 90 days",
    advice: { text: "Microsoft takes nothing about conversions older than that" },
  },
  "original-malformed": {
    outcome: "refused",
    text: "the conversion is not as it was written in the upload",
    advice: { text: "give the upload as it was sent, not a copy that a spreadsheet saved" },
  },
  "value-missing": {
    outcome: "refused",
    text: "no value, which this destination requires",
    advice: { text: "map the column of the value, or leave these conversions out" },
  },
  "click-id-not-in-layout": {
    outcome: "refused",
    text: "only a click id, for which this destination's file has no column",
    advice: { text: "upload these rows to microsoft-bulk or microsoft-import" },
  },
  "original-unnamed": {
    outcome: "unmatched",
    text: "nothing in the row tells which conversion is meant",
  },
  "original-not-found": {
    outcome: "unmatched",
    text: "the conversion is not among those that were uploaded",
    advice: {
      option: "id",
      text: "check that it is the right upload or export, and the column that `id` names",
    },
  },
  "original-left-out": {
    outcome: "unmatched",
    text: "the conversion has a fault, so it cannot have been uploaded as it stands",
    advice: {
      option: "original",
      text: "see why with `firsthash prepare`, or give the upload itself with `original`",
    },
  },
  "no-key": {
    outcome: "unmatched",
    text: "the join key is empty, zero, or says that there is none",
  },
  "key-spreadsheet-damaged": {
    outcome: "refused",
    text: "the key was rounded or broken by a spreadsheet, so that it may be several people's",
    advice: { option: "key", text: "export again with the key column formatted as text" },
  },
  "no-contact": { outcome: "unmatched", text: "no contact has this key" },
  "contact-conflict": {
    outcome: "unmatched",
    text: "the contacts with this key contradict each other, and nothing else identifies the person",
    advice: {
      option: "onConflict",
      text: "merge the contacts in the CRM, or choose one with `onConflict`",
    },
  },
  "no-identifier": {
    outcome: "unmatched",
    text: "no usable e-mail address, phone number or click id",
  },
  "already-sent": {
    outcome: "excluded",
    text: "sent before, as the ledger knows",
  },
  "already-sent-changed": {
    outcome: "excluded",
    text: "sent before, as the ledger knows, with other digests or another click id: it would count twice",
    advice: {
      text: "to send it as it is now, first take the earlier upload back with `firsthash retract`",
    },
  },
  "no-id-for-ledger": {
    outcome: "refused",
    text: "nothing in the row tells the ledger which conversion it is",
    advice: {
      option: "columns",
      text: 'name the column of the conversion\'s own id with `columns["order-id"]`',
    },
  },
  "order-continued": {
    outcome: "excluded",
    text: "a further line of the order above it, which is one conversion",
  },
  "stage-left-out": { outcome: "excluded", text: "a stage that the goal map leaves out (null)" },
  "no-consent": {
    outcome: "excluded",
    text: "no consent",
    advice: {
      option: "consentValues",
      text: "if these people agreed, name what the consent column says with `consentValues`",
    },
  },
} as const satisfies Record<string, ReasonText & { readonly outcome: Outcome }>;

export type RowReason = keyof typeof ROW_REASONS;

/** Worth saying about a row that was written. */
export const WARNINGS = {
  "time-within-last-hour": {
    text: "within the last hour",
    advice: { text: "Microsoft asks to wait an hour after the click" },
  },
  "time-near-limit": { text: "within a day of the 90-day limit", advice: { text: "upload today" } },
  "name-outer-space": {
    text: "the conversion name begins or ends with a space",
    advice: { text: "it must equal the goal's name exactly; look whether the goal has that space" },
  },
  "currency-not-listed": {
    text: "a currency that is not on Microsoft's list (which has the old TRL for TRY)",
  },
  "currency-without-value": { text: "a currency without a value" },
  "starts-like-formula": {
    text: "the conversion name or client id starts like a spreadsheet formula (= + - @)",
    advice: { text: "do not open and save the file in a spreadsheet" },
  },
  "adjustment-without-currency": {
    text: "a new value without a currency; the goal's is taken",
    advice: { option: "currency", text: "give a currency column, or `currency`" },
  },
  "click-id-only": {
    text: "written with its click id alone: no usable e-mail address or phone number",
  },
} as const satisfies Record<string, ReasonText>;

export type Warning = keyof typeof WARNINGS;

/** What a destination says of reasons, warnings and findings in other words than the usual ones, by code. */
export type OwnTexts = Readonly<
  Record<string, { readonly text: string; readonly advice?: Advice } | undefined>
>;

/** A row that says what an earlier one said. */
export const DUPLICATE = { text: "the same conversion again" } as const;
