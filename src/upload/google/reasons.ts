/**
 * What the words of the Data Manager API mean, in ours: of requests that were refused (error.proto) and of events that
 * were read and not taken (processing_errors.proto), both of August 2026. Each has its place in docs/google.md.
 */
import type { CodeText } from "../service-codes.ts";

const PREPARE_AGAIN =
  "prepare the file again with this version of firsthash; if it stays, report it";

export const GOOGLE_REASONS: Readonly<Record<string, CodeText>> = {
  unknown: { text: "Google gives no reason" },
  // Of a request, some about one event.
  INVALID_ARGUMENT: { text: "something in the event is not taken, and Google does not say what" },
  REQUIRED_FIELD_MISSING: { text: "a member is missing", advice: PREPARE_AGAIN },
  INVALID_FORMAT: { text: "a member is not in the form that Google reads", advice: PREPARE_AGAIN },
  INVALID_HEX_ENCODING: { text: "a digest is no hex text", advice: PREPARE_AGAIN },
  INVALID_SHA256_FORMAT: { text: "a digest is no SHA-256", advice: PREPARE_AGAIN },
  INVALID_ENUM_VALUE: {
    text: "a word is not one of Google's",
    advice: "check --event-source and the columns of consent",
  },
  INVALID_NUMBER_FORMAT: { text: "the value is not a number that Google reads" },
  INVALID_CURRENCY_CODE: {
    text: "the currency is not one that Google takes",
    advice: "check the column of the currency in the CRM",
  },
  INVALID_EVENT: { text: "the event is not valid" },
  NO_IDENTIFIERS_PROVIDED: { text: "neither a digest nor a click id is in the event" },
  TOO_MANY_USER_IDENTIFIERS: { text: "more than ten identifiers in one event" },
  // Of the account or the request as a whole.
  NOT_FOUND: {
    text: "the account or the conversion action is not there",
    advice: "compare --google-account and --google-action with the page of the conversion action",
  },
  PERMISSION_DENIED: {
    text: "the sign-in may not use the account",
    advice: "let the user or the service account in: Google Ads, Admin, Access and security",
  },
  INVALID_DESTINATION: {
    text: "the account or the conversion action is not one that takes events",
    advice: "compare --google-account, --google-login-account and --google-action with Google Ads",
  },
  INVALID_CONVERSION_ACTION_ID: {
    text: "there is no conversion action of this number in the account",
    advice: "it stands as ctId in the address of the action's page; prepare with --google-action",
  },
  INVALID_CONVERSION_ACTION_TYPE: {
    text: "the conversion action is not one for imports",
    advice: "make one of the kind Import, from clicks or for enhanced conversions for leads",
  },
  DESTINATION_ACCOUNT_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS: {
    text: "enhanced conversions for leads are not turned on in the account",
    advice: "turn them on under Goals, Settings; Google takes up to an hour to notice",
  },
  DESTINATION_ACCOUNT_DATA_POLICY_PROHIBITS_ENHANCED_CONVERSIONS: {
    text: "Google's customer data policies keep the account from enhanced conversions",
    advice: "ask Google's support",
  },
  DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED: {
    text: "the account has not agreed to the terms of enhanced conversions",
    advice: "agree to them in Google Ads under Goals, Settings",
  },
  TERMS_AND_CONDITIONS_NOT_SIGNED: {
    text: "the account has not agreed to the terms",
    advice: "agree to them in Google Ads under Goals, Settings",
  },
  // Of events, counted after the request was taken.
  EVENT_TOO_OLD: {
    text: "the conversion is older than Google takes",
    advice: "upload within 63 days, with a click id within 90",
  },
  DENIED_CONSENT: {
    text: "consent for ad user data is denied, by the person or in the account's settings",
  },
  NO_CONSENT: {
    text: "the account has not given consent for Google's core platform services",
    advice: "see Goals, Settings in Google Ads",
  },
  UNKNOWN_CONSENT: {
    text: "no consent is stated for the person",
    advice: "prepare with --ad-user-data, or with a column of it",
  },
  DUPLICATE_GCLID: {
    text: "a conversion with this click id and time was taken before",
    advice: "nothing is lost; --ledger leaves such rows out",
  },
  DUPLICATE_TRANSACTION_ID: {
    text: "a conversion with this order id was taken before",
    advice: "nothing is lost; --ledger leaves such rows out",
  },
  INVALID_GCLID: { text: "the click id (gclid) is not one", advice: "check its column in the CRM" },
  INVALID_GBRAID: { text: "the gbraid is not one", advice: "check its column in the CRM" },
  INVALID_WBRAID: { text: "the wbraid is not one", advice: "check its column in the CRM" },
  INVALID_AD_IDENTIFIERS: { text: "the click ids do not go together" },
  INTERNAL_ERROR: {
    text: "Google had an internal error",
    advice: "send them once more later; those with an order id are not counted twice",
  },
  OPERATING_ACCOUNT_MISMATCH_FOR_AD_IDENTIFIER: {
    text: "the click is of another account's ads",
    advice: "upload to the account whose ads were clicked",
  },
  INVALID_OPERATING_ACCOUNT_FOR_CLICK: {
    text: "the click is of another account's ads",
    advice: "upload to the account whose ads were clicked",
  },
  CONVERSION_PRECEDES_CLICK: {
    text: "the time is before the click",
    advice: "check the time zone that `firsthash prepare` was given",
  },
  TOO_RECENT_CLICK: {
    text: "the click is too recent",
    advice: "upload again six hours after the click",
  },
  CLICK_NOT_FOUND: {
    text: "no click with this id",
    advice: "check the column of the click id; ids are told apart by case",
  },
  ONE_PER_CLICK_CONVERSION_ACTION_NOT_PERMITTED_WITH_BRAID: {
    text: "a conversion action that counts one for each click takes no gbraid or wbraid",
    advice: "let the action count every conversion",
  },
};

export function reasonText(word: string): CodeText {
  return (
    GOOGLE_REASONS[word] ?? {
      text: "a word of Google's that is not known here",
      advice: "look it up at the reference of the Data Manager API",
    }
  );
}
