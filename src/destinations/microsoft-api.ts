/** Microsoft Advertising, bodies for the REST operations that apply offline conversions. */
import { checkAdjustment, chooseLayout } from "./columns.ts";
import { textChecks } from "./safety.ts";
import { isoUtc } from "./times.ts";
import type { Destination, UploadRow } from "./types.ts";

/** JSON of a text, or null. A name may hold quotes, so it is not put between quotes by hand. */
const text = (value: string | undefined) => (value === undefined ? "null" : JSON.stringify(value));

/** A decimal is a JSON number as it stands. It never becomes a float, so no digit can change. */
const number = (decimal: string | undefined) => decimal ?? "null";

// Fields that are absent are null, as in the documented bodies.

const identity = (row: UploadRow) =>
  `"HashedEmailAddress":${text(row.email)},"HashedPhoneNumber":${text(row.phone)},` +
  `"MicrosoftClickId":${text(row.clickId)}`;

const nameAndTime = (row: UploadRow) =>
  `"ConversionName":${text(row.name)},"ConversionTime":"${isoUtc(row.time)}"`;

function conversion(row: UploadRow): string {
  return (
    `{${nameAndTime(row)},"ConversionValue":${number(row.value)},` +
    `"ConversionCurrencyCode":${text(row.currency)},${identity(row)}}`
  );
}

/** Only goals that are externally attributed take these fields, so they are written only when asked for. */
function attributedConversion(row: UploadRow): string {
  const { credit, model } = row.attribution ?? {};
  return (
    conversion(row).slice(0, -1) +
    `,"ExternalAttributionCredit":${number(credit)},"ExternalAttributionModel":${text(model)}}`
  );
}

function adjustment(row: UploadRow): string {
  const { adjustment } = row;
  if (adjustment === undefined) throw new Error("a row without an adjustment among adjustments");
  // A Retract has no value: error 5624 OfflineConversionAdjustmentValueNotExpected.
  const restated = adjustment.type === "Restate" ? adjustment : undefined;
  return (
    `{"AdjustmentType":"${adjustment.type}","AdjustmentTime":"${isoUtc(adjustment.time)}",` +
    `"AdjustmentValue":${number(restated?.value)},` +
    `"AdjustmentCurrencyCode":${text(restated?.currency)},${nameAndTime(row)},${identity(row)}}`
  );
}

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
  takes: ["adjustments", "attribution"],
  limits: { rows: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
  plan(options) {
    const layout = chooseLayout(this, options);
    const { adjustments, attribution } = options;
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
      open: adjustments ? '{"OfflineConversionAdjustments":[' : '{"OfflineConversions":[',
      close: "]}",
      // More is error 5601 OfflineConversionsLimitExceeded.
      itemsPerBody: 1000,
      item: adjustments ? adjustment : attribution ? attributedConversion : conversion,
      check: (row) => checkAdjustment(row) ?? texts.check(row),
      warning: texts.warning,
    };
  },
};
