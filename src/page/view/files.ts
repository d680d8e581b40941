/** A place for a file, and what was found in it. */
import type { ColumnReport, InspectReport } from "../../inspect/types.ts";
import { html, type Insert, type Markup } from "../../report/html/markup.ts";
import { byteCount, grouped, percentOf } from "../../report/html/numbers.ts";
import { baseName } from "../../report/names.ts";
import { TAKEN, type Taken, takenOf } from "../columns.ts";
import { standAlone } from "../missing.ts";
import type { FileState, Slot, State } from "../state.ts";
import { fill, type TextCode, type Texts } from "../texts.ts";
import { faultBox } from "./fault.ts";

const SLOTS: Readonly<Record<Slot, { readonly title: TextCode; readonly help: TextCode }>> = {
  conversions: { title: "conversions", help: "conversionsHelp" },
  contacts: { title: "contacts", help: "contactsHelp" },
  upload: { title: "uploadFile", help: "uploadFileHelp" },
  people: { title: "contacts", help: "peopleHelp" },
};

export interface FileCard {
  readonly slot: Slot;
  /** Number of the step. */
  readonly step: number;
  readonly isOptional?: boolean;
}

export function fileCard(state: State, { slot, step, isOptional = false }: FileCard): Markup {
  const { texts } = state;
  const { title, help } = SLOTS[slot];
  const file = state.files[slot];
  return html`<h2 id="${slot}-title"><span class="step">${step}</span> ${texts[title]}${isOptional && html` <span class="tag">${texts.optional}</span>`}</h2>
<p class="soft" id="${slot}-help">${texts[help]}</p>
<div class="drop" data-drop="${slot}">
<input type="file" id="${slot}-file" data-file="${slot}" aria-describedby="${slot}-help" class="unseen">
<label for="${slot}-file" class="button${file === undefined ? "" : " quiet"}">${file === undefined ? texts.choose1 : texts.another}<span class="unseen">: ${texts[title]}</span></label>
<span class="name">${file === undefined ? texts.dropHere : html`<strong>${baseName(file.file.name)}</strong> <span class="soft">${byteCount(file.file.size)}</span>`}</span>
${file !== undefined && html`<button type="button" class="quiet" data-do="remove" data-slot="${slot}" id="${slot}-remove">${texts.remove}<span class="unseen"> ${baseName(file.file.name)}</span></button>`}
</div>
${file !== undefined && foundIn(state, slot, file)}`;
}

function foundIn(state: State, slot: Slot, file: FileState): Insert {
  const { texts } = state;
  if (file.isBusy && file.report === undefined) {
    return html`<p class="soft">${fill(texts.looking, { file: baseName(file.file.name) })}</p>`;
  }
  if (file.fault !== undefined) return faultBox(file.fault, texts);
  if (file.report === undefined) return undefined;
  return html`<div class="found" aria-busy="${String(file.isBusy)}">${howRead(file.report, texts)}${columnTable(state, slot, file, file.report)}</div>`;
}

const DELIMITERS: Readonly<Record<string, TextCode>> = {
  ",": "comma1",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
};

function howRead(report: InspectReport, texts: Texts): Markup {
  const { rows, partial, encoding, delimiter, sheet, notes, malformed } = report;
  const mark = delimiter === undefined ? undefined : DELIMITERS[delimiter];
  const how = [encoding, mark && texts[mark], sheet !== undefined && `${texts.sheet} ${sheet}`]
    .filter((part) => typeof part === "string")
    .join(", ");
  const text = partial ? texts.foundFirst : texts.foundRows;
  const said = [
    ...notes,
    ...malformed.map(({ count, text: what }) => `${grouped(count)}: ${what}`),
  ];
  return html`<p>${fill(text, { rows: grouped(rows), how })}</p>
${report.encodingCertain === false && html`<p class="note">${fill(texts.guess, { encoding: encoding ?? "" })}</p>`}
${said.map((note) => html`<p class="note">${note}</p>`)}`;
}

function columnTable(state: State, slot: Slot, file: FileState, report: InspectReport): Markup {
  const { texts } = state;
  const isTaken = ({ number }: ColumnReport) => file.choice.has(number);
  const shown = report.columns.filter(isTaken);
  const rest = report.columns.filter((column) => !isTaken(column));
  const row = (column: ColumnReport) => columnRow(state, slot, file, report, column);
  const head = html`<thead><tr><th scope="col">${texts.column}</th><th scope="col">${texts.takenFor}</th><th scope="col">${texts.usable}</th></tr></thead>`;
  return html`${shown.length > 0 && html`<div class="scroll"><table><caption class="unseen">${fill(texts.found, { file: baseName(file.file.name) })}</caption>${head}<tbody>${shown.map(row)}</tbody></table></div>`}
${rest.length > 0 && html`<details id="${slot}-rest"${shown.length === 0 && html` open`}><summary>${fill(texts.notReadCount, { count: rest.length })}</summary><div class="scroll"><table>${head}<tbody>${rest.map(row)}</tbody></table></div></details>`}`;
}

function columnRow(
  state: State,
  slot: Slot,
  { choice }: FileState,
  report: InspectReport,
  column: ColumnReport,
): Markup {
  const { texts } = state;
  const { number, header } = column;
  const name = header || fill(texts.columnNumber, { number });
  const taken = choice.get(number);
  const allowed = takenOf(slot === "conversions" ? "conversions" : "contacts", standAlone(state));
  const unclear = report.unclear.find(({ columns }) => columns.includes(number));
  const option = (each: Taken) =>
    html`<option value="${each}"${each === taken && html` selected`}>${texts[TAKEN[each]]}</option>`;
  return html`<tr><th scope="row">${name}</th>
<td><select id="${slot}-col-${number}" data-column="${number}" data-slot="${slot}" aria-label="${fill(texts.takenForOf, { column: name })}"><option value="">${texts.notRead}</option>${allowed.map(option)}</select>${unclear !== undefined && taken === undefined && html`<span class="note">${texts.unclear}</span>`}</td>
<td>${taken !== undefined && usableOf(column, report, taken, texts)}</td></tr>`;
}

function usableOf(column: ColumnReport, report: InspectReport, taken: Taken, texts: Texts): Insert {
  const { identifiers, cells } = column;
  if (identifiers !== undefined) {
    const refused = identifiers.refused.reduce((sum, { count }) => sum + count, 0);
    const all = identifiers.usable + identifiers.absent + refused;
    return html`${shareOf(identifiers.usable, all)}${identifiers.refused.map(({ count, text }) => html`<small>${grouped(count)}: ${text}</small>`)}`;
  }
  if (taken === "key" && report.keys?.column === column.number) {
    const { different, empty } = report.keys;
    return html`${fill(texts.keysDifferent, { count: grouped(different) })}${empty > 0 && html`<small>${fill(texts.keysEmpty, { count: grouped(empty) })}</small>`}`;
  }
  if (cells === undefined) return undefined;
  return shareOf(cells.filled, cells.filled + cells.absent);
}

function shareOf(count: number, all: number): Markup {
  return html`${grouped(count)} <span class="soft">(${percentOf(count, all)})</span>`;
}
