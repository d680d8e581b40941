/**
 * How far a whole run has come. The inputs are read in several passes of different length: a byte of the
 * conversions costs about five times as much where it is written as where it is looked at, and a byte of a
 * contact whom no conversion names next to nothing. Only the relation counts, so it holds on any machine.
 */
import type { Progress } from "../base/fields.ts";
import type { Inputs, Watch } from "./inputs.ts";
import type { PreparePlan } from "./plan.ts";

export interface Pass {
  readonly stage: Progress["stage"];
  readonly weight: number;
}

// Measured on 300,000 conversions with 300,000 and 2,300,000 contacts, in ms for each megabyte.
const LOOK = 80;
const WRITE = 400;
const PASS_BY = 12;
const HASH = 80;

/** The passes of `prepare` in their order; undefined where the size of an input is not known. */
export function passesOf(
  { conversions, contacts }: Inputs,
  { ledger }: Pick<PreparePlan, "ledger">,
): Pass[] | undefined {
  const { size } = conversions.table;
  if (size === undefined) return undefined;
  const passes: Pass[] = [{ stage: "conversions", weight: size * LOOK }];
  if (contacts !== undefined) {
    const of = contacts.table.size;
    if (of === undefined) return undefined;
    // About as many contacts are hashed as there are conversions; a contact's row is longer than theirs.
    const hashed = Math.min(of, size * 2.5) * HASH;
    passes.push({ stage: "contacts", weight: of * PASS_BY + hashed });
  }
  if (ledger !== undefined) passes.push({ stage: "conversions", weight: size * LOOK * 2 });
  passes.push({ stage: "output", weight: size * WRITE });
  return passes;
}

/** The listener of a run, told also how far the whole run has come; undefined where nobody listens. */
export function ofWholeRun(
  inputs: Inputs,
  plan: Pick<PreparePlan, "ledger" | "onProgress">,
): Watch["onProgress"] {
  const { onProgress } = plan;
  const passes = passesOf(inputs, plan);
  if (onProgress === undefined || passes === undefined) return onProgress;
  return withShareOfRun(passes, onProgress);
}

/** Adds `ofRun` to each update. It never goes back, also where a pass is read again. */
export function withShareOfRun(
  passes: readonly Pass[],
  onProgress: (progress: Progress) => void,
): (progress: Progress) => void {
  const sum = passes.reduce((total, { weight }) => total + weight, 0);
  let at = 0;
  let before = 0;
  let most = 0;
  return (progress) => {
    const next = passes.findIndex(({ stage }, index) => index >= at && stage === progress.stage);
    while (at < next) before += passes[at++]?.weight ?? 0;
    const share = next < 0 ? 0 : (progress.share ?? 0);
    most = Math.max(most, Math.min(1, (before + share * (passes[at]?.weight ?? 0)) / sum));
    onProgress({ ...progress, ofRun: sum === 0 ? undefined : most });
  };
}
