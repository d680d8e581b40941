/** Recognizes a file by its first rows: whose it is, where its header stands, what each column holds. */
import { DESTINATIONS } from "../destinations/catalog.ts";
import type { Destination, Role } from "../destinations/types.ts";
import { looksLikeData, withoutTrailingEmpty } from "../read/columns/header-row.ts";
import { headerKey, isKnownName, knownHeader } from "../read/columns/headers.ts";
import { type FindPlain, hashFault, isDigest } from "./cells.ts";
import type { FindingCounts } from "./findings.ts";
import { type Shape, tableShapes } from "./shapes.ts";
import { readStatedZone, type StatedZone } from "./times.ts";

/** `hash`: digests of nobody knows what. `unknown`: a column that the destination does not have. */
export type FileRole = Role | "hash" | "unknown";

export interface FileColumn {
  readonly role: FileRole;
  /** The header where it is a name that we know, else the column's number (1-based). */
  readonly label: string | number;
  /** Bare digits in it are phone numbers. */
  readonly phoneLike: boolean;
}

export interface TopRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Head {
  /** Undefined where the columns are those of no destination. */
  readonly shape: Shape | undefined;
  /** Destinations whose columns are the same. */
  readonly alsoFits: readonly string[];
  readonly columns: readonly FileColumn[];
  /** Line of the header; 0 where there is none. */
  readonly headerLine: number;
  readonly zone: StatedZone;
}

/** Where findings go, and what looks for plain text. */
export interface Told {
  readonly findings: FindingCounts;
  readonly find: FindPlain;
}

/** Rows that are looked at for a header. */
export const TOP_ROWS = 60;

/** @returns undefined where the rows are nothing of an upload file */
export function readHead(
  rows: readonly TopRow[],
  to: Destination | undefined,
  told: Told,
): Head | undefined {
  const { findings } = told;
  const found = bestShape(
    rows,
    tableShapes(to === undefined ? DESTINATIONS : [to]),
    to !== undefined,
  );
  if (found === undefined) return unknownHead(rows, told);
  const { shape, at } = found;
  const header = rows[at] as TopRow;
  const above = rows.slice(0, at);
  const columns = columnsOf(header, shape, findings);
  for (const row of [...above, header]) searchRow(row, columns, told);
  const zone = readAbove(above, shape, findings);
  checkHeader(header, columns, shape, findings);
  return { shape, alsoFits: found.alsoFits, columns, headerLine: header.line, zone };
}

interface Match {
  readonly shape: Shape;
  /** Index of the header among the rows. */
  readonly at: number;
  readonly score: number;
}

function bestShape(
  rows: readonly TopRow[],
  shapes: readonly Shape[],
  forced: boolean,
): (Match & { readonly alsoFits: readonly string[] }) | undefined {
  const matches: Match[] = [];
  rows.forEach(({ cells }, at) => {
    const order = cells.map(headerKey).filter((key) => key !== "");
    const keys = new Set(order);
    for (const shape of shapes) {
      const score = scoreOf(order, keys, shape, forced);
      if (score !== undefined) matches.push({ shape, at, score });
    }
  });
  // The first of equals: the order of the catalog.
  const best = matches.reduce<Match | undefined>(
    (top, match) => (top === undefined || match.score > top.score ? match : top),
    undefined,
  );
  if (best === undefined) return undefined;
  const equal = matches.filter(({ score, at }) => score === best.score && at === best.at);
  const others = new Set(equal.map(({ shape }) => shape.destination.id));
  others.delete(best.shape.destination.id);
  return { ...best, alsoFits: [...others] };
}

const IDENTIFIERS: ReadonlySet<FileRole> = new Set([
  "email",
  "phone",
  "click-id",
  "gclid",
  "gbraid",
  "wbraid",
]);

/** Roles whose columns a file may be without. */
const OPTIONAL: ReadonlySet<Role> = new Set([
  "credit",
  "model",
  "none",
  "client-id",
  "gclid",
  "gbraid",
  "wbraid",
  "order-id",
  "ad-user-data",
  "ad-personalization",
]);

