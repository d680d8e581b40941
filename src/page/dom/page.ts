/** The page as a whole: events in, state, sections out. */

import { html, type Markup } from "../../report/html/markup.ts";
import { grouped } from "../../report/html/numbers.ts";
import { commonKey, type Taken } from "../columns.ts";
import { columnsOf, missingFor, personColumns } from "../missing.ts";
import { SETTINGS, type SettingName } from "../needs.ts";
import type { Fault, Made, Progressed } from "../protocol.ts";
import { outputName, readSettings, renderSettings, settingsOf } from "../settings.ts";
import type { FileState, Job, Outcome, Slot, State } from "../state.ts";
import { fill, type TextCode, type Texts } from "../texts.ts";
import { aboutCard } from "../view/about.ts";
import { fileCard } from "../view/files.ts";
import { hashSettings } from "../view/hash.ts";
import { outcomeCard } from "../view/outcome.ts";
import { settingsCard } from "../view/settings.ts";
import { actCard, frameOf, jobChoice } from "../view/shell.ts";
import { tryToSend } from "./attempt.ts";
import { WorkerClient } from "./client.ts";
import { listen } from "./events.ts";
import { zones } from "./languages.ts";
import { lock, policies } from "./lock.ts";
import { choicesFor, looksTask } from "./look.ts";
import { focusOn, repaint, watchPointer } from "./painter.ts";
import { Savings } from "./saving.ts";
import { paint } from "./trusted.ts";
import { readVectors } from "./vectors.ts";

const STAGES: Readonly<Record<Progressed["stage"], TextCode>> = {
  contacts: "stageContacts",
  conversions: "stageConversions",
  output: "stageOutput",
  rows: "stageRows",
  "upload file": "stageUpload",
  corrections: "stageRows",
  original: "stageRows",
};

/** A screen reader is told no more often. */
const SAID_EVERY_MS = 1000;

export class Page {
  #state: State;
  readonly #client: WorkerClient;
  readonly #savings = new Savings();
  readonly #looks = new Map<Slot, number>();
  #saidAt = 0;

