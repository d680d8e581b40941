/** Microsoft Advertising, the Bulk file: the record `Offline Conversion`, format version 6.0. */
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
  clientId,
  conversionName,
  conversionTime,
  currency,
  emailDigest,
  empty,
  phoneDigest,
  recordType,
  value,
} from "./columns.ts";
import { ISO_FORM, MICROSOFT_TERMS } from "./microsoft.ts";
import { textChecks } from "./safety.ts";
import { monthFirst12, monthFirst24 } from "./times.ts";
import type { Column, Destination, PlanOptions } from "./types.ts";

// `documented` is the form of the printed example (offline-conversion.md). `sdk` is what Microsoft's
// Python and Java SDKs write, and the only form that the Python SDK's reader reads back.
const TIME_FORMS = { documented: monthFirst12, sdk: monthFirst24 } as const;

type Layout = keyof typeof TIME_FORMS;

function columnsOf(layout: Layout, options: PlanOptions): Column[] {
  const time = TIME_FORMS[layout];
  const columns = [
    // "The first header is Type"; the other columns may stand in any order (bulk-file-schema.md).
    // This is the order of the printed example, then the hashed columns that it predates.
    recordType("Type", "Offline Conversion"),
    empty("Status"),
    empty("Id"),
    empty("Parent Id"),
    clientId("Client Id"),
    empty("Name"),
    currency("Conversion Currency Code"),
    conversionName("Conversion Name"),
    conversionTime("Conversion Time", time),
    value("Conversion Value"),
    clickId("Microsoft Click Id"),
    emailDigest("Hashed Email Address"),
    phoneDigest("Hashed Phone Number"),
  ];
  if (options.adjustments) {
    columns.push(
      adjustmentValue("Adjustment Value"),
      adjustmentTime("Adjustment Time", time),
      adjustmentCurrency("Adjustment Currency Code"),
      adjustmentType("Adjustment Type"),
    );
  }
  if (options.attribution) {
    columns.push(
      attributionCredit("External Attribution Credit"),
      attributionModel("External Attribution Model"),
    );
  }
  return columns;
}

/** The row that "must precede all other record types"; its version stands under `Name`. */
function formatVersion(columns: readonly Column[]): string[] {
  return columns.map(({ header }) =>
    header === "Type" ? "Format Version" : header === "Name" ? "6.0" : "",
  );
}

export const microsoftBulk: Destination = {
  id: "microsoft-bulk",
  title: "Microsoft Advertising, Bulk file (Offline Conversion records)",
  next: "upload it through the Bulk service; results show after about 6 hours, on the day of the click",
  emailRules: "microsoft-2026-11",
  sources: [
    "https://learn.microsoft.com/advertising/bulk-service/offline-conversion",
    "https://learn.microsoft.com/advertising/bulk-service/bulk-file-schema",
    "https://learn.microsoft.com/advertising/guides/bulk-download-upload",
    "https://learn.microsoft.com/advertising/guides/sandbox",
  ],
  formats: ["csv", "tsv", "csv.zip", "tsv.zip"],
  layouts: ["documented", "sdk"],
  requires: [],
  takes: ["attribution", "adjustments"],
  // 100 MB: it is not said whether that means the file or its zip, nor whether MB is 10^6 or 2^20
  // bytes, so the smaller reading is kept. Rows: bulk-download-upload.md says 4 million, sandbox.md
  // 2.5 million; the smaller is kept.
  limits: { rows: 2_500_000, bytes: 100_000_000 },
  ...MICROSOFT_TERMS,
  timeForms: {
    // 12 hours: the example of offline-conversion.md; 24 hours: the Python and Java SDKs. ISO 8601 is what the
    // .NET SDK reads besides.
    documented: /^\d\d?\/\d\d?\/\d{4} \d\d?:\d\d:\d\d(?: [AP]M)?$/,
    untried: ISO_FORM,
  },
  plan(options) {
    const layout = chooseLayout(this, options);
    const columns = columnsOf(layout as Layout, options);
    const texts = textChecks(options.format, "server", [
      (row) => row.name,
      (row) => row.clientId,
      (row) => row.attribution?.model,
    ]);
    return {
      kind: "table",
      format: options.format,
      layout,
      limits: this.limits,
      notes: [],
      head: [columns.map((column) => column.header), formatVersion(columns)],
      columns,
      // "UTF-8 files must include the byte order mark (BOM)" (bulk-download-upload.md).
      byteOrderMark: true,
      check: (row) => checkAdjustment(row) ?? texts.check(row),
      warning: texts.warning,
    };
  },
};
