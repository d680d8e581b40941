/** How the digests of one column of a file compare with what was derived from the contacts. */
import type { DigestField } from "../form/rows.ts";
import { type EmailMistake, OPEN, type PhoneMistake, RIGHT } from "../identity/mistakes.ts";
import type { DigestTable } from "./digests.ts";

export type Mistake = EmailMistake | PhoneMistake | "other-column";

const TEXTS: Readonly<Record<Mistake, string>> = {
  "trimmed-lower-cased": "trimmed and lower-cased only: dots and +suffix before the @ were kept",
  "other-rules": "normalized by another vendor's rules: dots and +suffix removed for Gmail only",
  "lower-cased": "lower-cased only, blanks around it kept",
  trimmed: "only trimmed, otherwise hashed as it stands in the export",
  raw: "hashed exactly as it stands in the export",
  "plus-kept": "dots removed, +suffix kept",
  "dots-kept": "+suffix removed, dots before the @ kept",
  "accents-kept": "accents before the @ kept",
  "upper-cased": "upper-cased before hashing",
  "double-hashed": "hashed twice: the digest was hashed again",
  "line-end": "hashed with a line end behind the value (as by echo x | sha256sum)",
  "utf-16": "hashed as UTF-16 (as by SQL Server over NVARCHAR), not as UTF-8",
  "national-reading":
    "read as numbers of the country, where the digits are numbers that lost their + (or begin with 00)",
  "international-reading": "read with a + in front, where the digits are numbers of the country",
  "no-plus": "digits with the country code, but without the +",
  digits: "only the digits as they stand in the export",
  national: "the national number, without the country code",
  "national-zero": "the national number with a leading 0",
  "plus-on-national": "a + put before the digits, whatever the country",
  "separators-stripped": "spaces, dashes and parentheses taken out, no country code added",
  "double-zero": "00 instead of the +",
  "other-column": "the right digest in the wrong column: e-mail and phone are exchanged",
};

/** Bit of a digest that is right for the other column. Above those of the mistakes. */
export const OTHER_COLUMN = 1 << 30;

export interface MistakeReport {
  readonly code: Mistake;
  /** Rows that are not right and that this mistake explains, no earlier one in the list does. */
  readonly rows: number;
  readonly text: string;
}

/**
 * Rows of numbers that the rules leave open, by the reading that the file holds: without a plus they can be numbers
 * of the country, and numbers that lost it.
 */
export interface OpenReadings {
  readonly national: number;
  readonly international: number;
}

/** How the digests of one column compare. `rows` is the sum of right, open, wrong and unknown. */
export interface FieldComparison {
  /** Rows with a digest. */
  readonly rows: number;
  readonly right: number;
  /** Where there are any. */
  readonly open?: OpenReadings;
  readonly wrong: number;
  /** Equal to nothing that was derived. */
  readonly unknown: number;
  readonly mistakes: readonly MistakeReport[];
  /** The mistake that explains the column as a whole: what the tool probably did. */
  readonly likely?: Mistake;
}

/**
 * A digest may be explained by several mistakes (an address in lower case is the same raw and trimmed),
 * and a tool's own mistake explains its right digests too. So the mistake that explains the most rows of
 * all is the likely one, and rows are given to the mistakes in that order.
 */
export function compareField(
  field: DigestField,
  mistakes: readonly (EmailMistake | PhoneMistake)[],
  digests: DigestTable,
): FieldComparison {
  const groups = [...digests.rowsByMarks(field)];
  const sum = (test: (marks: number) => boolean) =>
    groups.reduce((total, [marks, rows]) => (test(marks) ? total + rows : total), 0);
  const all: { code: Mistake; bit: number }[] = mistakes.map((code, index) => ({
    code,
    bit: 2 << index,
  }));
  all.push({ code: "other-column", bit: OTHER_COLUMN });
  const isWrong = (marks: number) => (marks & (RIGHT | OPEN.national | OPEN.international)) === 0;
  const open = openReadings(sum);
  const explained = all
    .map(({ code, bit }) => ({
      code,
      bit,
      total: sum((marks) => (marks & bit) !== 0),
      wrong: sum((marks) => isWrong(marks) && (marks & bit) !== 0),
    }))
    .filter(({ wrong }) => wrong > 0)
    .sort((a, b) => b.total - a.total || b.wrong - a.wrong);
  const reports: MistakeReport[] = [];
  let before = 0;
  for (const { code, bit } of explained) {
    const earlier = before;
    const rows = sum((marks) => isWrong(marks) && (marks & earlier) === 0 && (marks & bit) !== 0);
    if (rows > 0) reports.push({ code, rows, text: TEXTS[code] });
    before |= bit;
  }
  const rows = sum(() => true);
  const right = sum((marks) => (marks & RIGHT) !== 0);
  const wrong = reports.reduce((total, report) => total + report.rows, 0);
  const [likely] = reports;
  return {
    rows,
    right,
    ...(open !== undefined && { open }),
    wrong,
    unknown: rows - right - wrong - openRows(open),
    mistakes: reports,
    ...(likely !== undefined && { likely: likely.code }),
  };
}

function openReadings(sum: (test: (marks: number) => boolean) => number): OpenReadings | undefined {
  const isOpen = (marks: number, bit: number) => (marks & RIGHT) === 0 && (marks & bit) !== 0;
  const national = sum((marks) => isOpen(marks, OPEN.national));
  const international = sum(
    (marks) => isOpen(marks, OPEN.international) && !isOpen(marks, OPEN.national),
  );
  return national + international === 0 ? undefined : { national, international };
}

/** What the marks of a digest say of it. */
export type DigestVerdict = "right" | "open" | "wrong" | "unknown";

export function verdictOf(marks: number): DigestVerdict {
  if ((marks & RIGHT) !== 0) return "right";
  if ((marks & (OPEN.national | OPEN.international)) !== 0) return "open";
  return marks === 0 ? "unknown" : "wrong";
}

/** Rows of numbers that can be read in two ways. */
export function openRows(open: OpenReadings | undefined): number {
  return open === undefined ? 0 : open.national + open.international;
}
