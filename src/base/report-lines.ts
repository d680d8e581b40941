/** Lines of a report for people: a label, and counts that stand under each other. */

const LABEL_WIDTH = 13;

/** A line whose count is aligned with those of the other lines. */
export interface CountLine {
  readonly label: string;
  readonly count: number;
  readonly text: string;
}

export type Line = string | CountLine;

export function labelled(label: string, text: string): string {
  return `${label.padEnd(LABEL_WIDTH)}${text}`;
}

/** 1234567 → "1,234,567" */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Sets the counts of all lines right-aligned under each other. @returns lines without line ends */
export function aligned(lines: readonly Line[]): string[] {
  const counts = lines.flatMap((line) => (typeof line === "string" ? [] : grouped(line.count)));
  const width = Math.max(0, ...counts.map((text) => text.length));
  return lines.map((line) => {
    if (typeof line === "string") return line;
    return labelled(line.label, `${grouped(line.count).padStart(width)} ${line.text}`).trimEnd();
  });
}
