/** What a workbook says about itself: its sheets, its number formats, its shared texts, its calendar. */
import { closestMatch } from "leven";
import { type FirsthashError, inputError, optionError } from "../../base/errors.ts";
import { type CellFormat, formatOf, MAX_CELL_CHARACTERS, MAX_WRITTEN_CHARACTERS } from "./cell.ts";
import { type XmlEvents, XmlReader } from "./xml.ts";
import { damaged, unpack, type ZipEntry, zipEntries } from "./zip.ts";

export interface Workbook {
  readonly zip: Uint8Array;
  readonly file: string;
  readonly sheetName: string;
  readonly sheet: ZipEntry;
  /** Number of sheets that can be read. */
  readonly sheets: number;
  readonly epoch1904: boolean;
  readonly texts: readonly string[];
  /** By style number. */
  readonly formats: readonly CellFormat[];
}

/** All parts but sheets are small; texts that are shared are kept in memory. */
const MAX_SIDE_BYTES = 256 * 1024 * 1024;

interface SheetEntry {
  readonly name: string;
  readonly relation: string;
  readonly hidden: boolean;
}

/** `wanted`: a sheet's name or number; else the first sheet that is not hidden. */
export async function openWorkbook(
  zip: Uint8Array,
  wanted: string | undefined,
  file: string,
): Promise<Workbook> {
  const entries = zipEntries(zip, file);
  const read = (path: string, events: XmlEvents): Promise<boolean> =>
    readPart(zip, entries.get(path.toLowerCase()), events, file);
  const main = await mainPart(entries, read, file);
  const relations = await readRelations(main, read);
  const sheets: SheetEntry[] = [];
  let epoch1904 = false;
  await read(main, {
    open(tag, attributes) {
      if (tag === "workbookPr") epoch1904 = /^(?:1|true)$/.test(attributes().date1904 ?? "");
      if (tag !== "sheet") return;
      const { name = "", id = "", state } = attributes();
      const type = relations.get(id)?.type ?? "";
      // Chart sheets have no cells.
      if (!/\/worksheet$/.test(type)) return;
      sheets.push({
        name: unescaped(name),
        relation: id,
        hidden: state !== undefined && state !== "visible",
      });
    },
  });
  const chosen = chooseSheet(sheets, wanted, file);
  const sheet = entries.get((relations.get(chosen.relation)?.path ?? "").toLowerCase());
  if (sheet === undefined) throw damaged(file);
  const pathOf = (kind: string): string =>
    [...relations.values()].find(({ type }) => type.endsWith(`/${kind}`))?.path ?? "";
  return {
    zip,
    file,
    sheetName: chosen.name,
    sheet,
    sheets: sheets.length,
    epoch1904,
    texts: await sharedTexts(pathOf("sharedStrings"), read, file),
    formats: await cellFormats(pathOf("styles"), read),
  };
}

type ReadPart = (path: string, events: XmlEvents) => Promise<boolean>;

async function readPart(
  zip: Uint8Array,
  entry: ZipEntry | undefined,
  events: XmlEvents,
  file: string,
): Promise<boolean> {
  if (entry === undefined) return false;
  const reader = new XmlReader(events, file);
  for await (const chunk of unpack(zip, entry, file, MAX_SIDE_BYTES)) reader.write(chunk);
  reader.end();
  return true;
}

