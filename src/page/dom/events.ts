/** From events of the document to calls of the page. */
import type { Job, Slot } from "../state.ts";
import { focusOn, paintNow } from "./painter.ts";

/** What the events call. */
export interface Listener {
  type(name: string, value: string): void;
  change(name: string, value: string): void;
  chooseJob(job: Job): void;
  take(place: string, files: readonly File[]): Promise<void>;
  remove(slot: Slot): void;
  correct(slot: Slot, number: number, taken: string): void;
  try(): Promise<void>;
  go(): Promise<void>;
  stop(): void;
}

export function listen(page: Listener): void {
  document.addEventListener("click", (event) => clicked(page, event));
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset.set !== undefined) {
      page.type(target.dataset.set, target.value);
    }
  });
  document.addEventListener("change", ({ target }) => changed(page, target));
  for (const name of ["dragenter", "dragover", "dragleave", "drop"] as const) {
    // A file that is dropped beside its place would replace the page.
    document.addEventListener(name, (event) => dragged(page, event));
  }
}

function clicked(page: Listener, event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  const link = event.target.closest<HTMLElement>("[data-go]");
  if (link !== null) {
    event.preventDefault();
    paintNow();
    focusOn(link.dataset.go ?? "");
    return;
  }
  const button = event.target.closest<HTMLElement>("[data-do]");
  if (button !== null) paintNow();
  switch (button?.dataset.do) {
    case "go":
      void page.go();
      break;
    case "stop":
      page.stop();
      break;
    case "try":
      void page.try();
      break;
    case "remove":
      page.remove(button.dataset.slot as Slot);
      break;
    default:
  }
}

function changed(page: Listener, target: EventTarget | null): void {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  const { set, file, job, column, slot } = target.dataset;
  if (set !== undefined) page.change(set, target.value);
  else if (job !== undefined) page.chooseJob(job as Job);
  else if (column !== undefined) page.correct(slot as Slot, Number(column), target.value);
  else if (file !== undefined && target instanceof HTMLInputElement) {
    const files = [...(target.files ?? [])];
    // The same file, mended, can be chosen again.
    target.value = "";
    void page.take(file, files);
  }
}

function dragged(page: Listener, event: DragEvent): void {
  event.preventDefault();
  const place =
    event.target instanceof Element ? event.target.closest<HTMLElement>("[data-drop]") : null;
  for (const other of document.querySelectorAll("[data-drop]")) {
    other.classList.toggle(
      "over",
      other === place && event.type !== "drop" && event.type !== "dragleave",
    );
  }
  if (event.dataTransfer !== null) event.dataTransfer.dropEffect = place === null ? "none" : "copy";
  if (event.type !== "drop" || place === null) return;
  const files = [...(event.dataTransfer?.files ?? [])];
  void page.take(place.dataset.drop ?? "", files.slice(0, 1));
}
