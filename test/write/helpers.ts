/** Bytes of an upload without a disk. */
import type { Destination, PlanOptions, UploadRow } from "../../src/destinations/types.ts";
import { encoderFor } from "../../src/write/encoders.ts";

/** The bytes of one file. */
export function bytesOf(
  destination: Destination,
  options: PlanOptions,
  rows: readonly UploadRow[],
): Buffer {
  const encoder = encoderFor(destination.plan(options), "inner.csv");
  const blocks: Uint8Array[] = [];
  for (const row of rows) {
    if (!encoder.add(row)) throw new Error("does not fit");
    blocks.push(...encoder.take());
  }
  return Buffer.concat([...blocks, ...encoder.end()]);
}
