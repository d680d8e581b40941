/** One file on its way to the disk or to a stream: nothing has its name before `commit`. */

import { byteDigest, openBeside, openSpool, publish, type TempFile, utf8Bytes } from "#host";
import { interruptedError } from "../base/errors.ts";
import { checkFile, type TargetRules } from "./check.ts";
import { copyTo, type StreamTarget } from "./stream.ts";

/** Where one file goes; `none` is a dry run. */
export type DataTarget =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "stream"; readonly stream: StreamTarget }
  | { readonly kind: "none" };

/** What was written, or in a dry run would have been. */
export interface WrittenData {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * A file of mode 0600 beside its target that is renamed at the end, or a spool that is copied to a stream
 * at the end. End it with `commit` or `discard`.
 */
export class DataFile {
  readonly #target: DataTarget;
  readonly #force: boolean;
  readonly #signal: AbortSignal | undefined;
  readonly #temp: TempFile | undefined;
  readonly #digest = byteDigest();
  #bytes = 0;
  #ended = false;

  private constructor(
    target: DataTarget,
    force: boolean,
    signal: AbortSignal | undefined,
    temp: TempFile | undefined,
  ) {
    this.#target = target;
    this.#force = force;
    this.#signal = signal;
    this.#temp = temp;
  }

  /** @throws FirsthashError "usage" or "output" */
  static async open(
    target: DataTarget,
    rules: TargetRules = {},
    signal?: AbortSignal,
  ): Promise<DataFile> {
    let temp: TempFile | undefined;
    if (target.kind === "file") {
      await checkFile(target.path, rules);
      temp = await openBeside(target.path);
    } else if (target.kind === "stream") temp = await openSpool();
    return new DataFile(target, rules.force ?? false, signal, temp);
  }

  async write(blocks: readonly Uint8Array[]): Promise<void> {
    for (const block of blocks) {
      if (this.#signal?.aborted) throw interruptedError();
      this.#bytes += block.length;
      this.#digest.update(block);
      if (this.#temp !== undefined) await this.#temp.write(block);
    }
  }

  /** Gives the file its name, or copies the spool to the stream. */
  async commit(): Promise<WrittenData> {
    const target = this.#target;
    if (this.#signal?.aborted) throw interruptedError();
    if (this.#temp !== undefined && target.kind === "file") {
      await this.#temp.settle();
      const publication = { temp: this.#temp.path, target: target.path };
      await publish([publication], { force: this.#force, stale: [] });
    } else if (this.#temp !== undefined && target.kind === "stream") {
      await copyTo(target.stream, this.#temp, this.#signal);
      await this.#temp.discard();
    }
    this.#ended = true;
    return { bytes: this.#bytes, sha256: this.#digest.hex() };
  }

  /** Nothing is left of it. Does nothing after `commit`. */
  async discard(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#temp !== undefined) await this.#temp.discard();
  }
}

/** Small files beside the upload: a report, a configuration. As careful as the upload itself. */

/**
 * Writes a text in one step: a temporary file of mode 0600 beside the target, then a rename.
 *
 * @throws FirsthashError "usage" or "output"
 */
export async function writeTextFile(
  path: string,
  text: string,
  rules: TargetRules = {},
): Promise<void> {
  const file = await DataFile.open({ kind: "file", path }, rules);
  try {
    await file.write([utf8Bytes(text)]);
    await file.commit();
  } finally {
    await file.discard();
  }
}
