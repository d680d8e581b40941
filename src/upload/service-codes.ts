/**
 * What the codes of the service mean, in our words: of rows that were refused (5600 to 5627,
 * operation-error-codes.md, 17 Aug 2026), of uploads, and of conversions that were attributed to nobody
 * (dailysummary.md). Each has its place in docs/upload.md.
 */

export interface CodeText {
  readonly text: string;
  readonly advice?: string;
}

/** By name; the numbers are Microsoft's. Those without a number are named in reports only. */
export const ROW_CODES: Readonly<Record<string, CodeText & { readonly number?: number }>> = {
  OfflineConversionsNullOrEmpty: { number: 5600, text: "there is no conversion" },
  OfflineConversionsLimitExceeded: { number: 5601, text: "too many conversions in one call" },
  OfflineConversionIsNull: { number: 5602, text: "the conversion is empty" },
  OfflineConversionMicrosoftClickIdNullOrEmpty: {
    number: 5603,
    text: "no click id, and the digests were not taken in its place",
    advice: "turn enhanced conversions on for the goal (`firsthash goals`), and accept their terms",
  },
  OfflineConversionMicrosoftClickIdInvalid: {
    number: 5604,
    text: "the click id is not valid",
    advice: "check the column of the click id in the CRM; it may be of another advertiser's click",
  },
  OfflineConversionNameNullOrEmpty: { number: 5605, text: "no conversion name" },
  OfflineConversionNameInvalid: {
    number: 5606,
    text: "no offline conversion goal has this name",
    advice: "compare the names with `firsthash goals`; letters, case and spaces must be the same",
  },
  OfflineConversionTimeInvalid: { number: 5607, text: "the time is not valid" },
  OfflineConversionTimeNullOrEmpty: { number: 5608, text: "no conversion time" },
  OfflineConversionTimeOutOfWindow: {
    number: 5609,
    text: "the time is older than 90 days",
    advice: "upload within 90 days of the conversion",
  },
  OfflineConversionValueInvalid: { number: 5610, text: "the value is too large, or negative" },
  OfflineConversionCurrencyCodeInvalid: {
    number: 5611,
    text: "the currency is not one that Microsoft takes",
    advice: "Microsoft's list has the old TRL in the place of TRY",
  },
  OfflineConversionsApplyFailed: {
    number: 5612,
    text: "Microsoft had an internal failure",
    advice:
      "send the file once more later with --again: what was taken is not counted twice if nothing in it changed",
  },
  OfflineConversionPilotNotEnabledForCustomer: {
    number: 5613,
    text: "the feature is not turned on for the customer",
    advice: "ask Microsoft Advertising's support",
  },
  FutureConversionTimeCannotBeSet: {
    number: 5614,
    text: "the time is in the future",
    advice: "check the time zone that `firsthash prepare` was given, and the clock",
  },
  OfflineConversionNotAcceptedForGoal: {
    number: 5615,
    text: "the goal is younger than two hours",
    advice: "wait two hours after the goal was made, then send the file with --again",
  },
  ConversionTimeEarlierThanClickTime: {
    number: 5616,
    text: "the time is before the click",
    advice: "check the time zone that `firsthash prepare` was given",
  },
  ClickIdDateTimeOutsideGoalConversionWindow: {
    number: 5617,
    text: "the click is outside of the goal's conversion window",
    advice: "widen the window of the goal, if the sale takes longer",
  },
  OfflineConversionInvalidAdjustmentType: {
    number: 5618,
    text: "the adjustment is neither a Restate nor a Retract",
  },
  OfflineConversionAdjustmentTimeNullOrEmpty: { number: 5619, text: "no adjustment time" },
  OfflineConversionAdjustmentTimeEarlierThanConversionTime: {
    number: 5620,
    text: "the adjustment time is before the conversion",
  },
  OfflineConversionAdjustmentTimeInvalid: {
    number: 5621,
    text: "the adjustment time is not valid",
  },
  OfflineConversionFutureAdjustmentTimeCannotBeSet: {
    number: 5622,
    text: "the adjustment time is in the future",
  },
  OfflineConversionAdjustmentTimeOutOfWindow: {
    number: 5623,
    text: "the adjustment comes too late",
  },
  OfflineConversionAdjustmentValueNotExpected: { number: 5624, text: "a Retract with a value" },
  OfflineConversionAdjustmentValueRequired: { number: 5625, text: "a Restate without a value" },
  OfflineConversionCurrencyValueRequired: { number: 5626, text: "a currency is needed" },
  OfflineConversionRestateRetractNotSupported: {
    number: 5627,
    text: "conversions of this kind cannot be restated or retracted",
  },
  NotEligibleForEnhancedConversions: {
    text: "the goal takes no enhanced conversions",
    advice: "turn enhanced conversions on for the goal, and accept their terms",
  },
  ConversionEmailAddressIsNotHashed: { text: "the e-mail column holds something that is no hash" },
  ConversionPhoneNumberIsNotHashed: { text: "the phone column holds something that is no hash" },
  GoalNotEligibleForExternalAttribution: { text: "the goal takes no external attribution" },
  ExternalAttributionRequiredFieldEmpty: {
    text: "the credit or the model of the attribution is missing",
  },
  ExternalAttributionModelTooLong: { text: "the model of the attribution is too long" },
  ExternalAttributionCreditValueInvalid: { text: "the credit of the attribution is not valid" },
};

