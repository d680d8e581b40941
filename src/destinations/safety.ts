/**
 * Texts that a file cannot carry safely or exactly. A conversion name must arrive byte for byte as the
 * goal is called (error 5606 otherwise), so nothing here changes a text: it is written, written with a
 * warning, or its row is refused.
 */
import type { RowReason, Warning } from "../base/reasons.ts";
import type { Format, UploadRow } from "./types.ts";

/** Who reads the text forms of a destination: only its server, or possibly a spreadsheet before it. */
export type Reader = "server" | "spreadsheet";

export type Safety =
  | { readonly level: "fine" }
  | { readonly level: "warning"; readonly warning: Warning }
  | { readonly level: "refusal"; readonly reason: RowReason };

const FINE: Safety = { level: "fine" };

/** What spreadsheets take for a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r\n]/;

// UTF-8 has no form for half of a surrogate pair: it would arrive as U+FFFD.
const NOT_IN_UTF8 = /\p{Surrogate}/u;

// XML 1.0 has no form for these, and readers disagree about Excel's way out, `_x0007_`: some decode
// it and some do not. So a text that needs it, or looks like it, has no exact form in a workbook. A
// bare CR is turned into LF by every XML parser, and few writers and readers agree on `&#13;`.
const NOT_IN_WORKBOOK = /[\0-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-f]{4}_/i;

/**
 * What to do with a text in a format.
 *
 * - Workbook: a cell is typed as text, so nothing in it is a formula. Refused where XML cannot carry it.
 * - JSON: no spreadsheet opens it, and it can carry every text.
 * - CSV and TSV for a server (the Bulk file): a warning. An apostrophe in front, the usual protection,
 *   would make the name match no goal; quotes do not stop a spreadsheet; a server reads it as text.
 * - CSV of a destination whose template is a spreadsheet: refused, because people do open it in one,
 *   and because the same destination takes a workbook, which carries the name safely.
 */
export function textSafety(text: string, format: Format, reader: Reader): Safety {
  if (NOT_IN_UTF8.test(text)) return { level: "refusal", reason: "text-not-writable" };
  if (format === "jsonl") return FINE;
  if (format === "xlsx") {
    return NOT_IN_WORKBOOK.test(text) ? { level: "refusal", reason: "text-not-writable" } : FINE;
  }
  if (!FORMULA.test(text)) return FINE;
  return reader === "server"
    ? { level: "warning", warning: "starts-like-formula" }
    : { level: "refusal", reason: "starts-like-formula" };
}

/** `check` and `warning` of a plan, over the free texts that it writes. */
export function textChecks(
  format: Format,
  reader: Reader,
  texts: readonly ((row: UploadRow) => string | undefined)[],
) {
  // The same goal name stands in thousands of rows, and few other texts begin like a formula.
  const judged = texts.map(() => ({ text: "", safety: FINE }));
  const judge = (row: UploadRow, index: number): Safety => {
    const text = texts[index]?.(row) ?? "";
    const last = judged[index];
    if (last?.text === text) return last.safety;
    const safety = textSafety(text, format, reader);
    judged[index] = { text, safety };
    return safety;
  };
  return {
    check(row: UploadRow): RowReason | undefined {
      for (let i = 0; i < texts.length; i++) {
        const safety = judge(row, i);
        if (safety.level === "refusal") return safety.reason;
      }
      return undefined;
    },
    warning(row: UploadRow): Warning | undefined {
      for (let i = 0; i < texts.length; i++) {
        const safety = judge(row, i);
        if (safety.level === "warning") return safety.warning;
      }
      return undefined;
    },
  };
}
