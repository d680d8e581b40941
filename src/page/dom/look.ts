/** The first look at a file: what the worker is asked, and what is taken out of its answer. */
import type { InspectReport } from "../../inspect/types.ts";
import { type Choice, choicesOf, foundIn, takenOf } from "../columns.ts";
import { loadedFor, standAlone } from "../missing.ts";
import type { Task } from "../protocol.ts";
import type { FileState, Slot, State } from "../state.ts";

const roleOf = (slot: Slot) => (slot === "conversions" ? "conversions" : "contacts");

export function looksTask(
  state: State,
  slot: Slot,
  { file, report, choice, isCorrected }: FileState,
): Extract<Task, { job: "inspect" }> {
  const country = state.values.country?.trim() || undefined;
  const columns =
    report !== undefined && isCorrected
      ? choicesOf(report, choice, roleOf(slot), standAlone(state))
      : loadedFor(state, slot);
  return { job: "inspect", file, columns, country, key: undefined };
}

/** The user's choice stays. What the library found is taken where there is none. */
export function choicesFor(
  state: State,
  slot: Slot,
  file: FileState,
  report: InspectReport | undefined,
): Choice {
  if (report === undefined || file.isCorrected) return file.choice;
  return foundIn(report, takenOf(roleOf(slot), standAlone(state)));
}
