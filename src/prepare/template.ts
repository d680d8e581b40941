/** The user's own copy of a template, read before any other input, so that its faults are said first. */
import { usageError } from "../base/errors.ts";
import type { PreparePlan } from "./plan.ts";

/** A header stands near the top; below it are examples at most. */
const ROWS_READ = 100;

/**
 * The first rows of the template as cells of text; undefined where there is none. The destination looks
 * at them once here, for the errors that it throws.
 *
 * @throws FirsthashError "input" where it cannot be read, "usage" where it is no template that can be filled
 */
export async function readTemplate({
  uploads,
  template,
  layout,
  signal,
}: PreparePlan): Promise<readonly (readonly string[])[] | undefined> {
  if (template === undefined) return undefined;
  const name = typeof template === "string" ? template : "template";
  const rows = await firstRows(template, name, signal);
  for (const { destination, format } of uploads) {
    destination.plan({ format, layout, template: rows });
  }
  return rows;
}

async function firstRows(
  template: NonNullable<PreparePlan["template"]>,
  name: string,
  signal: AbortSignal | undefined,
): Promise<string[][]> {
  // Few runs have a template, and with this comes the reader of workbooks.
  const { openRaw } = await import("../read/raw.ts");
  const file = await openRaw(template, name, {}, signal);
  try {
    if (file.kind === "json") {
      throw usageError(`${name}: a template is a .csv or .xlsx file`);
    }
    const rows: string[][] = [];
    for await (const batch of file.rows(signal)) {
      for (let row = 0; row < batch.length && rows.length < ROWS_READ; row++) {
        rows.push(Array.from({ length: batch.width(row) }, (_, at) => batch.cell(row, at)));
      }
      if (rows.length >= ROWS_READ) break;
    }
    return rows;
  } finally {
    await file.close();
  }
}
