/**
 * Turns the options of a run into what the stages take. Whatever is wrong with the options alone is said
 * here, before any file is touched.
 */

import { optionError, usageError } from "../base/errors.ts";
import type { ColumnChoices } from "../base/fields.ts";
import { checkOptions, recordedOptions } from "../base/options.ts";
import { currencyOption } from "../conversion/currency.ts";
import { type GoalMap, goalOption, parseGoalMap } from "../conversion/names.ts";
import { checkTimeOptions } from "../conversion/time/time.ts";
import type { CurrencyCode, EpochSeconds, GoalName } from "../conversion/types.ts";
import { DESTINATIONS, destinationById } from "../destinations/catalog.ts";
import type { AccountSettings, Destination, Format, PlanOptions } from "../destinations/types.ts";
import type { PhoneSettings } from "../identity/identify.ts";
import { phoneSettings } from "../identity/phone-settings.ts";
import type { OnConflict } from "../join/contacts.ts";
import { type KeySettings, keySettings } from "../join/key-readings.ts";
import type { InputFiles, InputSource } from "../read/types.ts";
import { expandPattern, formatOf } from "../write/formats.ts";
import type { Output } from "../write/upload.ts";
import { planAccount } from "./account.ts";
import { isInputFiles } from "./files.ts";
import type { Watch } from "./inputs.ts";
import { PREPARE_OPTIONS, type PrepareOptions, type RunOptions } from "./options.ts";
import {
  checkThreads,
  consentOption,
  maxRefusedOption,
  planAsOf,
  rowsAtMostOption,
} from "./settings.ts";

/** One upload of the run: a destination and where its file goes. */
export interface PlannedUpload {
  readonly destination: Destination;
  readonly format: Format;
  readonly output: Output;
}

/** What the stages of every run that writes an upload take. No stage sees the options. */
export interface Plan extends Watch {
  readonly uploads: readonly PlannedUpload[];
  readonly account: AccountSettings | undefined;
  readonly goal: GoalName | undefined;
  readonly goalMap: GoalMap | undefined;
  readonly currency: CurrencyCode | undefined;
  /** How phone numbers are read. */
  readonly phones: PhoneSettings;
  readonly asOf: EpochSeconds;
  readonly onConflict: OnConflict;
  /** The user knows that contacts of one key differ. */
  readonly insistsOnConflict: boolean;
  /** How keys are read. */
  readonly keys: KeySettings;
  /** In lower case. */
  readonly consentValues: ReadonlySet<string>;
  /** Headers of columns whose bare digits are ids. */
  readonly allowPlain: readonly string[];
  /** Percent of the rows read. */
  readonly maxRefused: number;
  /** Options that were given and change the result, for a manifest. */
  readonly recorded: Readonly<Record<string, unknown>>;
  /** The CRM export; undefined where the conversions carry the identifiers themselves. */
  readonly contacts: RunOptions["contacts"];
  /** What to call inputs that are not paths. */
  readonly names: NonNullable<RunOptions["names"]>;
  /** How to read each input. */
  readonly read: NonNullable<RunOptions["read"]>;
  /** Name of the join column, where it has one name in both inputs. */
  readonly key: string | undefined;
  /** Rows of the conversions that are read at most. */
  readonly rowsAtMost: number | undefined;
  /** How times are read where the column leaves it open. */
  readonly times: Pick<RunOptions, "timeZone" | "dateOrder" | "dateFormat" | "assumeTime" | "dst">;
  readonly decimal: RunOptions["decimal"];
  readonly layout: string | undefined;
  /** Existing outputs are replaced. */
  readonly force: boolean;
  readonly dryRun: boolean;
  /** The report says the SHA-256 of what is written. */
  readonly digest: boolean;
  /** What a report calls an output that has no path. */
  readonly outputName: string;
  readonly threads: number | undefined;
  /** Take no shortcut; the output is the same. */
  readonly reference: boolean;
  readonly onRow: RunOptions["onRow"];
  /** Conversions without a row are no error. */
  readonly allowEmpty: boolean;
  /** Paths that must not be written to. */
  readonly inputPaths: readonly string[];
}

/** The plan of `prepare`. */
export interface PreparePlan extends Plan {
  readonly conversions: InputSource | InputFiles;
  readonly columns: ColumnChoices;
  readonly template: PrepareOptions["template"];
  readonly manifest: string | undefined;
  /** Path of the ledger. */
  readonly ledger: string | undefined;
}

/** What a run asks of each destination, beyond its format. */
type Wants = Pick<PlanOptions, "layout" | "adjustments" | "account">;

/** @throws FirsthashError "usage", naming the option */
export function planPrepare(options: PrepareOptions): PreparePlan {
  checkOptions("prepare", options, PREPARE_OPTIONS);
  const { contacts, conversions, layout, template, manifest, ledger, columns = {} } = options;
  if (conversions === undefined) {
    throw optionError("conversions", "is missing", "name the file of conversions");
  }
  if (template !== undefined) checkTemplate(options);
  const wants = { layout, account: planAccount(options) };
  const plan = planRun(options, wants, [contacts, conversions, template, ledger]);
  if (ledger !== undefined) checkLedger(plan);
  const digest = plan.digest || manifest !== undefined || ledger !== undefined;
  return { ...plan, digest, conversions, columns, template, manifest, ledger };
}

