/** The public library. Everything that is exported is documented where it stands. */
export { adjust } from "./adjust.ts";
export { type ErrorCode, EXIT, FirsthashError, type Problem } from "./errors.ts";
export { type HashOptions, hashContacts } from "./hash-contacts.ts";
export {
  type HashEmailOptions,
  type HashPhoneOptions,
  hashEmail,
  hashPhone,
} from "./identity/hash.ts";
export type { CountryCode, DigestResult, EmailRuleSet, Sha256Hex } from "./identity/types.ts";
export { type InspectOptions, inspect } from "./inspect.ts";
export type {
  AdjustField,
  AdjustOptions,
  ColumnChoices,
  Field,
  PrepareOptions,
  Progress,
  RunOptions,
} from "./options.ts";
export { prepare } from "./prepare.ts";
export type { ByteInput, InputRole, InputSource, ReadOptions } from "./read/types.ts";
export { type HashReport, renderHash } from "./report/hash-report.ts";
export type { InspectReport } from "./report/inspection.ts";
export {
  checkManifest,
  type Manifest,
  type ManifestFinding,
  type ManifestInput,
  type ManifestOutput,
} from "./report/manifest.ts";
export type { CellReason, Repair, RowReason, Warning } from "./report/reasons.ts";
export { type RenderOptions, renderSummary } from "./report/render.ts";
export { renderInspection } from "./report/render-inspection.ts";
export type {
  AdjustReport,
  CountReport,
  DestinationReport,
  FieldReport,
  FileReport,
  InputReport,
  PeopleReport,
  PrepareReport,
  RowsReport,
  RunReport,
} from "./report/summary.ts";
export { type SelftestGroup, type SelftestReport, selftest } from "./selftest.ts";
export type { AgainstReport, FieldComparison, Mistake, MistakeReport } from "./verify/against.ts";
export type { Finding, FindingCode, Place, Severity } from "./verify/findings.ts";
export { renderVerification } from "./verify/render.ts";
export type { FileFacts, Recognized, VerifyReport } from "./verify/report.ts";
export { type VerifyOptions, type VerifyProgress, verify } from "./verify/verify.ts";
export { VERSION } from "./version.ts";
