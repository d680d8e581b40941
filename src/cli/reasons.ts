/** `firsthash reasons`: what each code of a report means, without a network and without a file. */
import { closestMatch } from "leven";
import { type Advice, EXIT, usageError } from "../base/errors.ts";
import { CELL_REASONS, DUPLICATE, REPAIRS, ROW_REASONS, WARNINGS } from "../base/reasons.ts";
import { labelled } from "../base/report-lines.ts";
import { VERSION } from "../base/version.ts";
import { FINDINGS } from "../form/findings.ts";
import type { CommandContext, Flags } from "./command.ts";
import {
  CELL_EXAMPLES,
  REPAIR_EXAMPLES,
  type ReasonExample,
  WARNING_EXAMPLES,
} from "./reason-examples.ts";
import { ROW_EXAMPLES } from "./row-examples.ts";

type Texts = Readonly<Record<string, { readonly text: string; readonly advice?: Advice }>>;

/** One meaning of a code. A code may be of a cell and of a row. */
export interface CodeReport {
  readonly code: string;
  readonly about: string;
  readonly text: string;
  readonly cause?: string;
  readonly example?: string;
  readonly mend: string;
}

const GROUPS: readonly (readonly [
  about: string,
  Texts,
  Readonly<Record<string, ReasonExample>>,
])[] = [
  ["a cell that gave no digest", CELL_REASONS, CELL_EXAMPLES],
  ["a row that was left out", ROW_REASONS, ROW_EXAMPLES],
  [
    "a row that was left out",
    { duplicate: DUPLICATE },
    {
      duplicate: {
        cause: "The service keeps the first of two rows with one click id, name, time and digests.",
        example: "a row that was exported twice",
        mend: "nothing",
      },
    },
  ],
  ["a cell that was mended", REPAIRS, REPAIR_EXAMPLES],
  ["a row that was written", WARNINGS, WARNING_EXAMPLES],
  ["a finding of verify", FINDINGS, {}],
];

/** Every code of every report. */
export function allCodes(): CodeReport[] {
  return GROUPS.flatMap(([about, texts, examples]) =>
    Object.entries(texts).map(([code, { text, advice }]) => {
      const {
        cause,
        example,
        mend = advice?.text ?? "see what the text says",
      } = examples[code] ?? {};
      return {
        code,
        about,
        text,
        ...(cause !== undefined && { cause }),
        ...(example !== undefined && { example }),
        mend,
      };
    }),
  );
}

/** @throws FirsthashError "usage" for a code that is none */
export async function reasonsCommand(
  flags: Flags,
  { terminal }: CommandContext,
  code?: string,
): Promise<number> {
  const codes = allCodes();
  const wanted = code === undefined ? codes : codes.filter((each) => each.code === code);
  if (wanted.length === 0) throw unknownCode(code ?? "", codes);
  if (flags.json === true) {
    const report = { schema: "firsthash.reasons/1", version: VERSION, reasons: wanted };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return EXIT.done;
  }
  const lines = code === undefined ? listed(codes) : wanted.flatMap(explained);
  terminal.printReport(lines, process.stdout);
  return EXIT.done;
}

/** What was typed is not printed: it may be anything. */
function unknownCode(code: string, codes: readonly CodeReport[]): Error {
  const near = closestMatch(
    code.toLowerCase(),
    codes.map((each) => each.code),
    { maxDistance: Math.max(2, Math.floor(code.length / 3)) },
  );
  return usageError(
    "no report has such a code",
    near === undefined ? "`firsthash reasons` lists all codes" : `did you mean ${near}?`,
  );
}

function listed(codes: readonly CodeReport[]): string[] {
  const width = Math.max(...codes.map(({ code }) => code.length)) + 2;
  return [...new Set(codes.map(({ about }) => about))].flatMap((about) => [
    `${about}:`,
    ...codes
      .filter((each) => each.about === about)
      .map(({ code, text }) => `  ${code.padEnd(width)}${text}`),
    "",
  ]);
}

function explained({ code, about, text, cause, example, mend }: CodeReport): string[] {
  return [
    labelled("code", `${code}: ${about}`),
    labelled("means", text),
    ...(cause === undefined ? [] : [labelled("cause", cause)]),
    ...(example === undefined ? [] : [labelled("example", example)]),
    labelled("mend", mend),
    "",
  ];
}
