/** Campaign management: goals, both reports, and the calls that take conversions without a file. */
import type { Order } from "./orders.ts";
import type { Goal, ServiceState } from "./state.ts";
import type { Storage } from "./storage.ts";
import { errorsOf, type UploadedRow } from "./uploaded-file.ts";
import { answerJson, apiFault, batchError, type Call } from "./wire.ts";
import { writeArchive } from "./zip-archive.ts";

type Body = Readonly<Record<string, unknown>>;

export interface CampaignOptions {
  readonly now: () => Date;
  readonly words: string;
}

const DAY = 86_400_000;

export class Campaign {
  readonly #state: ServiceState;
  readonly #storage: Storage;
  readonly #options: CampaignOptions;

  constructor(state: ServiceState, storage: Storage, options: CampaignOptions) {
    this.#state = state;
    this.#storage = storage;
    this.#options = options;
  }

  goals(call: Call, body: Body): void {
    const ids = body.ConversionGoalIds;
    if (Array.isArray(ids) && ids.length === 0) {
      // The docs say that an empty list means all; the live service says this.
      const empty = { code: 206, errorCode: "NullArrayArgument" };
      answerJson(call, 400, apiFault(call, [empty], this.#options.words));
      return;
    }
    const types = String(body.ConversionGoalTypes ?? "").split(/[ ,]+/);
    const fields = new Set(String(body.ReturnAdditionalFields ?? "").split(/[ ,]+/));
    const wanted = Array.isArray(ids) ? new Set(ids.map(String)) : undefined;
    const goals = types.includes("OfflineConversion")
      ? this.#state.goals.filter(({ id }) => wanted === undefined || wanted.has(id))
      : [];
    const missing = [...(wanted ?? [])].filter((id) => !goals.some((goal) => goal.id === id));
    answerJson(call, 200, {
      ConversionGoals: goals.map((goal) => goalShape(goal, fields)),
      PartialErrors: missing.map((id) =>
        batchError(
          { code: 5300, errorCode: "ConversionGoalIdInvalid" },
          [...(wanted ?? [])].indexOf(id),
          this.#options.words,
        ),
      ),
    });
  }

  goalReport(call: Call, body: Body): void {
    const ids = Array.isArray(body.GoalIds) ? body.GoalIds.map(String) : [];
    const range = dates(body);
    if (ids.length === 0 || ids.length > 20 || range === undefined || range.days > 7) {
      const invalid = { code: 113, errorCode: "InvalidDateObject" };
      answerJson(call, 400, apiFault(call, [invalid], this.#options.words));
      return;
    }
    const known = this.#state.goals.filter(({ id }) => ids.includes(id));
    answerJson(call, 200, {
      OfflineGoalConversionSummaries: known.map((goal) => this.#summary(goal, range)),
      PartialErrors: ids
        .map((id, index) => ({ id, index }))
        .filter(({ id }) => !known.some((goal) => goal.id === id))
        .map(({ index }) =>
          batchError(
            { code: 5300, errorCode: "ConversionGoalIdInvalid" },
            index,
            this.#options.words,
          ),
        ),
    });
  }

  #summary(goal: Goal, range: Range): object {
    const rows = this.#rows(range).filter(({ row }) => row["Conversion Name"] === goal.name);
    const days = [...new Set(rows.map(({ at }) => day(at)))].sort();
    const counts = (some: typeof rows) => {
      const success = some.filter(({ error }) => error === undefined).length;
      return {
        success,
        unattributed: some.length - success,
        rate: some.length === 0 ? 0 : success / some.length,
      };
    };
    const overall = counts(rows);
    return {
      GoalId: goal.id,
      ConversionName: goal.name,
      // Whole numbers of 64 bits are strings; those of a day have 32.
      OverallSuccessCount: String(overall.success),
      OverallUnattributedCount: String(overall.unattributed),
      OverallSuccessRate: overall.rate,
      OverallAlerts: alerts(rows),
      DailySummaries: days.map((date) => {
        const ofDay = rows.filter(({ at }) => day(at) === date);
        const { success, unattributed, rate } = counts(ofDay);
        return {
          GoalId: goal.id,
          UploadDate: `${date}T00:00:00`,
          SuccessCount: success,
          UnattributedCount: unattributed,
          SuccessRate: rate,
          Alerts: alerts(ofDay),
        };
      }),
    };
  }

  #rows(range: Range): ServiceState["finished"] {
    return this.#state.finished.filter(({ at }) => at >= range.from && at < range.to);
  }

  rowReport(call: Call, body: Body): void {
    const range = dates(body);
    if (range === undefined) {
      const invalid = { code: 113, errorCode: "InvalidDateObject" };
      answerJson(call, 400, apiFault(call, [invalid], this.#options.words));
      return;
    }
    const rows = this.#rows(range);
    const days = [...new Set(rows.map(({ at }) => day(at)))].sort();
    answerJson(call, 200, {
      DailySummaries: days.map((date) => {
        const ofDay = rows.filter(({ at }) => day(at) === date);
        const success = ofDay.filter(({ error }) => error === undefined).length;
        return {
          UploadDate: `${date}T00:00:00`,
          FileUrl: this.#storage.address("report-file", (order) => reportFile(ofDay, order)),
          FileUrlExpiryTimeUtc: new Date(this.#options.now().getTime() + DAY).toISOString(),
          SuccessCount: success,
          FailureCount: ofDay.length - success,
        };
      }),
    });
  }

  /** ApplyOfflineConversions and its adjustments: the product does not use them, Microsoft's SDK does. */
  apply(call: Call, body: Body): void {
    const list = (body.OfflineConversions ?? body.OfflineConversionAdjustments) as
      | Readonly<Record<string, unknown>>[]
      | undefined;
    if (!Array.isArray(list) || list.length === 0 || list.length > 1000) {
      const wrong =
        list === undefined || list.length === 0
          ? { code: 5600, errorCode: "OfflineConversionsNullOrEmpty" }
          : { code: 5601, errorCode: "OfflineConversionsLimitExceeded" };
      answerJson(call, 400, apiFault(call, [wrong], this.#options.words));
      return;
    }
    const errors = list.flatMap((item, index) =>
      errorsOf(bulkRow(item), {
        goals: this.#state.goals,
        now: this.#options.now(),
      }).map((error) => batchError(error, index, this.#options.words)),
    );
    answerJson(call, 200, { PartialErrors: errors });
  }
}

/** Members in the order of a recording of an event goal; the type's own members stand first there. */
function goalShape(goal: Goal, fields: ReadonlySet<string>): object {
  return {
    ...(fields.has("IsExternallyAttributed")
      ? { IsExternallyAttributed: goal.externallyAttributed ?? false }
      : {}),
    Type: "OfflineConversion",
    Name: goal.name,
    Status: goal.status,
    Scope: "Account",
    CountType: goal.countType,
    Revenue: {
      Type: goal.revenue,
      Value: goal.revenue === "NoValue" ? null : 1,
      CurrencyCode: goal.revenue === "NoValue" ? null : "USD",
    },
    ConversionWindowInMinutes: goal.windowMinutes,
    TagId: null,
    TrackingStatus: "RecordingConversions",
    ExcludeFromBidding: false,
    ...(fields.has("IsEnhancedConversionsEnabled")
      ? { IsEnhancedConversionsEnabled: goal.enhanced }
      : {}),
    Id: goal.id,
  };
}

interface Range {
  readonly from: Date;
  readonly to: Date;
  readonly days: number;
}

/** Both ends belong to the range: the end is the start of its last day. */
function dates(body: Body): Range | undefined {
  const from = new Date(`${String(body.StartDateUtc).slice(0, 10)}T00:00:00Z`);
  const last = new Date(`${String(body.EndDateUtc).slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(from.getTime()) || Number.isNaN(last.getTime()) || last < from) return undefined;
  const to = new Date(last.getTime() + DAY);
  return { from, to, days: (to.getTime() - from.getTime()) / DAY };
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function alerts(rows: ServiceState["finished"]): object[] {
  const counts = new Map<string, number>();
  for (const { error } of rows) {
    if (error === undefined) continue;
    const reason = REASONS.has(error) ? error : "Unknown";
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([UnattributedReason, count]) => ({
    UnattributedReason,
    Count: String(count),
  }));
}

const REASONS = new Set([
  "AdjustmentOriginalNotFound",
  "ConversionAlreadyRetracted",
  "DuplicateConversionKey",
  "GoalNotFoundOrInactive",
  "NoMatchingClickFound",
  "ClickTimestampAfterConversion",
  "OutsideGoalLookbackWindow",
]);

const REPORT_COLUMNS = [
  "RecordId",
  "ChannelName",
  "IdIdentifier",
  "MSClickId",
  "ConversionName",
  "TimeZone",
  "ConversionTime",
  "ConversionOrAdjustmentValue",
  "ConversionOrAdjustmentCurrency",
  "HashedEmailAddress",
  "HashedPhoneNumber",
  "AdjustmentType",
  "Status",
];

function reportFile(rows: ServiceState["finished"], order: Order | undefined) {
  const lines = rows.map(({ requestId, row, error }, index) =>
    [
      String(index + 1),
      "Bulk",
      requestId,
      row["Microsoft Click Id"] ?? "",
      `"${(row["Conversion Name"] ?? "").replaceAll('"', '""')}"`,
      "+0000",
      row["Conversion Time"] ?? "",
      row["Adjustment Value"] || (row["Conversion Value"] ?? ""),
      row["Adjustment Currency Code"] || (row["Conversion Currency Code"] ?? ""),
      row["Hashed Email Address"] ?? "",
      row["Hashed Phone Number"] ?? "",
      (row["Adjustment Type"] ?? "").toUpperCase(),
      error ?? "Success",
    ].join(","),
  );
  const text = Buffer.from(`${[REPORT_COLUMNS.join(","), ...lines].join("\r\n")}\r\n`);
  if (order?.fault === "plain-csv") return { bytes: text, type: "text/csv" };
  const archive = writeArchive([{ name: "OfflineConversionReport.csv", bytes: text }]);
  const half = archive.subarray(0, archive.length / 2);
  return { bytes: order?.fault === "truncated" ? half : archive, type: "application/zip" };
}

/** An item of ApplyOfflineConversions as the row of a Bulk file. */
function bulkRow(item: Readonly<Record<string, unknown>>): UploadedRow {
  const text = (name: string) =>
    item[name] === undefined || item[name] === null ? "" : String(item[name]);
  return {
    Type: "Offline Conversion",
    "Conversion Name": text("ConversionName"),
    "Conversion Time": bulkForm(text("ConversionTime")),
    "Conversion Value": text("ConversionValue"),
    "Conversion Currency Code": text("ConversionCurrencyCode"),
    "Microsoft Click Id": text("MicrosoftClickId"),
    "Hashed Email Address": text("HashedEmailAddress"),
    "Hashed Phone Number": text("HashedPhoneNumber"),
    "Adjustment Type": text("AdjustmentType"),
    "Adjustment Value": text("AdjustmentValue"),
    "Adjustment Time": bulkForm(text("AdjustmentTime")),
    "Adjustment Currency Code": text("AdjustmentCurrencyCode"),
  };
}

function bulkForm(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})/.exec(iso);
  return match === null
    ? iso
    : `${match[2]}/${match[3]}/${match[1]} ${match[4]}:${match[5]}:${match[6]}`;
}
