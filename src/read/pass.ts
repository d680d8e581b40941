/** One pass over an input: batches, with progress, until the end or until the run is stopped. */
import { interruptedError } from "../base/errors.ts";
import { columnNumbers, type Input } from "../prepare/inputs.ts";
import type { Progress, RunOptions } from "../prepare/options.ts";
import type { RowBatch } from "./types.ts";

export async function* batches(
  input: Input,
  stage: Progress["stage"],
  { signal, onProgress }: Pick<RunOptions, "signal" | "onProgress">,
): AsyncGenerator<RowBatch> {
  let rows = 0;
  for await (const batch of input.table.rows(columnNumbers(input.columns, input.key), signal)) {
    if (signal?.aborted) throw interruptedError();
    yield batch;
    rows += batch.length;
    onProgress?.({ stage, rows, share: batch.progress });
  }
  if (signal?.aborted) throw interruptedError();
}
