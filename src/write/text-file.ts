/** Small files beside the upload: a report, a configuration. As careful as the upload itself. */
import { checkFile, type TargetRules } from "./check.ts";
import { discardTemp, openBeside, publish, settle, writeAll } from "./disk.ts";

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
  await checkFile(path, rules);
  const temp = await openBeside(path);
  try {
    await writeAll(temp.handle, Buffer.from(text), path);
    await settle(temp, path);
    await publish([{ temp: temp.path, target: path }], { force: rules.force ?? false, stale: [] });
  } catch (error) {
    await discardTemp(temp);
    throw error;
  }
}
