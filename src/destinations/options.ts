/** What every destination asks of its options. */
import { usageError } from "../base/errors.ts";
import type { RowReason } from "../base/reasons.ts";
import type { Destination, PlanOptions, UploadRow } from "./types.ts";

type Choices = Pick<Destination, "id" | "layouts" | "formats" | "takes">;

const EXTRAS = ["template", "attribution", "adjustments"] as const;

/** The layout asked for, or the default. @throws FirsthashError "usage" */
export function chooseLayout(destination: Choices, options: PlanOptions): string {
  const { id, layouts, formats, takes } = destination;
  const layout = options.layout ?? layouts[0];
  if (!formats.includes(options.format)) {
    throw usageError(
      `${id} is not written as ${options.format}`,
      `it is written as ${formats.join(", ")}`,
    );
  }
  for (const extra of EXTRAS) {
    if (options[extra] && !takes.includes(extra)) throw usageError(`${id} takes no ${extra}`);
  }
  if (options.template !== undefined && options.layout !== undefined) {
    throw usageError("a layout and a template at once", "leave the layout out");
  }
  if (options.template !== undefined && options.adjustments) {
    throw usageError("adjustments cannot be written into a template");
  }
  if (!layouts.includes(layout)) {
    throw usageError(`${id} has no layout "${layout}"`, `its layouts: ${layouts.join(", ")}`);
  }
  return layout;
}

/** A Restate without a value is error 5625 OfflineConversionAdjustmentValueRequired. */
export function checkAdjustment({ adjustment }: UploadRow): RowReason | undefined {
  return adjustment?.type === "Restate" && adjustment.value === undefined
    ? "adjustment-value-missing"
    : undefined;
}
