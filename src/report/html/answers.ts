/** What the service said about the files of a run, as a section of its page. */
import { baseName } from "../names.ts";
import type { AnswerReport, FileAnswer } from "../reports.ts";
import { html, type Markup } from "./markup.ts";
import { grouped } from "./numbers.ts";
import { countTable, shares } from "./tables.ts";

const SAID: Readonly<Record<FileAnswer["outcome"], string>> = {
  done: "The service has answered.",
  sent: "The file was sent; the answer has not been read yet. Read it with firsthash upload --resume.",
  failed: "The service refused the file as a whole.",
  "dry-run": "A dry run: nothing was sent.",
};

/** One section for each report of an upload. */
export function answerSections(answers: readonly AnswerReport[]): Markup {
  return html`${answers.map(
    ({
      environment,
      files,
      notes,
    }) => html`<section><h2>What Microsoft Advertising answered${environment === "production" ? "" : ` (${environment})`}</h2>
${files.map(fileSection)}
${notes.map((note) => html`<p class="soft says">${note}</p>`)}</section>`,
  )}`;
}

function fileSection(answer: FileAnswer): Markup {
  const { file, rows, outcome, accepted, refused, unanswered, errors, notes, requestId } = answer;
  const parts = [
    { kind: "written", name: "accepted", count: accepted ?? 0 },
    { kind: "refused", name: "refused", count: refused ?? 0 },
    { kind: "duplicate", name: "not answered", count: unanswered ?? 0 },
  ];
  return html`<h3>${baseName(file)}</h3>
<p class="${outcome === "failed" ? "doubt" : "soft"}">${SAID[outcome]} ${grouped(rows)} ${rows === 1 ? "row" : "rows"}${requestId !== undefined && `, request ${requestId}`}.</p>
${shares(parts, "Rows by answer")}
${
  errors.length > 0 &&
  countTable(
    errors.map(({ name, number, rows: count, advice, ...error }) => ({
      ...error,
      ...(advice !== undefined && { advice: { text: advice } }),
      code: name,
      count,
      kind: "refused",
      group: [name, number].filter(Boolean).join(", "),
    })),
    { caption: "Refused rows, with lines of the uploaded file", of: "Reason" },
  )
}
${notes.map((note) => html`<p class="soft says">${note}</p>`)}`;
}
