/** What the page knows. It holds files and reports, and never a cell. */
import type { ColumnChoices } from "../base/fields.ts";
import type { InspectReport } from "../inspect/types.ts";
import type { VerifyReport } from "../verify/report.ts";
import type { Choice } from "./columns.ts";
import type { SettingName } from "./needs.ts";
import type { Destination, Fault, Made, Progressed } from "./protocol.ts";
import type { FormValues } from "./settings.ts";
import type { Texts } from "./texts.ts";

export type Job = "prepare" | "verify" | "hash";

/** Where a file can be put. Files are kept by place and not by name: two may have the same one. */
export type Slot = "conversions" | "contacts" | "upload" | "people";

export interface FileState {
  readonly file: File;
  /** A first look is under way. */
  readonly isBusy: boolean;
  readonly report?: InspectReport | undefined;
  readonly choice: Choice;
  /** The user changed a column, so that all of them are given to the run. */
  readonly isCorrected: boolean;
  readonly fault?: Fault | undefined;
}

/** A file that can be saved, and where the browser keeps it. */
export interface Saved {
  readonly name: string;
  readonly size: number;
  readonly url: string;
}

export interface Outcome {
  readonly job: Job;
  readonly made?: Made;
  readonly saved: readonly Saved[];
  readonly verified?: VerifyReport;
  readonly fault?: Fault;
  /** What is still missing, with the id of what gives it. */
  readonly missing?: readonly Missing[];
}

export interface Missing {
  readonly text: string;
  readonly target: string;
}

export interface State {
  readonly texts: Texts;
  readonly lang: string;
  readonly version: string;
  readonly destinations: readonly Destination[];
  readonly job: Job;
  readonly files: Readonly<Partial<Record<Slot, FileState>>>;
  readonly template: File | undefined;
  readonly values: FormValues;
  /** Columns of a file of settings that was loaded. */
  readonly loaded: ColumnChoices;
  readonly forced: ReadonlySet<SettingName>;
  /** What was said of a file of settings. */
  readonly settingsSaid: string;
  readonly running: { readonly id: number; readonly progress: Progressed | undefined } | undefined;
  readonly outcome: Outcome | undefined;
  /** What became of the attempt to send something. */
  readonly attempt: string;
  /** What the published vectors gave. */
  readonly selftest: string;
}
