/** What a file is like as bytes: encoding, delimiter, line ends, archive, size. */
import type { RawLines, RawTable } from "../read/raw.ts";
import type { FindingCounts } from "./findings.ts";
import type { Head } from "./head.ts";

/** What can be said before the rows are read. */
export function checkBytes(raw: RawTable | RawLines, head: Head, findings: FindingCounts): void {
  if (raw.archived > 1) findings.add("archive-several-files");
  if (raw.kind === "workbook") return;
  const { encoding, byteOrderMark, delimiter, lineEnd } = raw.findings;
  const { shape } = head;
  if (encoding !== "utf-8") findings.add("encoding-not-utf8", 1);
  else if (shape?.byteOrderMark === true && byteOrderMark === false) {
    findings.add("byte-order-mark-missing", 1);
  } else if (shape?.byteOrderMark === false && byteOrderMark === true) {
    findings.add("byte-order-mark-unexpected", 1);
  }
  if (raw.kind === "json") return;
  if (shape !== undefined && delimiter !== undefined && !takes(head, delimiter)) {
    findings.add("delimiter-wrong", head.headerLine);
  }
  if (lineEnd === "CR") findings.add("line-end-lone-cr", 1);
  else if (lineEnd === "mixed") findings.add("line-ends-mixed");
  else if (lineEnd === "LF" && shape !== undefined) findings.add("line-end-lf");
}

/** Commas, and tabs where the destination takes a TSV. */
function takes({ shape }: Head, delimiter: string): boolean {
  if (delimiter === ",") return true;
  return delimiter === "\t" && shape?.destination.formats.includes("tsv") === true;
}

/** What is known when the file was read. */
export function checkSize(
  raw: RawTable | RawLines,
  { shape }: Head,
  findings: FindingCounts,
): void {
  if (shape !== undefined && raw.bytes() > shape.destination.limits.bytes)
    findings.add("too-large");
}
