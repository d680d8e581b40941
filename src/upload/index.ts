/** `firsthash/upload`: the half that talks to Microsoft Advertising. Nothing here reads contacts or makes a digest. */
export type { Environment } from "./endpoint.ts";
export type { ServiceOptions } from "./options.ts";
export { renderUpload } from "./render.ts";
export type { RefusedReport, UploadFileReport, UploadReport } from "./report.ts";
export { type Confirmation, type UploadOptions, type UploadProgress, upload } from "./upload.ts";
