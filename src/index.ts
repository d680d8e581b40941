/** The public library. Everything that is exported is documented where it stands. */
export { adjust } from "./adjust/adjust.ts";
export type { AdjustOptions } from "./adjust/options.ts";
export { type ErrorCode, EXIT, FirsthashError, type Problem } from "./base/errors.ts";
export type { AdjustField, ColumnChoices, Field, InputRole, Progress } from "./base/fields.ts";
export type { CellReason, Repair, RowReason, Warning } from "./base/reasons.ts";
export type { OnRow, RowEvent, RowOutcome } from "./base/row-events.ts";
export type { CountryCode, EmailRuleSet, Sha256Hex } from "./base/types.ts";
export { VERSION } from "./base/version.ts";
export type { Finding, FindingCode, Place, Severity } from "./form/findings.ts";
export type { FileFacts, Recognized } from "./form/report.ts";
export { hashContacts } from "./hash/hash-contacts.ts";
export type { HashOptions } from "./hash/options.ts";
export { renderHash } from "./hash/report.ts";
export { hashStream, type StreamReport } from "./hash/stream/hash-stream.ts";
export type { LineFormat, StreamOptions } from "./hash/stream/stream-options.ts";
export {
  type HashEmailOptions,
  type HashPhoneOptions,
  hashEmail,
  hashPhone,
} from "./identity/hash.ts";
export type { DigestResult } from "./identity/types.ts";
export { inspect } from "./inspect/inspect.ts";
export type { InspectOptions } from "./inspect/options.ts";
export { renderInspection } from "./inspect/render.ts";
export type { InspectReport } from "./inspect/types.ts";
export {
  checkManifest,
  type Manifest,
  type ManifestFinding,
  type ManifestInput,
  type ManifestOutput,
} from "./prepare/manifest.ts";
export type { PrepareOptions, RunOptions } from "./prepare/options.ts";
export { prepare } from "./prepare/prepare.ts";
export type { ByteInput, InputFiles, InputSource, ReadOptions } from "./read/types.ts";
export { renderHtml } from "./report/html.ts";
export { type AnyReport, mailable } from "./report/names.ts";
export { type RenderOptions, renderSummary } from "./report/render.ts";
export {
  type AnswerReport,
  type FileAnswer,
  type JoinedReport,
  joinReports,
  type SavedReport,
} from "./report/reports.ts";
export type {
  AdjustReport,
  CountReport,
  DayReport,
  DestinationReport,
  FieldReport,
  FileReport,
  HashReport,
  InputReport,
  PeopleReport,
  PrepareReport,
  RowsReport,
  RunReport,
} from "./report/summary.ts";
export { type SelftestGroup, type SelftestReport, selftest } from "./testing/selftest.ts";
export type { AgainstReport } from "./verify/against.ts";
export type { FieldComparison, Mistake, MistakeReport, OpenReadings } from "./verify/field.ts";
export type { VerifyOptions, VerifyProgress } from "./verify/options.ts";
export type { PersonReport, TogetherReport } from "./verify/people.ts";
export type { VerifyReport } from "./verify/report.ts";
export { renderVerification } from "./verify/report.ts";
export { verify } from "./verify/verify.ts";
