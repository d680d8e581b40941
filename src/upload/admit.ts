/**
 * What may be sent: a prepared Bulk file of which `verify` finds nothing wrong, within the limits. The file is
 * hashed while it is verified and again while it is packed, so the bytes that go out are the ones that were looked at.
 */

import { byteDigest } from "#host";
import { checkForm, type FormCheck } from "../form/check.ts";
import { type ByteSource, openFile, peek } from "../read/source.ts";
import { isZip } from "../read/text/magic.ts";
import { unpack, zipEntries } from "../read/workbook/zip.ts";
import { type Archive, zipOf } from "./archive.ts";
import { type Environment, hasReason } from "./endpoint.ts";
import { failure } from "./failures.ts";

/** A file that may be sent. */
export interface Admitted {
  readonly file: string;
  /** Of the file as it lies on the disk. */
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly adjustments: boolean;
  readonly identifiers: FormCheck["identifiers"];
  /** What `verify` warns of, for the user to read. */
  readonly warnings: readonly string[];
  /** Packs it to be sent. @throws FirsthashError "input" (`file-changed`) */
  pack(): Promise<Archive>;
}

const MOST_BYTES = 100_000_000;
const MOST_ROWS: Readonly<Record<Environment, number>> = { production: 2_500_000, sandbox: 20_000 };

/** What a service takes. */
export interface Taken {
  readonly destination: string;
  readonly rows: number;
  readonly bytes: number;
}

function bulkOf(environment: Environment): Taken {
  return { destination: "microsoft-bulk", rows: MOST_ROWS[environment], bytes: MOST_BYTES };
}

export interface AdmitOptions {
  readonly environment: Environment;
  /** Of another service than Microsoft's. */
  readonly takes?: Taken | undefined;
  readonly onProgress?: ((rows: number, share: number | undefined) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * @throws FirsthashError "input": `not-prepared`, `other-destination`, `file-unfit`, `file-too-large`
 */
export async function admit(file: string, options: AdmitOptions): Promise<Admitted> {
  const { environment, takes = bulkOf(environment), onProgress, signal } = options;
  const digest = byteDigest();
  let bytes = 0;
  const source = await openFile(file);
  let checked: FormCheck;
  try {
    async function* hashed(): AsyncGenerator<Uint8Array> {
      for await (const chunk of source.bytes(signal)) {
        digest.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    }
    const asOf = Math.floor(Date.now() / 1000);
    checked = await checkForm(hashed(), { name: file, to: undefined, asOf, onProgress, signal });
  } catch (error) {
    if (hasReason(error, "no-upload-file")) throw failure("not-prepared", { file });
    throw error;
  } finally {
    await source.close();
  }
  needFit(file, checked, takes);
  const sha256 = digest.hex();
  const warnings = checked.findings.list().filter(({ severity }) => severity === "warning");
  return {
    file,
    sha256,
    bytes,
    rows: checked.rows,
    adjustments: checked.recognized.adjustments === true,
    identifiers: checked.identifiers,
    warnings: warnings.map(({ code, count, text }) => `${count}: ${text} (${code})`),
    pack: () => pack(file, sha256, checked.input.delimiter === "\t", signal),
  };
}

function needFit(file: string, checked: FormCheck, takes: Taken): void {
  const { recognized, rows, input, findings } = checked;
  if (recognized.destination === undefined) throw failure("not-prepared", { file });
  if (recognized.destination !== takes.destination) {
    throw failure("other-destination", { file, hint: WAYS[recognized.destination] });
  }
  if (rows > takes.rows || input.bytes > takes.bytes) {
    throw failure("file-too-large", { file });
  }
  const errors = findings.list().filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const listed = errors.map(({ code, count, places: [first] }) =>
    first === undefined ? `${count} ${code}` : `${count} ${code} (line ${first.line})`,
  );
  throw failure("file-unfit", { file, more: listed.join("; ") });
}

const WAYS: Readonly<Record<string, string>> = {
  "microsoft-import":
    "import it on the web page of Microsoft Advertising, or prepare with --to microsoft-bulk",
  "microsoft-api":
    "its lines are bodies for OfflineConversions/Apply; for this command prepare with --to microsoft-bulk",
  adobe: "import it in Adobe Search, Social, & Commerce",
  "adobe-google": "import it in Adobe Search, Social, & Commerce",
  "google-leads":
    "import it on the page of Google Ads, or prepare with --to google-data-manager, which this command sends",
};

async function pack(
  file: string,
  expected: string,
  tabs: boolean,
  signal: AbortSignal | undefined,
): Promise<Archive> {
  const source = await openFile(file);
  const digest = byteDigest();
  try {
    const observed: ByteSource = {
      ...source,
      async *bytes() {
        for await (const chunk of source.bytes(signal)) {
          digest.update(chunk);
          yield chunk;
        }
      },
    };
    const { top } = await peek(source, 4, false, signal);
    const archive = await zipOf(
      tabs ? "upload.tsv" : "upload.csv",
      plainBytes(observed, top, file),
    );
    if (digest.hex() !== expected) throw failure("file-changed", { file });
    return archive;
  } finally {
    await source.close();
  }
}

/** The text of the file. A zip of the user's is packed again: the names in it are theirs. */
async function* plainBytes(
  source: ByteSource,
  top: Uint8Array,
  file: string,
): AsyncGenerator<Uint8Array> {
  if (!isZip(top)) {
    yield* source.bytes();
    return;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.bytes()) chunks.push(chunk);
  const zip = Buffer.concat(chunks);
  const entry = [...zipEntries(zip, file).values()].find(
    ({ name }) => /\.(?:csv|tsv|txt)$/i.test(name) && !name.startsWith("__MACOSX/"),
  );
  if (entry === undefined) throw failure("file-changed", { file });
  yield* unpack(zip, entry, file);
}