/** A template is one destination's, and decides the layout. What is in it is looked at when it is read. */
function checkTemplate({ to = "microsoft-bulk", layout }: PrepareOptions): void {
  const [destination, ...others] = [to].flat().map(destinationById);
  if (others.length > 0) {
    throw optionError(
      "template",
      "needs a single destination",
      "run once for the template, and once for the others",
    );
  }
  if (destination?.takes.includes("template") === false) {
    throw optionError(
      "template",
      `is nothing that ${destination.id} takes`,
      `give ${DESTINATIONS.filter(({ takes }) => takes.includes("template"))
        .map(({ id }) => `\`to: "${id}"\``)
        .join(" or ")}`,
    );
  }
  if (layout !== undefined) {
    throw optionError("layout", "and `template` exclude each other", "leave `layout` out");
  }
}

/** What is marked in a ledger is what `upload` sends: files for Microsoft's Bulk service. */
function checkLedger({ uploads, dryRun }: Plan): void {
  const [first, ...others] = uploads;
  if (others.length > 0 || first?.destination.id !== "microsoft-bulk") {
    throw optionError(
      "ledger",
      "is for microsoft-bulk alone, which is what `firsthash upload` sends",
      "run once with it for microsoft-bulk, and once without it for the others",
    );
  }
  if (first.output.kind !== "file" && !dryRun) {
    throw optionError(
      "ledger",
      "needs an output that is a file: its keys are written beside it",
      "name a file with `output`",
    );
  }
}

/** What every run that writes an upload plans. @param inputs those that may be paths */
export function planRun(options: RunOptions, wants: Wants, inputs: readonly unknown[]): Plan {
  checkTimeOptions(options);
  const {
    goal,
    goalMap,
    currency,
    output,
    force = false,
    dryRun = false,
    digest = false,
  } = options;
  const { contacts, names = {}, read = {}, key, decimal, layout, threads } = options;
  const { timeZone, dateOrder, dateFormat, assumeTime, dst, onRow, onProgress, signal } = options;
  if (goal !== undefined && goalMap !== undefined) {
    throw optionError("goal", "and `goalMap` exclude each other", "give one of them");
  }
  const maxRefused = maxRefusedOption(options.maxRefused);
  checkThreads(options.threads);
  const phones = phoneSettings(options);
  return {
    uploads: planUploads(options, wants),
    account: wants.account,
    goal: goal === undefined ? undefined : goalOption(goal, phones.region),
    goalMap: goalMap === undefined ? undefined : parseGoalMap(goalMap, phones.region),
    currency: currency === undefined ? undefined : currencyOption(currency),
    phones,
    asOf: planAsOf(options.asOf),
    onConflict: options.onConflict ?? "drop",
    insistsOnConflict: options.onConflict !== undefined,
    keys: keySettings(options),
    consentValues: consentOption(options),
    allowPlain: options.allowPlain ?? [],
    maxRefused,
    contacts,
    names,
    read,
    key,
    rowsAtMost: rowsAtMostOption(options.rowsAtMost),
    times: { timeZone, dateOrder, dateFormat, assumeTime, dst },
    decimal,
    layout,
    force,
    dryRun,
    digest,
    outputName: typeof output === "string" ? output : "stdout",
    threads,
    reference: options.reference ?? false,
    onRow,
    allowEmpty: options.allowEmpty ?? false,
    onProgress,
    signal,
    recorded: recordedOptions({ ...options }, PREPARE_OPTIONS),
    inputPaths: inputs.flatMap(pathsOf),
  };
}

/** Of one input or of several. What it is otherwise is looked at when it is opened. */
function pathsOf(input: unknown): string[] {
  if (typeof input === "string") return [input];
  return isInputFiles(input) ? input.files.filter((file) => typeof file === "string") : [];
}

function planUploads(
  { to = "microsoft-bulk", output, dryRun }: RunOptions,
  wants: Wants,
): PlannedUpload[] {
  const destinations = [to].flat().map(destinationById);
  if (new Set(destinations).size < destinations.length) {
    throw optionError("to", "names a destination twice", "give each destination once");
  }
  const outputs = planOutputs(destinations, output, dryRun ?? false);
  return destinations.map((destination, index) => {
    const planned = outputs[index] as Output;
    const format =
      planned.kind === "file"
        ? formatOf(destination, planned.path)
        : (planned.format ?? destination.formats[0]);
    // Asked again when the columns are known; here for the errors that it throws.
    destination.plan({ format, ...wants });
    return { destination, format, output: planned };
  });
}

function planOutputs(
  destinations: readonly Destination[],
  output: RunOptions["output"],
  dryRun: boolean,
): Output[] {
  if (dryRun) return destinations.map(() => ({ kind: "none" }));
  if (output === undefined) {
    throw optionError("output", "is missing", "name the file to write, or use `dryRun: true`");
  }
  if (typeof output === "string") {
    return expandPattern(output, destinations).map((path) => ({ kind: "file", path }));
  }
  if (destinations.length > 1) {
    throw usageError(
      "standard output takes one destination",
      'write to files: `output: "upload-{to}.csv"`',
    );
  }
  return [{ kind: "stream", stream: output }];
}
