/** Which encoder writes which format. */
import type { Plan } from "../destinations/types.ts";
import { bodiesEncoder } from "./bodies.ts";
import { csvEncoder } from "./csv.ts";
import type { Encoder } from "./encoder.ts";
import { workbookEncoder } from "./workbook.ts";
import { zipped } from "./zip.ts";

/** The encoder of one file. `inner`: the name of the file inside, where the format is a zip. */
export function encoderFor(plan: Plan, inner: string): Encoder {
  if (plan.kind === "bodies") return bodiesEncoder(plan);
  switch (plan.format) {
    case "csv":
      return csvEncoder(plan, ",");
    case "tsv":
      return csvEncoder(plan, "\t");
    case "csv.zip":
      return zipped(csvEncoder(plan, ","), inner);
    case "tsv.zip":
      return zipped(csvEncoder(plan, "\t"), inner);
    case "xlsx":
      return workbookEncoder(plan);
    default:
      throw new Error(`a table is not written as ${plan.format}`);
  }
}
