/** What `inspect` takes, what it finds, and what it reports. */
import type { Problem } from "../base/errors.ts";
import type { RowReason } from "../base/reasons.ts";
import type { Count, Counts } from "../base/tally.ts";
import type { ConversionSurvey } from "../conversion/record.ts";
import type { FoundColumns } from "../read/columns/columns.ts";
import type { Field } from "../read/columns/headers.ts";
import type { Findings, Table } from "../read/types.ts";
import type { CountReport, FieldReport } from "../report/summary.ts";
import type { CellCounts, CurrencyCounts, IdentifierCounts, RepeatedKeys } from "./counts.ts";
import type { InspectOptions } from "./options.ts";

/** What a file can be for `prepare`. */
export type Role = "contacts" | "conversions";

export interface RoleReport {
  readonly role: Role;
  /** What `prepare` would ask for. Nothing: the command below is all it takes. */
  readonly missing: readonly Problem[];
  /** A command line; what stands in `<…>` is for the user to fill in. */
  readonly command: string;
}

/** A column, in the order of the file. */
export interface ColumnReport {
  /** 1-based; `#3` names the third column where a header cannot. */
  readonly number: number;
  /** Missing where the headers may be somebody's data. */
  readonly header?: string;
  /** What the column was taken for; empty when it is not read. */
  readonly fields: readonly (Field | "key")[];
  /** Cells of a column that is read and identifies nobody. */
  readonly cells?: { readonly filled: number; readonly absent: number };
  /** Cells of a column of e-mail addresses, phone numbers or their hashes. */
  readonly identifiers?: FieldReport;
}

/** Day and month, zone and time of day of the time column. */
export interface TimesReport {
  readonly cells: number;
  readonly unreadable: number;
  /** Dates alone: refused without --assume-time. */
  readonly withoutTime: number;
  /** Times that need --time-zone. */
  readonly withoutZone: number;
  /** Missing where every date tells its order by its form, as ISO 8601 does. */
  readonly dateOrder?: "mdy" | "dmy" | "ymd" | "unclear" | "mixed";
}

export interface ValuesReport {
  readonly cells: number;
  readonly unreadable: number;
  /** Missing where no value shows a mark. */
  readonly decimal?: "point" | "comma" | "unclear" | "mixed";
}

export interface KeysReport {
  readonly column: number;
  readonly different: number;
  /** Keys that occur more than once, and where the first of them come for the second time. */
  readonly repeated: Count;
  readonly empty: number;
  /** Rows whose key is an error of a spreadsheet, or was rounded by one. */
  readonly damaged: number;
  /** Long numbers that a spreadsheet has cut to 15 digits: each may be several people's. */
  readonly areCut: boolean;
}

export interface CurrenciesReport {
  readonly cells: number;
  readonly unreadable: number;
}

/** The rows as people: which of them have an identifier that can be used. */
export interface UsableReport {
  readonly rows: number;
  readonly both: number;
  readonly emailOnly: number;
  readonly phoneOnly: number;
  readonly neither: number;
  /** By the values of the consent column, where one was named. These rows are not looked at. */
  readonly noConsent: number;
}

export interface InspectReport extends Findings {
  readonly schema: "firsthash.inspect/1";
  readonly version: string;
  readonly rules: readonly string[];
  readonly rows: number;
  /** True where only the first rows were looked at (`rowsAtMost`) and there are more. */
  readonly partial?: true;
  /** Rows with too few or too many cells; they are counted nowhere else. */
  readonly malformed: readonly CountReport<RowReason>[];
  readonly columns: readonly ColumnReport[];
  /** Fields for which several columns have an equal claim, by number. */
  readonly unclear: readonly {
    readonly field: Field | "key";
    readonly columns: readonly number[];
  }[];
  readonly keys?: KeysReport;
  readonly people?: UsableReport;
  readonly times?: TimesReport;
  readonly values?: ValuesReport;
  readonly currencies?: CurrenciesReport;
  /** What the file can be for `prepare`, what is missing for that, and the command. */
  readonly roles: readonly RoleReport[];
}

/** What the report is made of besides the counts. */
export type InspectionOptions = InspectOptions & { readonly name: string };

/** What a pass over a file counts. */
export interface Inspection {
  rows: number;
  /** Rows were left unread: there are more than were to be looked at. */
  isPartial: boolean;
  readonly table: Table;
  readonly found: FoundColumns;
  /** The join column; several where the other file must decide. */
  readonly keys: readonly number[];
  readonly repeated: RepeatedKeys | undefined;
  readonly malformed: Counts<"row-too-short" | "row-too-long">;
  readonly identifiers: IdentifierCounts;
  /** By column, those of identifiers aside. */
  readonly cells: ReadonlyMap<number, CellCounts>;
  readonly survey: ConversionSurvey;
  readonly currencies: CurrencyCounts;
}
