/** Microsoft Advertising, bodies for the REST operations that apply offline conversions. */
import {
  adjustmentCurrency,
  adjustmentTime,
  adjustmentType,
  adjustmentValue,
  attributionCredit,
  attributionModel,
  checkAdjustment,
  chooseLayout,
  clickId,
  conversionName,
  conversionTime,
  currency,
  emailDigest,
  phoneDigest,
  value,
} from "./columns.ts";
import { ISO_FORM, MICROSOFT_TERMS } from "./microsoft.ts";
import { textChecks } from "./safety.ts";
import { isoUtc } from "./times.ts";
import type { Destination } from "./types.ts";

const NAME_AND_TIME = [conversionName("ConversionName"), conversionTime("ConversionTime", isoUtc)];

const IDENTITY = [
  emailDigest("HashedEmailAddress"),
  phoneDigest("HashedPhoneNumber"),
  clickId("MicrosoftClickId"),
];

const CONVERSION = [
  ...NAME_AND_TIME,
  value("ConversionValue"),
  currency("ConversionCurrencyCode"),
  ...IDENTITY,
];

const ATTRIBUTED = [
  ...CONVERSION,
  attributionCredit("ExternalAttributionCredit"),
  attributionModel("ExternalAttributionModel"),
];

const ADJUSTMENT = [
  adjustmentType("AdjustmentType"),
  adjustmentTime("AdjustmentTime", isoUtc),
  adjustmentValue("AdjustmentValue"),
  adjustmentCurrency("AdjustmentCurrencyCode"),
  ...NAME_AND_TIME,
  ...IDENTITY,
];

export const microsoftApi: Destination = {
  id: "microsoft-api",
  title: "Microsoft Advertising, request bodies for ApplyOfflineConversions",
  next: "send each line as one OfflineConversions/Apply request and read PartialErrors; accepted does not yet mean attributed",
  emailRules: "microsoft-2026-11",
  sources: [
    "https://learn.microsoft.com/advertising/campaign-management-service/applyofflineconversions",
    "https://learn.microsoft.com/advertising/campaign-management-service/applyofflineconversionadjustments",
  ],
  formats: ["jsonl"],
  layouts: ["rest"],
  requires: [],
  takes: ["adjustments", "attribution"],
  limits: { rows: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
  ...MICROSOFT_TERMS,
  timeForms: {
    documented: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
    untried: ISO_FORM,
  },
  plan(options) {
    const layout = chooseLayout(this, options);
    const { adjustments, attribution } = options;
    const list = adjustments ? "OfflineConversionAdjustments" : "OfflineConversions";
    const texts = textChecks(options.format, "server", [
      (row) => row.name,
      (row) => row.attribution?.model,
    ]);
    return {
      kind: "bodies",
      format: options.format,
      layout,
      limits: this.limits,
      notes: [],
      open: `{"${list}":[`,
      close: "]}",
      // More is error 5601 OfflineConversionsLimitExceeded.
      itemsPerBody: 1000,
      list,
      beside: [],
      // Fields that are absent are null, as in the documented bodies.
      absent: "null",
      columns: adjustments ? ADJUSTMENT : attribution ? ATTRIBUTED : CONVERSION,
      check: (row) => checkAdjustment(row) ?? texts.check(row),
      warning: texts.warning,
    };
  },
};
