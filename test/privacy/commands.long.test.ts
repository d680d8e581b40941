/** The scenes of `canary.long.test.ts` through the other commands: they read the same files and say as little. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SAMPLES } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";
import { layOut, leaksOf } from "./play.ts";
import { buildScene, SCENES } from "./scenes.ts";

const AS_OF = ["--as-of", "2026-11-20T12:00:00Z"];

const UPLOAD = join(SAMPLES, "outputs/microsoft-bulk.csv");
/** The columns of the conversions, read as those of corrections. */
const CORRECTED = [
  ...["--column", "adjustment-time=Conversion Time"],
  ...["--column", "new-value=Conversion Value"],
];

/** By name: the arguments, given the two files of a scene. */
const COMMANDS: Readonly<Record<string, (contacts: string, conversions: string) => string[]>> = {
  "inspect, contacts": (contacts) => ["inspect", contacts, "--country", "US"],
  "inspect, conversions": (_, conversions) => ["inspect", conversions, "--json"],
  "hash, without a key": (contacts) => [
    ...["hash", contacts, "--country", "US", "--verbose", "-o", "hashes.csv"],
    ...["--report", "report.json", "--report", "report.html", "--max-refused", "100"],
  ],
  "verify, against": (contacts) => ["verify", UPLOAD, "--against", contacts, "--country", "US"],
  "verify, no upload": (_, conversions) => ["verify", conversions],
  "verify, contacts": (contacts) => ["verify", contacts, "--json"],
  "adjust, with the conversions for corrections": (contacts, conversions) => [
    ...["adjust", "--corrections", conversions, "--conversions", conversions],
    ...["--contacts", contacts, "--key", "Contact ID", "--id", "Contact ID", ...CORRECTED],
    ...["-o", "adjust.csv", "--verbose", "--max-refused", "100", ...AS_OF],
    ...["--report", "report.html"],
  ],
  "adjust, with an original": (_, conversions) => [
    ...["adjust", "--corrections", conversions, "--original", UPLOAD, "--id", "Contact ID"],
    ...["-o", "adjust.csv", "--json", ...CORRECTED, ...AS_OF],
  ],
};
const NAMES = Object.keys(COMMANDS);

/** Scenes take turns; the first, whose files are good, goes through all commands. */
const PLAYS = SCENES.flatMap((scene, at) =>
  (at === 0 ? NAMES : [NAMES[at % NAMES.length] as string]).map((name) => [scene, name] as const),
);

describe("no canary leaves the other commands", () => {
  it.each(PLAYS)("%s: %s", async (sceneName, name) => {
    const scene = buildScene(sceneName);
    const folders = layOut(scene);
    const command = COMMANDS[name] as (typeof COMMANDS)[string];
    const args = command(
      `../in/${scene.contacts ?? scene.conversions}`,
      `../in/${scene.conversions}`,
    );
    const result = await warmFirsthash(args, {
      cwd: folders.work,
      env: { TMPDIR: folders.temp, HOME: folders.home },
    });
    expect(leaksOf(scene, folders, result)).toEqual([]);
    expect([0, 1, 2, 3], result.stderr).toContain(result.code);
    expect(result.stderr).not.toMatch(/internal error/);
  });
});