/** Where the workbook's own part is; an archive without one is another kind of file. */
async function mainPart(
  entries: ReadonlyMap<string, ZipEntry>,
  read: ReadPart,
  file: string,
): Promise<string> {
  let main = "xl/workbook.xml";
  await read("_rels/.rels", {
    open(tag, attributes) {
      if (tag !== "Relationship") return;
      const { Type = "", Target = "" } = attributes();
      if (Type.endsWith("/officeDocument")) main = Target.replace(/^\//, "");
    },
  });
  if (entries.has(main.toLowerCase()) && main.endsWith(".xml") && main.startsWith("xl/"))
    return main;
  throw otherArchive(entries, file);
}

/** LibreOffice's own converter; 76 is UTF-8. */
const OFFICE =
  "make CSV of it: soffice --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76' <file>";

function otherArchive(entries: ReadonlyMap<string, ZipEntry>, file: string): FirsthashError {
  const has = (start: string): boolean =>
    [...entries.keys()].some((name) => name.startsWith(start));
  const save = "open it in the program that it is from, and save it as .xlsx or CSV UTF-8";
  const is = (what: string, hint: string): FirsthashError =>
    inputError(`is ${what}`, { file, hint });
  if (has("xl/workbook.bin")) return is("a binary Excel workbook (.xlsb)", save);
  if (has("index/document.iwa") || has("index.zip")) return is("an Apple Numbers document", save);
  if (has("content.xml") && has("mimetype")) return is("an OpenDocument file (.ods)", OFFICE);
  if (has("word/")) return is("a Word document", save);
  if (has("ppt/")) return is("a PowerPoint document", save);
  return is("a zip archive", "unpack it, and give the file that is in it");
}

async function readRelations(
  main: string,
  read: ReadPart,
): Promise<Map<string, { readonly type: string; readonly path: string }>> {
  const relations = new Map<string, { type: string; path: string }>();
  const folder = main.slice(0, main.lastIndexOf("/") + 1);
  await read(`${folder}_rels/${main.slice(folder.length)}.rels`, {
    open(tag, attributes) {
      if (tag !== "Relationship") return;
      const { Id = "", Type = "", Target = "" } = attributes();
      const path = Target.startsWith("/")
        ? Target.slice(1)
        : `${folder}${Target.replace(/^\.\//, "")}`;
      relations.set(Id, { type: Type, path });
    },
  });
  return relations;
}

function chooseSheet(
  sheets: readonly SheetEntry[],
  wanted: string | undefined,
  file: string,
): SheetEntry {
  const [first] = sheets;
  if (first === undefined) throw inputError("has no sheet with cells", { file });
  if (wanted === undefined) return sheets.find(({ hidden }) => !hidden) ?? first;
  const lower = wanted.toLowerCase();
  const found =
    sheets.find(({ name }) => name === wanted) ??
    sheets.find(({ name }) => name.toLowerCase() === lower) ??
    (/^[1-9]\d*$/.test(wanted) ? sheets[Number(wanted) - 1] : undefined);
  if (found !== undefined) return found;
  const names = sheets.map(({ name }) => name);
  const near = closestMatch(wanted, names, { maxDistance: Math.max(2, wanted.length / 3) });
  throw optionError(
    "sheet",
    `names no sheet of ${file}; it has ${names.map((name) => JSON.stringify(name)).join(", ")}`,
    near === undefined
      ? "give a sheet's name or its number"
      : `did you mean ${JSON.stringify(near)}?`,
  );
}

/** Plain and rich texts; phonetic readings (`rPh`) stand beside the text and are no part of it. */
async function sharedTexts(path: string, read: ReadPart, file: string): Promise<string[]> {
  const texts: string[] = [];
  let text = "";
  let inText = false;
  let phonetic = false;
  await read(path, {
    open(tag) {
      if (tag === "si") text = "";
      else if (tag === "rPh") phonetic = true;
      else if (tag === "t") inText = !phonetic;
    },
    close(tag) {
      if (tag === "si") texts.push(cellText(text, file));
      else if (tag === "rPh") phonetic = false;
      else if (tag === "t") inText = false;
    },
    text(value) {
      if (!inText) return;
      text += value;
      if (text.length > MAX_WRITTEN_CHARACTERS) throw cellTooLong({ file });
    },
  });
  return texts;
}

async function cellFormats(path: string, read: ReadPart): Promise<CellFormat[]> {
  const codes = new Map<string, string>();
  const ids: string[] = [];
  let inCells = false;
  await read(path, {
    open(tag, attributes) {
      if (tag === "numFmt") {
        const { numFmtId = "", formatCode = "" } = attributes();
        codes.set(numFmtId, formatCode);
      } else if (tag === "cellXfs") inCells = true;
      else if (tag === "xf" && inCells) ids.push(attributes().numFmtId ?? "0");
    },
    close(tag) {
      if (tag === "cellXfs") inCells = false;
    },
  });
  return ids.map((id) => formatOf(Number(id), codes.get(id)));
}

/** The text of a cell as Excel shows it. @throws FirsthashError "input" where it is longer than one can be */
export function cellText(written: string, file: string, line?: number, column?: number): string {
  const text = unescaped(written);
  if (text.length > MAX_CELL_CHARACTERS) throw cellTooLong({ file, line, column });
  return text;
}

/** The error for a cell that Excel could not have written. */
export function cellTooLong(place: {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}): FirsthashError {
  return inputError("a cell of more than 32,767 characters, which is more than Excel allows", {
    ...place,
    hint: "take the cell out, or export the list as CSV",
  });
}

/** Excel writes characters that XML cannot hold, and CR, as `_x000D_`. ECMA-376, 22.4.2.4. */
export function unescaped(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}
