/** What the page and its worker say to each other. A File goes over without being copied. */
import type { ErrorCode } from "../base/errors.ts";
import type { ColumnChoices, PersonField, Progress } from "../base/fields.ts";
import type { InspectReport } from "../inspect/types.ts";
import type { PrepareOptions } from "../prepare/options.ts";
import type { AnyReport } from "../report/names.ts";
import type { SelftestReport } from "../testing/selftest.ts";
import type { Vector, VectorRules } from "../testing/vectors.ts";
import type { VerifyProgress } from "../verify/options.ts";
import type { VerifyReport } from "../verify/report.ts";

/** Settings of a run, as `prepare` takes them, and as `firsthash.json` saves them. */
export type Settings = Pick<
  PrepareOptions,
  | "to"
  | "key"
  | "columns"
  | "goal"
  | "currency"
  | "country"
  | "timeZone"
  | "dateOrder"
  | "dateFormat"
  | "assumeTime"
  | "dst"
  | "decimal"
  | "onConflict"
  | "consentValues"
  | "maxRefused"
  | "asOf"
  | "layout"
  | "googleAccount"
  | "googleLoginAccount"
  | "googleAction"
  | "eventSource"
  | "adUserData"
  | "adPersonalization"
>;

/** A destination as the page offers it. The list comes from the worker, so that the page holds no package. */
export interface Destination {
  readonly id: string;
  readonly title: string;
  readonly formats: readonly string[];
  readonly layouts: readonly string[];
  readonly takes: readonly string[];
}

export interface PreparedTask {
  readonly job: "prepare";
  readonly conversions: File;
  readonly contacts: File | undefined;
  readonly settings: Settings;
  /** The user's own copy of the destination's template. */
  readonly template: File | undefined;
  /** Name of the upload file: its end says the format. */
  readonly output: string;
}

export type Task =
  | {
      readonly job: "inspect";
      readonly file: File;
      readonly columns: ColumnChoices;
      readonly country: string | undefined;
      readonly key: string | undefined;
    }
  | PreparedTask
  | { readonly job: "verify"; readonly file: File; readonly asOf: string | undefined }
  | {
      readonly job: "hash";
      readonly file: File;
      readonly country: string | undefined;
      readonly columns: ColumnChoices<PersonField>;
      readonly key: string | undefined;
    }
  | {
      readonly job: "selftest";
      readonly vectors: Readonly<Partial<Record<VectorRules, readonly Vector[]>>>;
    };

/** A file that can be saved. */
export interface MadeFile {
  readonly name: string;
  readonly blob: Blob;
}

export interface Made {
  readonly report: AnyReport;
  readonly files: readonly MadeFile[];
  /** Rows to mend, as CSV. Undefined where there are none. */
  readonly rejects: Blob | undefined;
}

export type Result = {
  readonly inspect: InspectReport;
  readonly prepare: Made;
  readonly hash: Made;
  readonly verify: VerifyReport;
  readonly selftest: SelftestReport;
};

/** What the user is told: a text of ours, never one of a package. */
export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly option?: string | undefined;
}

export type ToWorker =
  | { readonly id: number; readonly task: Task }
  | { readonly id: number; readonly stop: true };

export type FromWorker =
  | {
      readonly ready: true;
      readonly version: string;
      readonly destinations: readonly Destination[];
    }
  | { readonly id: number; readonly progress: Progressed }
  | { readonly id: number; readonly done: Result[keyof Result] }
  | { readonly id: number; readonly fault: Fault };

export interface Progressed {
  readonly stage: Progress["stage"] | VerifyProgress["stage"] | "rows";
  readonly rows: number;
  readonly share: number | undefined;
}
