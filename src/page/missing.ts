/** What a job still lacks, each with the id of the control that gives it, so that the page can lead there. */
import { type ColumnChoices, PERSON_FIELDS, type PersonField } from "../base/fields.ts";
import { choicesOf, takenOf } from "./columns.ts";
import { type Looked, SETTINGS, settingsFor } from "./needs.ts";
import type { FileState, Missing, Slot, State } from "./state.ts";
import { fill } from "./texts.ts";

const IDENTIFIERS: ReadonlySet<string> = new Set([
  "email",
  "phone",
  "hashed-email",
  "hashed-phone",
]);

export function lookedAt(file: FileState | undefined): Looked | undefined {
  return file?.report === undefined ? undefined : { report: file.report, choice: file.choice };
}

/** The conversions hold the people themselves. */
export function standAlone({ files }: State): boolean {
  return files.contacts === undefined;
}

export function settingsOfState(state: State) {
  const conversions = lookedAt(state.files.conversions);
  if (conversions === undefined) return undefined;
  const id = (state.values.to ?? "microsoft-bulk").split("/")[0];
  const destination = state.destinations.find((each) => each.id === id);
  return settingsFor(conversions, lookedAt(state.files.contacts), destination, state.forced);
}

export function missingFor(state: State): readonly Missing[] {
  const { files, texts, job } = state;
  if (job === "verify") {
    return files.upload === undefined ? [{ text: texts.missingUpload, target: "upload-file" }] : [];
  }
  if (job === "hash") {
    if (files.people === undefined) return [{ text: texts.missingContacts, target: "people-file" }];
    return missingPeople(state, "people");
  }
  if (files.conversions === undefined) {
    return [{ text: texts.missingFile, target: "conversions-file" }];
  }
  const found = [...missingColumns(state), ...missingPeople(state, "contacts")];
  for (const { name, isNeeded } of settingsOfState(state)?.open ?? []) {
    const isEmpty = (state.values[name] ?? "").trim() === "";
    if (isNeeded && isEmpty)
      found.push({ text: texts[SETTINGS[name].label], target: `set-${name}` });
  }
  return found;
}

function has(file: FileState | undefined, test: (taken: string) => boolean): boolean {
  return [...(file?.choice.values() ?? [])].some(test);
}

function missingColumns({ files, texts }: State): Missing[] {
  const missing: Missing[] = [];
  const need = (slot: "conversions" | "contacts", code: "fieldTime" | "fieldKey") => {
    const file = files[slot]?.file.name ?? "";
    const text = fill(texts.missingColumn, { field: texts[code], file });
    missing.push({ text, target: `${slot}-col-1` });
  };
  const { conversions, contacts } = files;
  if (conversions?.report && !has(conversions, (taken) => taken === "time"))
    need("conversions", "fieldTime");
  if (contacts === undefined) return missing;
  for (const slot of ["conversions", "contacts"] as const) {
    if (files[slot]?.report && !has(files[slot], (taken) => taken === "key"))
      need(slot, "fieldKey");
  }
  return missing;
}

/** A click id identifies too, and needs no person. */
function missingPeople({ files, texts }: State, slot: "contacts" | "people"): Missing[] {
  const at: Slot = files[slot] === undefined ? "conversions" : slot;
  const file = files[at];
  if (file?.report === undefined || has(file, (taken) => IDENTIFIERS.has(taken))) return [];
  if (has(files.conversions, (taken) => /click-id|gclid|gbraid|wbraid/.test(taken))) return [];
  return [{ text: fill(texts.missingPeople, { file: file.file.name }), target: `${at}-col-1` }];
}

/** Columns as the run takes them: those of a corrected file all, those of another as the library finds them. */
export function columnsOf(state: State): ColumnChoices {
  const alone = standAlone(state);
  const choices: Record<string, readonly string[] | string> = {};
  for (const role of ["contacts", "conversions"] as const) {
    const file = state.files[role];
    if (file?.report === undefined) continue;
    const all = choicesOf(file.report, file.choice, role, alone);
    for (const [field, names] of Object.entries(all)) {
      const isLoaded = Object.hasOwn(state.loaded, field);
      if (file.isCorrected || isLoaded || field.endsWith(".key")) choices[field] = names;
    }
  }
  return choices;
}

/** The same for a file of contacts that is hashed. */
export function personColumns(file: FileState): {
  readonly columns: ColumnChoices<PersonField>;
  readonly key: string | undefined;
} {
  if (file.report === undefined) return { columns: {}, key: undefined };
  const all = choicesOf(file.report, file.choice, "contacts", false);
  const key = [all["contacts.key"] ?? []].flat()[0];
  const names = file.isCorrected ? Object.entries(all) : [];
  const person = names.filter(([field]) => PERSON_FIELDS.some((each) => each === field));
  return { columns: Object.fromEntries(person), key };
}

/** Columns of loaded settings, as far as they are of this file. */
export function loadedFor(state: State, slot: Slot): ColumnChoices {
  const role = slot === "conversions" ? "conversions" : "contacts";
  const fields = new Set<string>(takenOf(role, standAlone(state)));
  const entries = Object.entries(state.loaded);
  return Object.fromEntries(
    entries.filter(([field]) => fields.has(field) || field === `${role}.key`),
  );
}
