/**
 * The manifest of a run: which bytes came in, which went out, by which rules and options. For an audit,
 * or for whoever gets the upload file and wants to know that it is the one that was made. Like a report
 * it holds no cell; the same run gives the same bytes.
 */
import { dirname, isAbsolute, join, relative, sep } from "#host";
import { butWritten, FirsthashError, inputError } from "../base/errors.ts";
import { phoneMetadataVersion, RULE_SETS, type RuleSet } from "../identity/rules.ts";
import { digestFile, type WholeBytes } from "../read/observed.ts";
import { type JsonObject, readJsonObject } from "../read/source.ts";
import {
  destinationsOf,
  type HashReport,
  type InputReport,
  type PrepareReport,
  publishedFiles,
  type RowsReport,
} from "../report/summary.ts";
import type { TargetRules } from "../write/check.ts";
import { writeTextFile } from "../write/data-file.ts";
import type { PreparePlan } from "./plan.ts";

const SCHEMA = "firsthash.manifest/1";

/** A file that was read. Records of a program have no bytes. */
export interface ManifestInput extends Partial<WholeBytes> {
  readonly role: string;
  /** Its name, or its path below the manifest's folder. */
  readonly file: string;
  readonly rows?: number;
  /** Field to headers; `#n` where headers could be somebody's data. */
  readonly columns?: InputReport["columns"];
}

/** A file that was written. */
export interface ManifestOutput extends WholeBytes {
  readonly destination?: string;
  readonly layout?: string;
  readonly file: string;
  readonly rows: number;
}