function scoreOf(
  order: readonly string[],
  keys: ReadonlySet<string>,
  shape: Shape,
  forced: boolean,
): number | undefined {
  const named = shape.columns.filter(({ header }) => header !== "");
  const present = named.filter(({ header }) => keys.has(headerKey(header)));
  const roles = new Set(present.map(({ role }) => role));
  const conversion = roles.has("name") || roles.has("time");
  const person = present.some(({ role }) => IDENTIFIERS.has(role));
  if (present.length < (forced ? 2 : 3) || !(conversion && (person || forced))) return undefined;
  // A digest column counts double: `Email` is Adobe's, and a CRM's.
  const digests = present.filter(({ role }) => role === "email" || role === "phone").length;
  const missing = named.filter(
    ({ header, role }) => !keys.has(headerKey(header)) && !OPTIONAL.has(role),
  ).length;
  const inOrder = present.map(({ header }) => headerKey(header)).join() === order.join();
  const score = (present.length + digests) * 2 - missing - (keys.size - present.length);
  return inOrder ? score + 0.5 : score;
}

function columnsOf(header: TopRow, shape: Shape, findings: FindingCounts): FileColumn[] {
  const byKey = new Map(shape.columns.map((column) => [headerKey(column.header), column] as const));
  const seen = new Set<string>();
  return withoutTrailingEmpty(header.cells).map((text, index): FileColumn => {
    const key = headerKey(text);
    const column = key === "" ? undefined : byKey.get(key);
    const label = headerLabel(text, index, column !== undefined);
    const phoneLike = knownHeader(text)?.field === "phone";
    if (column === undefined) return { role: "unknown", label, phoneLike };
    if (seen.has(key)) {
      findings.add("header-duplicate", header.line, label);
      return { role: "unknown", label, phoneLike };
    }
    seen.add(key);
    if (text !== column.header) {
      const same = text.toLowerCase() === column.header.toLowerCase();
      findings.add(same ? "header-case" : "header-spelling", header.line, label);
    }
    return { role: column.role, label, phoneLike: false };
  });
}

/** A header is printed only where it is a name that we know: it may be somebody's data. */
function headerLabel(header: string, index: number, stated: boolean): string | number {
  const plain = header.trim();
  const safe = stated || (isKnownName(plain) && !looksLikeData([plain]));
  return safe && plain.length <= 60 && !/\p{C}/u.test(plain) ? plain : index + 1;
}

/** Plain text above the data, and in the header itself. */
function searchRow(row: TopRow, columns: readonly FileColumn[], { findings, find }: Told): void {
  row.cells.forEach((cell, index) => {
    const code = find(cell);
    if (code !== undefined) findings.add(code, row.line, columns[index]?.label ?? index + 1);
  });
}

const PARAMETERS = /^\s*Parameters\s*:/i;
const TIME_ZONE = /TimeZone\s*=\s*([^;,]*)/i;

function readAbove(above: readonly TopRow[], shape: Shape, findings: FindingCounts): StatedZone {
  let zone: StatedZone = { kind: "none" };
  const parameters = shape.above.some((first) => PARAMETERS.test(first));
  for (const { line, cells } of above) {
    const [first = ""] = cells;
    if (parameters && PARAMETERS.test(first)) {
      zone = readStatedZone(TIME_ZONE.exec(first)?.[1] ?? "");
      if (zone.kind === "wrong") findings.add("time-zone-wrong", line);
    } else if (!(parameters && first.startsWith("#"))) {
      // The templates' own instructions begin with a number sign.
      findings.add("rows-above-header", line);
    }
  }
  return zone;
}

function checkHeader(
  header: TopRow,
  columns: readonly FileColumn[],
  shape: Shape,
  findings: FindingCounts,
): void {
  const roles = new Set(columns.map(({ role }) => role));
  for (const column of shape.columns) {
    if (!shape.required.has(column.role) || roles.has(column.role)) continue;
    findings.add("column-missing", header.line, column.header);
  }
  if (![...IDENTIFIERS].some((role) => roles.has(role))) {
    const email = shape.columns.find(({ role }) => role === "email");
    findings.add("column-missing", header.line, email?.header);
  }
  if (roles.has("type") && columns[0]?.role !== "type") {
    findings.add("type-not-first", header.line);
  }
  if (isResult(header, columns, shape)) findings.add("result-file", header.line);
}

/** Result files have the columns of the upload, and what became of each row. */
function isResult(header: TopRow, columns: readonly FileColumn[], shape: Shape): boolean {
  const extra = columns.flatMap(({ role }, index) =>
    role === "unknown" ? [headerKey(header.cells[index] ?? "")] : [],
  );
  if (extra.includes("errornumber")) {
    // The SDK's files have the column for errors in uploads, too, and hundreds of others.
    return extra.length < 100;
  }
  return shape.above.length > 0 && extra.includes("status");
}

