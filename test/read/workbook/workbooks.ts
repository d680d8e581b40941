/** Workbooks as bytes, written tag by tag, so that every odd form can be made. */
import { strToU8, type Zippable, zipSync } from "fflate";

export interface WorkbookForm {
  /** Content of `<sheetData>` by sheet name. */
  readonly sheets?: Readonly<Record<string, string>>;
  /** Attributes of `<workbookPr>`. */
  readonly properties?: string;
  readonly texts?: readonly string[];
  /** Format codes; style 1 is built-in 22, style 2 built-in 14, style 3 on are these. */
  readonly codes?: readonly string[];
  /** More attributes of a `<sheet>`, by name. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly replace?: Zippable;
  readonly leaveOut?: readonly string[];
}

const KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export function workbook(form: WorkbookForm): Buffer {
  const {
    sheets = { Sheet1: "" },
    properties = "",
    texts = [],
    codes = [],
    attributes = {},
  } = form;
  const names = Object.keys(sheets);
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${KIND}/${type}" Target="${target}"/>`;
  const parts: Zippable = {
    "[Content_Types].xml": strToU8("<Types/>"),
    "_rels/.rels": strToU8(
      `<Relationships>${relation("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    ),
    "xl/workbook.xml": strToU8(
      `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns:r="${KIND}"><workbookPr ${properties}/><sheets>${names
        .map(
          (name, i) =>
            `<sheet name="${name}" sheetId="${i + 1}" r:id="s${i}" ${attributes[name] ?? ""}/>`,
        )
        .join("")}</sheets></workbook>`,
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      `<Relationships>${names.map((_, i) => relation(`s${i}`, "worksheet", `worksheets/sheet${i + 1}.xml`)).join("")}${relation("x", "styles", "styles.xml")}${relation("y", "sharedStrings", "sharedStrings.xml")}</Relationships>`,
    ),
    "xl/styles.xml": strToU8(
      `<styleSheet><numFmts>${codes.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code}"/>`).join("")}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="14"/>${codes.map((_, i) => `<xf numFmtId="${164 + i}"/>`).join("")}</cellXfs></styleSheet>`,
    ),
    "xl/sharedStrings.xml": strToU8(
      `<sst>${texts.map((text) => `<si>${text}</si>`).join("")}</sst>`,
    ),
  };
  Object.values(sheets).forEach((rows, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] = strToU8(
      `<worksheet><dimension ref="A1"/><sheetData>${rows}</sheetData></worksheet>`,
    );
  });
  Object.assign(parts, form.replace);
  for (const name of form.leaveOut ?? []) delete parts[name];
  return Buffer.from(zipSync(parts));
}

/** A row of cells: text as an inline string, `null` for no cell, or a whole `<c>` with `@` for its place. */
export function row(number: number, ...cells: readonly (string | null)[]): string {
  const content = cells.map((cell, i) => {
    if (cell === null) return "";
    const place = `${String.fromCharCode(65 + i)}${number}`;
    return cell.startsWith("<c")
      ? cell.replace("@", place)
      : `<c r="${place}" t="inlineStr"><is><t>${cell}</t></is></c>`;
  });
  return `<row r="${number}">${content.join("")}</row>`;
}

/** A number cell as it stands in the file. */
export function number(value: string, style = 0): string {
  return `<c r="@" s="${style}"><v>${value}</v></c>`;
}