export interface Manifest {
  readonly schema: typeof SCHEMA;
  /** Of firsthash. */
  readonly version: string;
  readonly command: "prepare" | "hash";
  /** The present of the run, where the result depends on it. */
  readonly asOf?: string;
  readonly rules: readonly Pick<RuleSet, "name" | "date">[];
  readonly phoneMetadata: string;
  /** Options that were given and change the result. Columns stand with the inputs. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly inputs: readonly ManifestInput[];
  readonly outputs: readonly ManifestOutput[];
  readonly counts: readonly (RowsReport & { readonly destination?: string })[];
}

/** What a manifest is made of. */
export interface ManifestSubject {
  readonly report: PrepareReport | HashReport;
  /** Options that were given and change the result. */
  readonly recorded: Readonly<Record<string, unknown>>;
  /** Inputs that are in no report: a template. */
  readonly others?: readonly (WholeBytes & { readonly role: string; readonly file: string })[];
}

/**
 * @param path where the manifest will stand: files below its folder are named by their path from there,
 *   others by their name alone, so that nobody's folders are told
 */
export function buildManifest(
  path: string,
  { report, recorded, others = [] }: ManifestSubject,
): Manifest {
  const destinations = destinationsOf(report);
  const published = destinations.filter((destination) => destination.published);
  const inputs: ManifestInput[] = report.inputs.map((input) => ({
    role: input.role,
    file: nameFrom(path, input.file),
    ...(input.sha256 !== undefined && { bytes: input.bytes ?? 0, sha256: input.sha256 }),
    rows: input.rows,
    columns: input.columns,
  }));
  return {
    schema: SCHEMA,
    version: report.version,
    command: report.schema === "firsthash.hash/1" ? "hash" : "prepare",
    ...("asOf" in report && { asOf: report.asOf }),
    rules: rulesOf(
      report,
      published.flatMap(({ rules }) => rules),
    ),
    phoneMetadata: phoneMetadataVersion(),
    options: recorded,
    inputs: [...inputs, ...others.map((other) => ({ ...other, file: nameFrom(path, other.file) }))],
    outputs: published.flatMap((destination) =>
      destination.files.map(({ file, rows, bytes, sha256 = "" }) => ({
        ...placeOf(destination),
        file: nameFrom(path, file),
        rows,
        bytes,
        sha256,
      })),
    ),
    counts: published.map((destination) => {
      const { destination: name } = placeOf(destination);
      return { ...(name !== undefined && { destination: name }), ...destination.rows };
    }),
  };
}

function placeOf(report: object): { readonly destination?: string; readonly layout?: string } {
  if (!("destination" in report && "layout" in report)) return {};
  return { destination: String(report.destination), layout: String(report.layout) };
}

function rulesOf(
  { inputs }: ManifestSubject["report"],
  names: readonly string[],
): Pick<RuleSet, "name" | "date">[] {
  const hashed = inputs.some(
    ({ columns }) => "hashed-email" in columns || "hashed-phone" in columns,
  );
  const used = new Set(hashed ? [...names, RULE_SETS["sha256-hex"].name] : names);
  return Object.values<RuleSet>(RULE_SETS)
    .filter(({ name }) => used.has(name))
    .map(({ name, date }) => ({ name, date }));
}

/** A path below the manifest's folder as it is from there, with `/`; of any other only the name. */
function nameFrom(manifest: string, file: string): string {
  const path = relative(dirname(manifest), file).split(sep).join("/");
  const isBelow = path !== "" && path !== ".." && !path.startsWith("../") && !isAbsolute(path);
  return isBelow ? path : (file.split(/[\\/]/).at(-1) ?? file);
}

/**
 * Writes the manifest of a run that published something.
 *
 * @throws FirsthashError "usage" or "output", whose `written` names what was published before
 */
export async function writeManifest(
  path: string,
  subject: ManifestSubject,
  rules: TargetRules,
): Promise<void> {
  const manifest = buildManifest(path, subject);
  if (manifest.outputs.length === 0) return;
  try {
    await writeTextFile(path, `${JSON.stringify(manifest, null, 2)}\n`, rules);
  } catch (error) {
    throw butWritten(error, publishedFiles(destinationsOf(subject.report)));
  }
}

/** Writes the manifest of `prepare`, where one is asked for. A template is an input too. */
export async function writeRunManifest(
  report: PrepareReport,
  { manifest, template, force, signal, inputPaths, recorded }: PreparePlan,
): Promise<void> {
  if (manifest === undefined) return;
  const others =
    typeof template === "string" ? [await templateInput(template, report, signal)] : [];
  await writeManifest(manifest, { report, recorded, others }, { force, inputs: inputPaths });
}

async function templateInput(file: string, report: PrepareReport, signal?: AbortSignal) {
  try {
    return { role: "template", file, ...(await digestFile(file, signal)) };
  } catch (error) {
    throw butWritten(error, publishedFiles(report.destinations));
  }
}

/** What `checkManifest` says about each file that a manifest names. */
export const MANIFEST_FINDINGS = {
  same: { severity: "info", text: "as the manifest says" },
  changed: { severity: "error", text: "not the file of this run: its bytes are others" },
  missing: { severity: "error", text: "not there" },
  "input-missing": {
    severity: "warning",
    text: "not there, so it was not compared; put it beside the manifest to compare it",
  },
  "not-hashed": {
    severity: "warning",
    text: "no file, but a stream or records, so it was not compared",
  },
} as const;

export interface ManifestFinding {
  readonly code: keyof typeof MANIFEST_FINDINGS;
  readonly severity: "error" | "warning" | "info";
  readonly role: "input" | "output";
  /** As the manifest names it. */
  readonly file: string;
  readonly text: string;
}

/**
 * Compares the files that a manifest names with what stands beside it.
 *
 * @returns one finding for each file, outputs first
 * @throws FirsthashError "input" where the manifest cannot be read or is none
 *
 * @example
 * ```ts
 * import { checkManifest, prepare } from "firsthash";
 *
 * await prepare({
 *   contacts: "samples/contacts.csv",
 *   conversions: "samples/conversions.csv",
 *   key: "Contact ID",
 *   timeZone: "America/New_York",
 *   asOf: "2026-11-20T12:00:00Z",
 *   output: "upload.csv",
 *   manifest: "upload.manifest.json",
 * });
 * const findings = await checkManifest("upload.manifest.json");
 * console.log(findings.every(({ severity }) => severity === "info")); // true
 * ```
 */
export async function checkManifest(
  path: string,
  signal?: AbortSignal,
): Promise<ManifestFinding[]> {
  const manifest = await readJsonObject(path);
  const findings: ManifestFinding[] = [];
  if (manifest.schema !== SCHEMA) throw noManifest(path);
  for (const role of ["output", "input"] as const) {
    for (const named of filesOf(path, manifest, role)) {
      const code = await compare(path, named, role, signal);
      findings.push({ code, role, file: named.file, ...MANIFEST_FINDINGS[code] });
    }
  }
  return findings;
}

interface NamedFile {
  readonly file: string;
  readonly sha256: string | undefined;
}

function filesOf(path: string, manifest: JsonObject, role: "input" | "output"): NamedFile[] {
  const list = manifest[`${role}s`];
  if (!Array.isArray(list)) throw noManifest(path);
  return list.map((item: unknown) => {
    if (typeof item !== "object" || item === null) throw noManifest(path);
    const { file, sha256 } = item as { readonly file?: unknown; readonly sha256?: unknown };
    // It must not lead us to other folders.
    if (typeof file !== "string" || isAbsolute(file) || /(?:^|[\\/])\.\.(?:[\\/]|$)/.test(file)) {
      throw noManifest(path);
    }
    return { file, sha256: typeof sha256 === "string" ? sha256 : undefined };
  });
}

function noManifest(path: string): Error {
  return inputError("is not a manifest of firsthash", {
    file: path,
    hint: "name the file that `manifest` wrote",
  });
}

/** Names of what is no file, in reports. */
const STREAMS: ReadonlySet<string> = new Set(["stdin", "stdout"]);

async function compare(
  path: string,
  { file, sha256 }: NamedFile,
  role: "input" | "output",
  signal: AbortSignal | undefined,
): Promise<ManifestFinding["code"]> {
  if (sha256 === undefined || STREAMS.has(file)) return "not-hashed";
  try {
    const found = await digestFile(join(dirname(path), file), signal);
    return found.sha256 === sha256 ? "same" : "changed";
  } catch (error) {
    if (!(error instanceof FirsthashError && error.code === "input")) throw error;
    return role === "input" ? "input-missing" : "missing";
  }
}