  constructor(source: string, lang: string, texts: Texts) {
    this.#client = new WorkerClient(source);
    this.#state = {
      texts,
      lang,
      version: "",
      destinations: [],
      job: "prepare",
      files: {},
      template: undefined,
      values: {},
      loaded: {},
      forced: new Set(),
      settingsSaid: "",
      running: undefined,
      outcome: undefined,
      attempt: "",
      selftest: "",
    };
  }

  async start(): Promise<void> {
    const root = document.getElementById("page");
    if (root === null) return;
    const { texts } = this.#state;
    try {
      const { version, destinations } = await this.#client.ready;
      lock();
      paint(root, frameOf(this.#state, zones()));
      listen(this);
      watchPointer();
      this.#set({ version, destinations });
    } catch {
      paint(root, html`<p role="alert">${texts.broken}</p>`);
    }
  }

  /** What the user typed or chose in a field. Nothing is painted while somebody types. */
  type(name: string, value: string): void {
    this.#state = { ...this.#state, values: { ...this.#state.values, [name]: value } };
  }

  /** A field is left: what follows from it is painted. */
  change(name: string, value: string): void {
    this.type(name, value);
    this.#paint();
    if (name !== "country") return;
    for (const slot of ["contacts", "people", "conversions"] as const) void this.#look(slot);
  }

  chooseJob(job: Job): void {
    this.#set({ job });
  }

  async take(place: string, files: readonly File[]): Promise<void> {
    const [file] = files;
    if (file === undefined) return;
    if (place === "settings") await this.#loadSettings(file);
    else if (place === "template") this.#set({ template: file });
    else if (place === "vectors") await this.#selftest(files);
    else {
      const slot = place as Slot;
      this.#setFile(slot, { file, isBusy: true, choice: new Map(), isCorrected: false });
      if (slot !== "upload") await this.#look(slot);
      else this.#setFile(slot, { file, isBusy: false, choice: new Map(), isCorrected: false });
    }
  }

  remove(slot: Slot): void {
    const files = { ...this.#state.files };
    delete files[slot];
    this.#looks.delete(slot);
    this.#set({ files, outcome: undefined });
    focusOn(`${slot}-file`);
    // Without contacts the conversions may hold the people.
    if (slot === "contacts") void this.#look("conversions");
  }

  correct(slot: Slot, number: number, taken: string): void {
    const file = this.#state.files[slot];
    if (file === undefined) return;
    const choice = new Map(file.choice);
    if (taken === "") choice.delete(number);
    else choice.set(number, taken as Taken);
    this.#setFile(slot, { ...file, choice, isCorrected: true });
    void this.#look(slot);
  }

  async try(): Promise<void> {
    const { texts } = this.#state;
    this.#set({ attempt: texts.policyWaiting });
    const directive = await tryToSend();
    const said =
      directive === undefined ? texts.policyOpen : fill(texts.policyRefused, { directive });
    this.#set({ attempt: said });
  }

  stop(): void {
    const { running } = this.#state;
    if (running !== undefined) this.#client.stop(running.id);
  }

  async go(): Promise<void> {
    const { job, running } = this.#state;
    if (running !== undefined) return;
    this.#savings.clear();
    const missing = missingFor(this.#state);
    if (missing.length > 0) this.#finish({ job, saved: [], missing });
    else await this.#run();
  }

  async #run(): Promise<void> {
    const { job } = this.#state;
    const onProgress = (progress: Progressed) => this.#progress(progress);
    try {
      if (job === "verify") {
        const file = this.#fileOf("upload");
        const started = this.#client.start(
          { job, file, asOf: this.#state.values.asOf || undefined },
          onProgress,
        );
        this.#begin(started.id);
        this.#finish({ job, saved: [], verified: await started.done });
        return;
      }
      const started = job === "hash" ? this.#startHash(onProgress) : this.#startPrepare(onProgress);
      this.#begin(started.id);
      const made = await started.done;
      this.#finish({ job, made, saved: this.#saved(made) });
    } catch (fault) {
      this.#fail(job, isFault(fault) ? fault : { code: "bug", message: "" });
    }
  }

  #startHash(onProgress: (progress: Progressed) => void) {
    const file = this.#fileOf("people");
    const { country } = this.#state.values;
    const { columns, key } = personColumns(this.#state.files.people as FileState);
    return this.#client.start(
      { job: "hash", file, columns, key, country: country?.trim() || undefined },
      onProgress,
    );
  }

  #startPrepare(onProgress: (progress: Progressed) => void) {
    const { values, files, template } = this.#state;
    return this.#client.start(
      {
        job: "prepare",
        conversions: this.#fileOf("conversions"),
        contacts: files.contacts?.file,
        settings: settingsOf(values, columnsOf(this.#state)),
        template,
        output: outputName(values),
      },
      onProgress,
    );
  }

  #fileOf(slot: Slot): File {
    return this.#state.files[slot]?.file as File;
  }

  #saved(made: Made): Outcome["saved"] {
    const saved = this.#savings.ofRun(made);
    const { job, values, files } = this.#state;
    if (job !== "prepare") return saved;
    const config = renderSettings(values, columnsOf(this.#state), {
      conversions: files.conversions?.file.name,
      contacts: files.contacts?.file.name,
    });
    return [...saved, this.#savings.add("firsthash.json", config)];
  }

  #begin(id: number): void {
    this.#set({ running: { id, progress: undefined }, outcome: undefined });
    focusOn("stop");
  }

  #progress(progress: Progressed): void {
    const { running, texts } = this.#state;
    if (running === undefined) return;
    const bar = document.getElementById("bar");
    if (bar instanceof HTMLProgressElement && progress.share !== undefined)
      bar.value = progress.share;
    const now = performance.now();
    if (now - this.#saidAt < SAID_EVERY_MS) return;
    this.#saidAt = now;
    const stage = texts[STAGES[progress.stage]];
    this.#say(fill(texts.reading, { stage, rows: grouped(progress.rows) }));
  }

  /** The status stands outside of what is painted, so that a screen reader hears it change. */
  #say(text: string): void {
    const status = document.getElementById("status");
    if (status !== null) status.textContent = text;
  }

  #finish(outcome: Outcome): void {
    this.#set({ running: undefined, outcome });
    this.#say(outcome.missing === undefined ? this.#state.texts.done : "");
    focusOn("outcome");
  }

  /** The field that an error is about is opened, and linked by its label. */
  #fail(job: Job, fault: Fault): void {
    const { option } = fault;
    const forced = new Set(this.#state.forced);
    if (option !== undefined && Object.hasOwn(SETTINGS, option)) forced.add(option as SettingName);
    this.#set({ running: undefined, forced, outcome: { job, saved: [], fault } });
    this.#say(fault.code === "interrupted" ? this.#state.texts.stopped : "");
    focusOn("outcome");
  }

  async #look(slot: Slot): Promise<void> {
    const file = this.#state.files[slot];
    if (file === undefined || slot === "upload") return;
    const before = this.#looks.get(slot);
    if (before !== undefined) this.#client.stop(before);
    const { id, done } = this.#client.start(looksTask(this.#state, slot, file));
    this.#looks.set(slot, id);
    this.#setFile(slot, { ...file, isBusy: true });
    const result = await done.then(
      (report) => ({ report, fault: undefined }),
      (fault: Fault) => ({ report: undefined, fault }),
    );
    // Another file, or another choice, has come meanwhile.
    const now = this.#state.files[slot];
    if (this.#looks.get(slot) !== id || now === undefined) return;
    this.#looks.delete(slot);
    const choice = choicesFor(this.#state, slot, now, result.report);
    this.#setFile(slot, { ...now, ...result, choice, isBusy: false });
    this.#joinKeys();
  }

  /** A header that both files have is the key where neither file alone tells. */
  #joinKeys(): void {
    const { contacts, conversions } = this.#state.files;
    if (contacts?.report === undefined || conversions?.report === undefined) return;
    const has = ({ choice }: FileState) => [...choice.values()].includes("key");
    if (has(contacts) && has(conversions)) return;
    const pair = commonKey(contacts.report, conversions.report);
    if (pair === undefined) return;
    for (const [slot, file, number] of [
      ["contacts", contacts, pair[0]],
      ["conversions", conversions, pair[1]],
    ] as const) {
      if (has(file) || file.isCorrected) continue;
      this.#setFile(slot, { ...file, choice: new Map(file.choice).set(number, "key") });
    }
  }

  async #loadSettings(file: File): Promise<void> {
    const { texts } = this.#state;
    const loaded = readSettings(await file.text().catch(() => ""));
    if (loaded === undefined) {
      this.#set({ settingsSaid: texts.settingsNot });
      return;
    }
    const values = { ...loaded.values };
    const formats = this.#state.destinations.find(({ id }) => values.to?.startsWith(`${id}/`));
    if (values.to?.endsWith("/")) values.to += formats?.formats[0] ?? "csv";
    const forced = new Set(Object.keys(values).filter((name) => name !== "to") as SettingName[]);
    this.#set({ values, forced, loaded: loaded.columns, settingsSaid: texts.settingsLoaded });
    for (const slot of ["contacts", "conversions"] as const) {
      const state = this.#state.files[slot];
      if (state === undefined) continue;
      this.#setFile(slot, { ...state, isCorrected: false, report: undefined, choice: new Map() });
      void this.#look(slot);
    }
  }

  async #selftest(files: readonly File[]): Promise<void> {
    const { texts } = this.#state;
    const vectors = await readVectors(files);
    if (vectors === undefined) {
      this.#set({ selftest: texts.selftestNot });
      return;
    }
    this.#set({ selftest: texts.policyWaiting });
    const { done } = this.#client.start({ job: "selftest", vectors });
    const report = await done.catch(() => undefined);
    const groups = report?.groups.filter(({ rules }) => rules !== "sha256") ?? [];
    const count = groups.reduce((sum, group) => sum + group.count, 0);
    const failed = report?.groups.reduce((sum, group) => sum + group.failed.length, 0) ?? count;
    const isGood = report?.ok === true && count > 0;
    const text = isGood ? texts.selftestOk : texts.selftestBad;
    this.#set({ selftest: fill(text, { count: grouped(isGood ? count : failed) }) });
  }

  #setFile(slot: Slot, file: FileState): void {
    this.#set({ files: { ...this.#state.files, [slot]: file } });
  }

  #set(part: Partial<State>): void {
    this.#state = { ...this.#state, ...part };
    this.#paint();
  }

  #paint(): void {
    const state = this.#state;
    repaint("jobs", jobChoice(state));
    for (const [id, markup] of Object.entries(sectionsOf(state))) repaint(id, markup);
    repaint("act", actCard(state));
    repaint("outcome", outcomeCard(state));
    repaint("about", aboutCard(state, policies()));
  }
}

function sectionsOf(
  state: State,
): Readonly<Record<"first" | "second" | "settings", Markup | undefined>> {
  switch (state.job) {
    case "prepare":
      return {
        first: fileCard(state, { slot: "conversions", step: 1 }),
        second: fileCard(state, { slot: "contacts", step: 2, isOptional: true }),
        settings: settingsCard(state, 3),
      };
    case "verify":
      return {
        first: fileCard(state, { slot: "upload", step: 1 }),
        second: undefined,
        settings: undefined,
      };
    case "hash":
      return {
        first: fileCard(state, { slot: "people", step: 1 }),
        second: undefined,
        settings: hashSettings(state, 2),
      };
  }
}

function isFault(value: unknown): value is Fault {
  return typeof value === "object" && value !== null && "code" in value && "message" in value;
}
