/** The tables of the report: counts with their bars, lines and advice. */

import { baseName } from "../names.ts";
import { DELIMITER_NAMES } from "../render.ts";
import type { CountReport, FieldReport, FileReport, InputReport } from "../summary.ts";
import { bar, type Share, stackedBar } from "./charts.ts";
import { html, type Markup } from "./markup.ts";
import { byteCount, grouped, percentOf } from "./numbers.ts";
import { ROLES } from "./texts.ts";

/** Line numbers that are shown; the rest is said to be there. */
const LINES_SHOWN = 5;

/** A part of a whole, with its name. */
export interface NamedShare extends Share {
  readonly name: string;
}

/** All parts of a whole: one bar, and a table that says what is in it. */
export function shares(parts: readonly NamedShare[], name: string, caption?: string): Markup {
  const present = parts.filter(({ count }) => count > 0);
  const sum = present.reduce((total, { count }) => total + count, 0);
  if (sum === 0) return html``;
  const said = present.map((part) => `${grouped(part.count)} ${part.name}`).join(", ");
  return html`${stackedBar(present, `${name}: ${said}`)}
<table class="parts">${caption !== undefined && html`<caption>${caption}</caption>`}<tbody>${present.map(
    ({ kind, name: part, count }) =>
      html`<tr><th scope="row"><svg class="key" viewBox="0 0 8 8" aria-hidden="true"><rect class="${kind}" width="8" height="8"/></svg>${part}</th><td class="count">${grouped(count)}</td><td class="count">${percentOf(count, sum)}</td></tr>`,
  )}</tbody></table>`;
}

/** A count with what it is about. */
export interface CountRow extends CountReport<string> {
  readonly kind: string;
  /** Another word for the kind, where the table has several. */
  readonly group?: string;
}

interface CountHeads {
  readonly caption: string;
  readonly of: string;
  /** What is counted. */
  readonly unit?: string;
}

/** Reasons, most frequent first, each with its bar, its first lines and what to do. */
export function countTable(
  rows: readonly CountRow[],
  { caption, of, unit = "Rows" }: CountHeads,
): Markup {
  const most = Math.max(...rows.map(({ count }) => count));
  return html`<div class="scroll"><table><caption>${caption}</caption>
<thead><tr><th scope="col">${of}</th><th scope="col" class="count">${unit}</th><td class="draw"></td></tr></thead>
<tbody>${rows.map((row) => countRow(row, most))}</tbody></table></div>`;
}

function countRow(
  { text, advice, count, lines, files, kind, group }: CountRow,
  most: number,
): Markup {
  return html`<tr><th scope="row" class="says">${text}${group !== undefined && html`<small>${group}</small>`}${
    advice !== undefined && html`<small class="advice">${advice.text}</small>`
  }${lines.length > 0 && html`<small>${lineList(lines, count, files)}</small>`}</th><td class="count">${grouped(count)}</td><td class="draw">${bar(count, most, kind)}</td></tr>`;
}

/** "lines 4, 9, 12, …" */
function lineList(lines: readonly number[], count: number, files?: readonly string[]): string {
  const shown = lines.slice(0, LINES_SHOWN);
  const more = count > shown.length ? ", …" : "";
  if (files !== undefined) {
    return `${shown.map((line, at) => `${files[at]}:${line}`).join(", ")}${more}`;
  }
  return `${shown.length === 1 && more === "" ? "line" : "lines"} ${shown.join(", ")}${more}`;
}

/** What became of the cells of one field: usable, empty, refused, and what was repaired. */
export function fieldSection(title: string, field: FieldReport): Markup {
  const refused = field.refused.reduce((sum, { count }) => sum + count, 0);
  const parts = [
    { kind: "written", name: "usable", count: field.usable },
    { kind: "refused", name: "refused", count: refused },
    { kind: "duplicate", name: "empty", count: field.absent },
  ];
  if (parts.every(({ count }) => count === 0)) return html``;
  const of = (rows: readonly CountReport<string>[], kind: string, caption: string) =>
    rows.length > 0 &&
    countTable(
      rows.map((row) => ({ ...row, kind })),
      { caption, of: "What", unit: "Cells" },
    );
  return html`<h3>${title}</h3>
${shares(parts, title)}
${of(field.refused, "refused", "Refused cells")}
${of(field.repaired, "written", "Usable after a repair")}`;
}

export function filesTable(files: readonly FileReport[]): Markup {
  if (files.length === 0) return html``;
  return html`<div class="scroll"><table><caption>Files</caption>
<thead><tr><th scope="col">Name</th><th scope="col" class="count">Rows</th><th scope="col" class="count">Size</th></tr></thead>
<tbody>${files.map(
    ({ file, rows, bytes, sha256 }) =>
      html`<tr><th scope="row">${baseName(file)}${sha256 !== undefined && html`<small>SHA-256 <code>${sha256}</code></small>`}</th><td class="count">${grouped(rows)}</td><td class="count">${byteCount(bytes)}</td></tr>`,
  )}</tbody></table></div>`;
}

/** One input: how it was read, and which of its columns. */
export function inputSection(input: InputReport): Markup {
  const { role, file, rows, columns, notes, sha256 } = input;
  const how = [
    input.encoding && `${input.encoding}${input.encodingCertain === false ? " (a guess)" : ""}`,
    input.delimiter && DELIMITER_NAMES[input.delimiter],
    input.sheet !== undefined && `sheet ${input.sheet}`,
  ].filter((part) => typeof part === "string");
  const fields = Object.entries(columns);
  return html`<h3>${baseName(file)}</h3>
<p class="soft">${ROLES[role]}: ${grouped(rows)} ${rows === 1 ? "row" : "rows"}${how.length > 0 && `, ${how.join(", ")}`}</p>
${notes.map((note) => html`<p>${note}</p>`)}
${
  fields.length > 0 &&
  html`<dl>${fields.map(([field, headers]) => html`<dt>${field}</dt><dd>${headers.join(", then ")}</dd>`)}</dl>`
}${sha256 !== undefined && html`<p class="soft">SHA-256 <code>${sha256}</code></p>`}`;
}