/** No destination's columns; still, digests and plain text can be looked for. */
function unknownHead(rows: readonly TopRow[], told: Told): Head | undefined {
  const { findings } = told;
  const at = rows.findIndex(({ cells }) => cells.filter((cell) => cell.trim() !== "").length > 1);
  const first = rows[at];
  if (first === undefined) return undefined;
  const headless = first.cells.some((cell) => digestLike(cell)) || looksLikeData(first.cells);
  const data = rows.slice(headless ? at : at + 1);
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, index): FileColumn => {
    const header = headless ? "" : (first.cells[index] ?? "");
    const field = knownHeader(header)?.field;
    const label = headless ? index + 1 : headerLabel(header, index, false);
    const filled = data.filter(({ cells }) => (cells[index] ?? "").trim() !== "");
    const digests = filled.filter(({ cells }) => digestLike(cells[index] ?? "")).length;
    const hashed = field === "hashed-email" || field === "hashed-phone";
    const role =
      hashed || (digests > 0 && digests * 2 >= filled.length) ? roleOf(field) : "unknown";
    return { role, label, phoneLike: field === "phone" };
  });
  if (columns.every(({ role }) => role === "unknown")) return undefined;
  const headerLine = headless ? 0 : first.line;
  if (headless) findings.add("header-missing", first.line);
  findings.add("layout-unknown", headless ? undefined : headerLine);
  for (const row of rows.slice(0, headless ? at : at + 1)) searchRow(row, columns, told);
  return { shape: undefined, alsoFits: [], columns, headerLine, zone: { kind: "none" } };
}

function roleOf(field: string | undefined): FileRole {
  if (field === "email" || field === "hashed-email") return "email";
  return field === "phone" || field === "hashed-phone" ? "phone" : "hash";
}

/** A digest of whatever kind, MD5 aside: a click id has as many digits. */
function digestLike(cell: string): boolean {
  if (isDigest(cell)) return true;
  if (cell.length < 40 || cell.length > 140) return false;
  const fault = hashFault(cell);
  return fault === "hash-sha1" || fault === "hash-upper-case" || fault === "hash-base64";
}

/** Where the fields of a file stand. */

export const NO_COLUMN = -1;

export type Positions = Readonly<Record<FileRole, number>>;

/** The row that must stand below the header; `type` is "" where there is none. */
export interface VersionRow {
  readonly type: string;
  /** What it says in its other columns. */
  readonly cells: readonly (readonly [column: number, expected: string])[];
}

export function indexesOf(columns: readonly FileColumn[], wanted: FileRole): number[] {
  return columns.flatMap(({ role }, index) => (role === wanted ? [index] : []));
}

/** The column of each role, or -1. */
export function positionsOf(columns: readonly FileColumn[]): Positions {
  const find = (wanted: FileRole) => columns.findIndex(({ role }) => role === wanted);
  return {
    type: find("type"),
    none: NO_COLUMN,
    "client-id": find("client-id"),
    name: find("name"),
    time: find("time"),
    value: find("value"),
    currency: find("currency"),
    "click-id": find("click-id"),
    email: find("email"),
    phone: find("phone"),
    "adjustment-type": find("adjustment-type"),
    "adjustment-time": find("adjustment-time"),
    "adjustment-value": find("adjustment-value"),
    "adjustment-currency": find("adjustment-currency"),
    credit: find("credit"),
    model: find("model"),
    gclid: find("gclid"),
    gbraid: find("gbraid"),
    wbraid: find("wbraid"),
    "order-id": find("order-id"),
    "ad-user-data": find("ad-user-data"),
    "ad-personalization": find("ad-personalization"),
    hash: NO_COLUMN,
    unknown: NO_COLUMN,
  };
}

/** The row that must stand below the header: its record type, and its other cells by column. */
export function versionRowOf({ shape, columns }: Head): VersionRow {
  if (shape?.below === undefined) return { type: "", cells: [] };
  let type = "";
  const cells: [number, string][] = [];
  for (const { header, role } of shape.columns) {
    const expected = shape.below.get(header) ?? "";
    if (expected === "") continue;
    if (role === "type") type = expected;
    else {
      const key = headerKey(header);
      const index = columns.findIndex(({ label }) => headerKey(String(label)) === key);
      if (index !== -1) cells.push([index, expected]);
    }
  }
  return { type, cells };
}

/** What a message calls a column; undefined for no column. */
export function labelOf({ columns }: Head, column: number): string | number | undefined {
  return column === NO_COLUMN ? undefined : (columns[column]?.label ?? column + 1);
}
