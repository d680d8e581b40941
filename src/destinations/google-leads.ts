/** Google Ads, the file of the web page's import: enhanced conversions for leads. */
import {
  chooseLayout,
  consentColumn,
  conversionName,
  conversionTime,
  currency,
  emailDigest,
  gclid,
  orderId,
  parametersAndHeader,
  phoneDigest,
  value,
} from "./columns.ts";
import { GOOGLE_TERMS, GOOGLE_TIMES, TEMPLATE_CONSENT } from "./google.ts";
import { textChecks } from "./safety.ts";
import { planOfTemplate } from "./template.ts";
import { isoSpaced } from "./times.ts";
import type { Column, Destination, PlanOptions } from "./types.ts";

/**
 * The columns in the order of an exporter's manual; others put the click id first, and Google finds columns by
 * their headers. The optional ones are written where the inputs have something for them.
 */
function columnsOf({ carries, account }: PlanOptions): Column[] {
  const columns = [
    emailDigest("Email"),
    phoneDigest("Phone Number"),
    conversionName("Conversion Name"),
    conversionTime("Conversion Time", isoSpaced),
    value("Conversion Value"),
    currency("Conversion Currency"),
  ];
  const { adUserData, adPersonalization } = account ?? {};
  if (adUserData !== undefined || carries?.has("ad-user-data")) {
    columns.push(consentColumn("ad-user-data", "Ad User Data", TEMPLATE_CONSENT, adUserData));
  }
  if (adPersonalization !== undefined || carries?.has("ad-personalization")) {
    columns.push(
      consentColumn(
        "ad-personalization",
        "Ad Personalization",
        TEMPLATE_CONSENT,
        adPersonalization,
      ),
    );
  }
  if (carries?.has("order-id")) columns.push(orderId("Order ID"));
  if (carries?.has("gclid")) columns.push(gclid("Google Click ID"));
  return columns;
}

export const googleLeads: Destination = {
  id: "google-leads",
  title: "Google Ads, file of the import page (enhanced conversions for leads)",
  next: "upload it under Goals > Conversions > Uploads; Google looks at it within about 3 hours. Compare its header with the template of your account first: it rests on exporters' manuals",
  ...GOOGLE_TERMS,
  sources: [
    "https://support.google.com/google-ads/answer/7014069",
    "https://support.google.com/google-ads/answer/15081888",
  ],
  formats: ["csv", "xlsx"],
  layouts: ["leads"],
  requires: [],
  takes: ["template", "account"],
  // Nobody states a limit: that of Microsoft's import is kept, which is smaller than any that was heard of.
  limits: { rows: 100_000, bytes: Number.POSITIVE_INFINITY },
  timeForms: GOOGLE_TIMES,
  plan(options) {
    const layout = chooseLayout(this, options);
    const texts = textChecks(options.format, "spreadsheet", [
      (row) => row.name,
      (row) => row.orderId,
    ]);
    const columns = columnsOf(options);
    const table =
      options.template === undefined
        ? {
            layout,
            head: parametersAndHeader(columns),
            columns,
            notes: [],
            check: () => undefined,
          }
        : planOfTemplate(options.template, { platform: "google", required: ["name", "time"] });
    return {
      kind: "table",
      format: options.format,
      limits: this.limits,
      byteOrderMark: false,
      ...table,
      check: (row) => table.check(row) ?? texts.check(row),
      warning: texts.warning,
    };
  },
};
