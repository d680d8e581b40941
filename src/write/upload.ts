/**
 * An upload on its way to the disk. Nothing has its name before `commit`: rows go to a temporary file of
 * mode 0600 beside the target, which is renamed when all is known to be good. A symbolic link under the
 * target's name is replaced by the file (with `force`); what it leads to is left alone.
 */

import {
  type ByteDigest,
  basename,
  byteDigest,
  openBeside,
  openSpool,
  publish,
  type TempFile,
} from "#host";
import { interruptedError, outputError } from "../base/errors.ts";
import type { RowReason, Warning } from "../base/reasons.ts";
import { cannotWrite } from "../base/system.ts";
import type { Destination, Format, Plan, PlanOptions, UploadRow } from "../destinations/types.ts";
import { checkOutput, membersOf, type TargetRules } from "./check.ts";
import type { Encoder } from "./encoder.ts";
import { belongsTo, formatOf, innerName, partNames } from "./formats.ts";
import { copyTo, type StreamTarget } from "./stream.ts";

/** Where an upload goes. */
export type Output =
  | { readonly kind: "file"; readonly path: string }
  /** `format`: the destination's first when left out. The stream is not ended. */
  | { readonly kind: "stream"; readonly stream: StreamTarget; readonly format?: Format }
  /** A dry run: everything is made, nothing is kept. */
  | { readonly kind: "none"; readonly format?: Format };

export interface UploadOptions extends UploadTarget, Omit<PlanOptions, "format"> {}

/** Where an upload goes, and what is done with its files on the way. */
interface UploadTarget extends TargetRules {
  readonly output: Output;
  /** Hash the files while they are written. */
  readonly digest?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A file that was written, or in a dry run would have been. */
export interface WrittenFile {
  /** Undefined for a stream, and in a dry run. */
  readonly path: string | undefined;
  readonly rows: number;
  readonly bytes: number;
  /** SHA-256 in hex, where it was asked for. */
  readonly sha256?: string;
}

/** An upload that is being written. End it with `commit` or `discard`. */
export interface Upload {
  readonly plan: Plan;
  /** Why the destination cannot take a row. Such a row must not be added. */
  check(row: UploadRow): RowReason | undefined;
  /** What is worth saying about a row that it takes. */
  warning(row: UploadRow): Warning | undefined;
  /** Takes a row in. Call `flush` now and then, or rows pile up in memory. */
  add(row: UploadRow): void;
  /** Writes what has been added. */
  flush(): Promise<void>;
  /** Ends the upload and gives the files their names. Without a row there is no file. */
  commit(): Promise<readonly WrittenFile[]>;
  /** Drops the upload; nothing is left of it. Does nothing after `commit`. */
  discard(): Promise<void>;
}

interface Part {
  /** Undefined when the file is complete: an encoder may hold a lot. */
  encoder: Encoder | undefined;
  rows: number;
  bytes: number;
  temp: TempFile | undefined;
  readonly digest: ByteDigest | undefined;
}

/**
 * Opens an upload, checking its output first.
 *
 * @throws FirsthashError "usage" or "output"
 */
export async function openUpload(
  destination: Destination,
  options: UploadOptions,
): Promise<Upload> {
  const { output } = options;
  const format =
    output.kind === "file"
      ? formatOf(destination, output.path)
      : (output.format ?? destination.formats[0]);
  const plan = destination.plan({ ...options, format });
  if (output.kind === "file") await checkOutput(destination, output.path, options);
  // Loaded when there is something to write: `--help` and a refused plan need no zip.
  const { encoderFor } = await import("./encoders.ts");
  const upload = new PartedUpload(plan, options, encoderFor);
  await upload.open();
  return upload;
}

type EncoderFor = (plan: Plan, inner: string) => Encoder;

class PartedUpload implements Upload {
  readonly plan: Plan;
  readonly #target: UploadTarget;
  readonly #encoderFor: EncoderFor;
  readonly #parts: Part[] = [];
  #ended = false;

  constructor(plan: Plan, target: UploadTarget, encoderFor: EncoderFor) {
    this.#encoderFor = encoderFor;
    this.plan = plan;
    this.#target = target;
    this.#beginPart();
  }

