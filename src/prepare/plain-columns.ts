/**
 * Columns that come out of an input as they are: names, client ids, values, attribution models, and the key of
 * `hash`. They are watched three times: which columns they are, before a row is read; each cell, by the net
 * for plain text; and a column of bare digits as a whole, when its rows are known and nothing is published.
 */
import { type Problem, usageError } from "../base/errors.ts";
import type { RowReason } from "../base/reasons.ts";
import type { Counts } from "../base/tally.ts";
import type { CountryCode } from "../base/types.ts";
import type { UploadRow } from "../destinations/types.ts";
import { BareDigits } from "../identity/bare-digits.ts";
import { holdsNumberOf } from "../identity/own-number.ts";
import {
  type Columns,
  findColumn,
  printableHeader,
  type TableHead,
} from "../read/columns/columns.ts";
import { PERSONAL_KINDS, personalKind } from "../read/columns/person-headers.ts";
import type { Input } from "./inputs.ts";
import type { Plan } from "./plan.ts";

/** What is written of them, in words for a message. */
const PLAIN_FIELDS = {
  name: "conversion names",
  "client-id": "client ids",
  value: "values",
  "new-value": "new values",
  "click-id": "click ids",
  "attribution-credit": "attribution credits",
  "attribution-model": "attribution models",
  gclid: "click ids",
  gbraid: "click ids",
  wbraid: "click ids",
  "order-id": "order ids",
} as const;

type PlainField = keyof typeof PLAIN_FIELDS;

const PLAIN_NAMES = Object.keys(PLAIN_FIELDS) as PlainField[];
const IDENTIFIER_FIELDS = ["email", "phone", "hashed-email", "hashed-phone"] as const;

/**
 * @param others columns of the same table that are read besides
 * @throws FirsthashError "usage" where a plain column is one of people's addresses, numbers or names
 */
export function checkPlainColumns(table: TableHead, columns: Columns): void {
  const identifiers = new Set(IDENTIFIER_FIELDS.flatMap((field) => columns[field] ?? []));
  for (const field of PLAIN_NAMES) {
    for (const column of columns[field] ?? []) {
      refusePersonal(table, column, `columns.${field}`, PLAIN_FIELDS[field], {
        isIdentifier: identifiers.has(column),
        isGoalColumn: field === "name",
      });
    }
  }
}

/** The key of `hash`. @throws FirsthashError "usage" */
export function checkPlainKey(table: TableHead, key: number, columns: Columns): void {
  const identifiers = new Set(Object.values(columns).flat());
  const isIdentifier = identifiers.has(key);
  refusePersonal(table, key, "key", "keys", { isIdentifier, isGoalColumn: false });
}

function refusePersonal(
  table: TableHead,
  column: number,
  option: string,
  what: string,
  { isIdentifier, isGoalColumn }: { isIdentifier: boolean; isGoalColumn: boolean },
): void {
  const kind = personalKind(table.headers[column] ?? "", isGoalColumn);
  if (!isIdentifier && kind === undefined) return;
  const holds = kind === undefined ? "what identifies people" : PERSONAL_KINDS[kind];
  throw usageError(
    `\`${option}\`: column ${column + 1} of ${table.findings.file} holds ${holds}, and ${what} are written as they stand`,
    "name another column, or leave this one out",
  );
}

/** Columns whose bare digits the user says are no phone numbers. @throws FirsthashError "usage" */
export function allowedColumns(
  table: TableHead,
  names: readonly string[] = [],
): ReadonlySet<number> {
  return new Set(names.map((name) => findColumn(table, name, "allowPlain")));
}

/** Watches the rows of one output. */
export class PlainWatch {
  readonly #region: CountryCode | undefined;
  readonly #columns: readonly WatchedColumn[];

  /** @param fields those whose cells come from a column of the input */
  constructor(fields: readonly WatchedField[], region: CountryCode | undefined) {
    this.#region = region;
    this.#columns = fields.map((field) => ({ ...field, digits: new BareDigits() }));
  }

  /** Why a row's plain cells are the number of the row's own person, if so. */
  whose(row: UploadRow): RowReason | undefined {
    const { phone } = row;
    if (phone === undefined) return undefined;
    for (const { field, reason } of this.#columns) {
      const text = TEXT_OF[field](row);
      if (text !== undefined && holdsNumberOf(text, phone, this.#region)) return reason;
    }
    return undefined;
  }

  /** A row that is written. */
  observe(row: UploadRow): void {
    for (const { field, digits } of this.#columns) {
      const text = TEXT_OF[field](row);
      if (text !== undefined) digits.observe(text);
    }
  }

  /**
   * Why nothing may be published, if a column of bare digits is one of phone numbers.
   *
   * @param reasons why rows were left out: a cell that was refused says what its neighbours are
   */
  problem(reasons: Counts<RowReason>): Problem | undefined {
    const found = this.#columns.find(({ digits, reason }) =>
      digits.holdNumbers(this.#region, reasons.get(reason).count > 0),
    );
    return found && phoneColumn(found.label);
  }
}

/** What is said of a column of phone numbers. */
export function phoneColumn(label: string): Problem {
  return {
    message: `column ${label} holds phone numbers in bare digits, and is written as it stands; nothing was written`,
    hint: `name another column or leave it out; if these are ids, insist with \`allowPlain: "${label}"\``,
  };
}

type WatchedName = "name" | "client-id" | "value" | "new-value" | "attribution-model" | "order-id";

/** A plain column of an input. */
export interface WatchedField {
  readonly field: WatchedName;
  readonly reason: RowReason;
  /** The column for a message: its header, or `#3`. */
  readonly label: string;
}

interface WatchedColumn extends WatchedField {
  readonly digits: BareDigits;
}

const REASONS: Readonly<Record<WatchedName, RowReason>> = {
  name: "name-looks-personal",
  "client-id": "client-id-looks-personal",
  value: "value-looks-personal",
  "new-value": "value-looks-personal",
  "attribution-model": "attribution-malformed",
  "order-id": "order-id-looks-personal",
};

const TEXT_OF: Readonly<Record<WatchedName, (row: UploadRow) => string | undefined>> = {
  name: (row) => row.name,
  "client-id": (row) => row.clientId,
  value: (row) => row.value,
  "new-value": (row) => row.adjustment?.value,
  "attribution-model": (row) => row.attribution?.model,
  "order-id": (row) => row.orderId,
};

const WATCHED = Object.keys(REASONS) as WatchedName[];

/**
 * The fields of an input that are watched. In corrections these are the new values: names are those of the
 * upload that is corrected.
 *
 * @throws FirsthashError "usage" where `allowPlain` names no column of it
 */
export function watchedOf(
  { role, table, columns }: Input,
  { goal, goalMap, allowPlain }: Plan,
): WatchedField[] {
  const allowed = allowedColumns(table, allowPlain);
  const isConstant = goal !== undefined || goalMap !== undefined || role === "corrections";
  return WATCHED.flatMap((field) => {
    const [column] = columns[field] ?? [];
    if (column === undefined || allowed.has(column) || (field === "name" && isConstant)) return [];
    const label = printableHeader(table, column) ?? `#${column + 1}`;
    return [{ field, reason: REASONS[field], label }];
  });
}
