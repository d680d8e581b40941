/** `firsthash/upload`: the half that talks to Microsoft Advertising and Google Ads. Nothing here reads contacts or makes a digest. */
export type { Environment } from "./endpoint.ts";
export type { Goal, GoalFindingCode, NameCount, NameReport } from "./goals.ts";
export { type GoalsOptions, type GoalsReport, goals } from "./goals-report.ts";
export type { GoogleOptions } from "./google/connect.ts";
export {
  type GoogleConfirmation,
  type GoogleUploadOptions,
  uploadToGoogle,
} from "./google/upload.ts";
export type { ServiceOptions } from "./options.ts";
export { renderGoals, renderResults, renderUpload } from "./render.ts";
export type { RefusedReport, UploadFileReport, UploadReport } from "./report.ts";
export {
  type DayResult,
  type GoalResult,
  type ResultsOptions,
  type ResultsReport,
  type RowResult,
  results,
  type UnattributedCount,
} from "./results.ts";
export { type Confirmation, type UploadOptions, type UploadProgress, upload } from "./upload.ts";