  /** Opens the first file at once, so that a folder that takes no file is found before the work. */
  async open(): Promise<void> {
    const first = this.#parts[0];
    if (first !== undefined) first.temp = await this.#openTemp();
  }

  check(row: UploadRow): RowReason | undefined {
    return this.plan.check(row);
  }

  warning(row: UploadRow): Warning | undefined {
    return this.plan.warning(row);
  }

  add(row: UploadRow): void {
    if (this.#ended) throw new Error("a row for an upload that has ended");
    let part = this.#parts.at(-1);
    if (!part?.encoder?.add(row)) {
      if (this.#target.output.kind === "stream") {
        throw outputError("more rows than one file may hold, and a stream cannot be split", {
          hint: "write to a file: `output`",
        });
      }
      part = this.#beginPart();
      if (!part.encoder?.add(row)) throw outputError("a single row is over the size of a file");
    }
    part.rows++;
  }

  async flush(): Promise<void> {
    for (const [index, part] of this.#parts.entries()) {
      if (part.encoder === undefined) continue;
      if (index < this.#parts.length - 1) await this.#complete(part);
      else await this.#write(part, part.encoder.take());
    }
  }

  async commit(): Promise<readonly WrittenFile[]> {
    await this.flush();
    const part = this.#parts.at(-1);
    if (part === undefined || part.rows === 0) {
      await this.discard();
      return [];
    }
    await this.#complete(part);
    const paths = await this.#publish(part);
    this.#ended = true;
    return this.#parts.map(({ rows, bytes, digest }, index) => ({
      path: paths[index],
      rows,
      bytes,
      ...(digest !== undefined && { sha256: digest.hex() }),
    }));
  }

  async discard(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    for (const { temp } of this.#parts) if (temp !== undefined) await temp.discard();
  }

  #beginPart(): Part {
    const { output } = this.#target;
    const inner = innerName(output.kind === "file" ? output.path : "upload", this.plan.format);
    const encoder = this.#encoderFor(this.plan, inner);
    const digest = this.#target.digest ? byteDigest() : undefined;
    const part: Part = { encoder, rows: 0, bytes: 0, temp: undefined, digest };
    this.#parts.push(part);
    return part;
  }

  async #openTemp(): Promise<TempFile | undefined> {
    const { output } = this.#target;
    if (output.kind === "none") return undefined;
    return output.kind === "stream" ? openSpool() : openBeside(output.path);
  }

  async #write(part: Part, blocks: readonly Uint8Array[]): Promise<void> {
    part.temp ??= await this.#openTemp();
    for (const block of blocks) {
      if (this.#target.signal?.aborted) throw interruptedError();
      part.bytes += block.length;
      part.digest?.update(block);
      if (part.temp !== undefined) await part.temp.write(block);
    }
  }

  /** Writes the rest of a part, and gets it onto the disk if it is to stay there. */
  async #complete(part: Part): Promise<void> {
    await this.#write(part, part.encoder?.end() ?? []);
    part.encoder = undefined;
    if (part.temp !== undefined && this.#target.output.kind === "file") {
      await part.temp.settle();
    }
  }

  /** Gives the files their names, or copies the spool to the stream. */
  async #publish(last: Part): Promise<readonly string[]> {
    const { output, force = false, signal } = this.#target;
    if (output.kind === "stream" && last.temp !== undefined) {
      await copyTo(output.stream, last.temp, signal);
      await last.temp.discard();
    }
    if (output.kind !== "file") return [];
    if (signal?.aborted) throw interruptedError();
    const targets = partNames(output.path, this.#parts.length);
    // Compared by name: one path can be written in several ways (`./a.csv`).
    const names = new Set(targets.map((path) => basename(path)));
    const older = force ? await membersOf(output.path, (name) => belongsTo(output.path, name)) : [];
    await publish(
      this.#parts.map(({ temp }, index) => {
        const target = targets[index];
        if (temp === undefined || target === undefined) throw cannotWrite(output.path, undefined);
        return { temp: temp.path, target };
      }),
      { force, stale: older.filter((path) => !names.has(basename(path))) },
    );
    return targets;
  }
}
