/** The public library. Everything that is exported is documented where it stands. */
export { type ErrorCode, EXIT, FirsthashError } from "./errors.ts";
export { hashEmail, hashPhone } from "./identity/hash.ts";
export type { CountryCode, DigestResult, EmailRuleSet, Sha256Hex } from "./identity/types.ts";
export { type InspectOptions, inspect } from "./inspect.ts";
export type { ColumnChoices, Field, PrepareOptions, Progress } from "./options.ts";
export { prepare } from "./prepare.ts";
export type { InputSource } from "./read/types.ts";
export type { InspectReport } from "./report/inspection.ts";
export type { CellReason, Repair, RowReason, Warning } from "./report/reasons.ts";
export { type RenderOptions, renderSummary } from "./report/render.ts";
export { renderInspection } from "./report/render-inspection.ts";
export type { DestinationReport, PrepareReport, RowsReport } from "./report/summary.ts";
export { type SelftestGroup, type SelftestReport, selftest } from "./selftest.ts";
export { VERSION } from "./version.ts";
