/** Adobe Advertising Search, Social, & Commerce: the Microsoft form of its offline conversions template. */
import {
  chooseLayout,
  clickId,
  conversionName,
  conversionTime,
  currency,
  emailDigest,
  parametersAndHeader,
  phoneDigest,
  value,
} from "./columns.ts";
import { IMPORT_TIMES, MICROSOFT_TERMS } from "./microsoft.ts";
import { textChecks } from "./safety.ts";
import { checkIdentifier, planOfTemplate } from "./template.ts";
import { isoSpaced } from "./times.ts";
import type { Column, Destination, UploadRow } from "./types.ts";

// Adobe states no form of the time for Microsoft. This is one that Microsoft's own import takes.
const CONVERSION: readonly Column[] = [
  conversionName("Conversion Name"),
  conversionTime("Conversion Time", isoSpaced),
  value("Conversion Value"),
  currency("Conversion Currency"),
];

// The page's English text: commit 7240d3b4 (2024-11-18) and commit ab69d6b2 (2026-05-14), which took the
// click id away and `Hashed` out of the headers, though the values must still be hashed.
const LAYOUTS: Readonly<Record<string, readonly Column[]>> = {
  "2026-05": [emailDigest("Email"), phoneDigest("Phone Number"), ...CONVERSION],
  "2024-11": [
    ...CONVERSION,
    clickId("Microsoft Click ID"),
    emailDigest("Hashed Email Address"),
    phoneDigest("Hashed Phone Number"),
  ],
};

/** "Required: Conversion Name, Conversion Time, Conversion Value." */
const checkValue = (row: UploadRow) => (row.value === undefined ? "value-missing" : undefined);

export const adobe: Destination = {
  id: "adobe",
  title: "Adobe Advertising, template of offline conversions for Microsoft",
  // The digests are Microsoft's: Adobe hands them on, and points to article 60178 for the rules.
  next: "upload it under Goals > Conversions > Set up Conversion > Data Upload; results show after about 6 hours",
  emailRules: "microsoft-2026-11",
  sources: [
    "https://experienceleague.adobe.com/en/docs/advertising/search-social-commerce/admin/conversion-metrics/upload-data-offline-conversions",
    "https://help.ads.microsoft.com/apex/index/3/en/60178",
  ],
  // Adobe speaks of Excel only; .csv is for those who paste it into the template.
  formats: ["xlsx", "csv"],
  layouts: ["2026-05", "2024-11"],
  requires: ["value"],
  takes: ["template"],
  // Adobe states none; the rows end up in Microsoft's import, which takes 100,000.
  limits: { rows: 100_000, bytes: Number.POSITIVE_INFINITY },
  ...MICROSOFT_TERMS,
  // Adobe states no form; the rows end up in the import.
  timeForms: IMPORT_TIMES,
  plan(options) {
    const layout = chooseLayout(this, options);
    const texts = textChecks(options.format, "spreadsheet", [(row) => row.name]);
    const columns = LAYOUTS[layout] ?? [];
    const table =
      options.template === undefined
        ? {
            layout,
            head: parametersAndHeader(columns),
            columns,
            notes: [],
            check: layout === "2026-05" ? checkIdentifier : () => undefined,
          }
        : planOfTemplate(options.template, {
            platform: "microsoft",
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
