/** Small files beside the upload: a report, a configuration. As careful as the upload itself. */
import type { TargetRules } from "./check.ts";
import { DataFile } from "./data-file.ts";

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
    await file.write([Buffer.from(text)]);
    await file.commit();
  } finally {
    await file.discard();
  }
}