const BY_NUMBER: ReadonlyMap<number, string> = new Map(
  Object.entries(ROW_CODES).flatMap(([name, { number }]) =>
    number === undefined ? [] : [[number, name] as const],
  ),
);

/** The text for a code of a row, by its name or its number. */
export function rowCodeText(name: string, number: number | undefined): CodeText {
  const known = ROW_CODES[name] ?? ROW_CODES[BY_NUMBER.get(number ?? -1) ?? ""];
  return (
    known ?? {
      text: "a code that is not known here",
      advice: "look it up at Microsoft's page of error codes",
    }
  );
}

/** What became of an upload as a whole. */
export const STATUS_TEXTS: Readonly<Record<string, CodeText>> = {
  PendingFileUpload: { text: "the file has not arrived" },
  FileUploaded: { text: "the file has arrived and waits" },
  InProgress: { text: "the file is being processed" },
  Completed: { text: "processed, without errors" },
  CompletedWithErrors: { text: "processed, with errors in some rows" },
  Failed: {
    text: "the upload failed as a whole",
    advice: "send it again later with --again; if it fails again, send a smaller file",
  },
  UploadFileRowCountExceeded: {
    text: "more rows than the service takes",
    advice: "let prepare split the file; the sandbox takes 20,000 rows",
  },
  UploadFileFormatNotSupported: {
    text: "the service does not read this version of the format",
    advice: "update firsthash",
  },
  Expired: { text: "the upload was not processed in time", advice: "send it with --again" },
  Aborted: { text: "the service stopped the upload", advice: "send it with --again" },
};

/** Why a conversion was attributed to no click. */
export const UNATTRIBUTED: Readonly<Record<string, CodeText>> = {
  AccountMismatch: {
    text: "the clicks that were found are of other accounts",
    advice: "upload to the account whose ads were clicked, or use a goal of the customer's scope",
  },
  AdjustmentOriginalNotFound: {
    text: "the conversion that is to be adjusted was not found",
    advice: "name, time and digests must be those of the upload; use `firsthash adjust --original`",
  },
  ClickTimestampAfterConversion: {
    text: "the click came after the conversion",
    advice: "check --time-zone of `firsthash prepare`",
  },
  ConversionAlreadyRetracted: { text: "the conversion was retracted before" },
  ConversionTimeExceedsMaxLookback: { text: "older than 90 days", advice: "upload more often" },
  ConversionTimeInFuture: { text: "in the future", advice: "check --time-zone and the clock" },
  DuplicateConversionKey: {
    text: "the same conversion was counted before",
    advice: "nothing is lost; `--ledger` leaves such rows out",
  },
  GoalNotFoundOrInactive: {
    text: "no active goal has this name",
    advice: "compare the names with `firsthash goals`",
  },
  HistoricalClickDataExpired: { text: "the click is older than 90 days" },
  MalformedData: { text: "malformed data", advice: "look with `firsthash verify`" },
  MissingMatchIdentifiers: {
    text: "no click id, and no click with these digests",
    advice: "give both e-mail address and phone number where you have them",
  },
  NoMatchingClickFound: {
    text: "no click of this person",
    advice: "most people of a CRM never clicked an ad: that is usual",
  },
  OutsideGoalLookbackWindow: {
    text: "the click is outside of the goal's window",
    advice: "widen the conversion window of the goal, if the sale takes longer",
  },
  Unknown: { text: "no reason was given" },
};
