/** Microsoft Advertising, the file that is imported by hand or on a schedule in the web interface. */
import { usageError } from "../base/errors.ts";
import {
  adjustmentCurrency,
  adjustmentTime,
  adjustmentType,
  adjustmentValue,
  checkAdjustment,
  chooseLayout,
  clickId,
  conversionName,
  conversionTime,
  currency,
  emailDigest,
  empty,
  parametersAndHeader,
  phoneDigest,
  value,
} from "./columns.ts";
import { IMPORT_TIMES, MICROSOFT_TERMS } from "./microsoft.ts";
import { textChecks } from "./safety.ts";
import { planOfTemplate } from "./template.ts";
import { isoSpaced } from "./times.ts";
import type { Column, Destination } from "./types.ts";

const CLICK = clickId("Microsoft Click ID");
const NAME = conversionName("Conversion Name");
// The list of time forms has no milliseconds, no `Z` and no colon in an offset (article 56852).
const TIME = conversionTime("Conversion Time", isoSpaced);
const MONEY = [value("Conversion Value"), currency("Conversion Currency")];
// "In the last two columns" (article 60178).
const DIGESTS = [emailDigest("Hashed Email Address"), phoneDigest("Hashed Phone Number")];

const LAYOUTS: Readonly<Record<string, readonly Column[]>> = {
  // The order of the help page and of a scheduled import that is in use.
  "click-id-first": [CLICK, NAME, TIME, ...MONEY, ...DIGESTS],
  // The order of CSV_Conversion_Enhanced_Import_Template.csv, as a script that follows it has it. Its
  // header ends in a comma.
  "name-first": [NAME, TIME, ...MONEY, CLICK, ...DIGESTS, empty("")],
};

// Names: article 56852. That the two digests stand at the end of this template too is inferred from the
// name of the template, ConversionAdjustment_Enhanced.
const ADJUSTMENTS: readonly Column[] = [
  CLICK,
  NAME,
  TIME,
  adjustmentValue("Adjustment Value"),
  adjustmentCurrency("Adjustment Currency"),
  adjustmentType("Adjustment Type"),
  adjustmentTime("Adjustment Time", isoSpaced),
  ...DIGESTS,
];

function columnsOf(layout: string, adjustments: boolean): readonly Column[] {
  if (!adjustments) return LAYOUTS[layout] ?? [];
  if (layout === "click-id-first") return ADJUSTMENTS;
  throw usageError(
    `no adjustments are known for the layout "${layout}"`,
    "leave the layout out: adjustments have one order only",
  );
}

export const microsoftImport: Destination = {
  id: "microsoft-import",
  title: "Microsoft Advertising, import in the web interface",
  next: "upload it on the Offline conversions page of Microsoft Advertising; results show after about 6 hours, on the day of the click",
  emailRules: "microsoft-2026-11",
  sources: [
    "https://help.ads.microsoft.com/apex/index/3/en/56852",
    "https://help.ads.microsoft.com/apex/index/3/en/60178",
  ],
  formats: ["csv", "xlsx"],
  layouts: ["click-id-first", "name-first"],
  requires: [],
  takes: ["adjustments", "template"],
  // 100,000 rows an upload (article 56852). No size is stated.
  limits: { rows: 100_000, bytes: Number.POSITIVE_INFINITY },
  ...MICROSOFT_TERMS,
  timeForms: IMPORT_TIMES,
  plan(options) {
    const layout = chooseLayout(this, options);
    const texts = textChecks(options.format, "spreadsheet", [(row) => row.name]);
    const common = {
      kind: "table",
      format: options.format,
      limits: this.limits,
      // Not documented for this file; imports without one work, and one before `Parameters:` is untried.
      byteOrderMark: false,
      warning: texts.warning,
    } as const;
    if (options.template !== undefined) {
      const { check, ...table } = planOfTemplate(options.template, {
        platform: "microsoft",
        required: ["name", "time"],
      });
      return { ...common, ...table, check: (row) => check(row) ?? texts.check(row) };
    }
    const columns = columnsOf(layout, options.adjustments ?? false);
    return {
      ...common,
      layout,
      head: parametersAndHeader(columns),
      columns,
      notes: [],
      check: (row) => checkAdjustment(row) ?? texts.check(row),
    };
  },
};
