/** Adobe Advertising Search, Social, & Commerce: the Google form of its offline conversions template. */
import {
  chooseLayout,
  consentColumn,
  conversionName,
  conversionTime,
  currency,
  emailDigest,
  parametersAndHeader,
  phoneDigest,
  value,
} from "./columns.ts";
import { GOOGLE_TERMS, GOOGLE_TIMES, TEMPLATE_CONSENT } from "./google.ts";
import { textChecks } from "./safety.ts";
import { checkIdentifier, planOfTemplate } from "./template.ts";
import { isoSpaced } from "./times.ts";
import type { Destination, UploadRow } from "./types.ts";

/** "Required: Conversion Name, Conversion Time, Conversion Value." */
const checkValue = (row: UploadRow) => (row.value === undefined ? "value-missing" : undefined);

export const adobeGoogle: Destination = {
  id: "adobe-google",
  title: "Adobe Advertising, template of offline conversions for Google",
  next: "upload it under Goals > Conversions > Set up Conversion > Data Upload; it goes to Google at once, so there is no undo",
  ...GOOGLE_TERMS,
  sources: [
    "https://experienceleague.adobe.com/en/docs/advertising/search-social-commerce/admin/conversion-metrics/upload-data-offline-conversions",
  ],
  formats: ["xlsx", "csv"],
  // The page's English text: commit ab69d6b2 (2026-05-14). Its translations translate the headers too, and it
  // describes the two consent columns the wrong way round; their names are Google's.
  layouts: ["2026-05"],
  requires: ["value"],
  takes: ["template", "account"],
  // Adobe states none: as its template for Microsoft.
  limits: { rows: 100_000, bytes: Number.POSITIVE_INFINITY },
  // Adobe refers to Google's article.
  timeForms: GOOGLE_TIMES,
  plan(options) {
    const layout = chooseLayout(this, options);
    const { adUserData, adPersonalization } = options.account ?? {};
    const columns = [
      emailDigest("Email"),
      phoneDigest("Phone Number"),
      conversionName("Conversion Name"),
      conversionTime("Conversion Time", isoSpaced),
      value("Conversion Value"),
      currency("Conversion Currency"),
      consentColumn("ad-user-data", "Ad User Data", TEMPLATE_CONSENT, adUserData),
      consentColumn(
        "ad-personalization",
        "Ad Personalization",
        TEMPLATE_CONSENT,
        adPersonalization,
      ),
    ];
    const texts = textChecks(options.format, "spreadsheet", [(row) => row.name]);
    const table =
      options.template === undefined
        ? {
            layout,
            head: parametersAndHeader(columns),
            columns,
            notes: [],
            check: checkIdentifier,
          }
        : planOfTemplate(options.template, {
            platform: "google",
            required: ["name", "time", "value"],
          });
    return {
      kind: "table",
      format: options.format,
      limits: this.limits,
      byteOrderMark: false,
      ...table,
      check: (row) => checkValue(row) ?? table.check(row) ?? texts.check(row),
      warning: texts.warning,
    };
  },
};
