/** Paints a section when its markup has changed, and gives the focus back to the control that had it. */
import type { Markup } from "../../report/html/markup.ts";
import { paint } from "./trusted.ts";

const painted = new Map<string, string>();
const waiting = new Map<string, Markup | undefined>();
let isPressed = false;

/**
 * Leaving a field paints what follows from it, and what leaves it may be a click somewhere else: a button that is
 * painted anew between pressing and releasing gets no click. So nothing is painted while a pointer is down.
 */
export function watchPointer(): void {
  document.addEventListener("pointerdown", () => {
    isPressed = true;
  });
  for (const name of ["pointerup", "pointercancel", "dragend"]) {
    // The click comes after it, and what the browser does for it after that.
    document.addEventListener(name, () => setTimeout(paintNow));
  }
}

/** Paints what was left waiting: for a click that has come to a button of ours. */
export function paintNow(): void {
  isPressed = false;
  for (const [id, markup] of waiting) repaint(id, markup);
  waiting.clear();
}

export function repaint(id: string, markup: Markup | undefined): void {
  const element = document.getElementById(id);
  if (element === null) return;
  if (isPressed) {
    waiting.set(id, markup);
    return;
  }
  const text = markup?.markup ?? "";
  if (painted.get(id) === text) return;
  painted.set(id, text);
  element.hidden = markup === undefined;
  const focused = document.activeElement;
  const had = focused !== null && element.contains(focused) ? focused.id : "";
  const opened = new Map(detailsIn(element).map(({ id: each, open }) => [each, open]));
  if (markup === undefined) element.replaceChildren();
  else paint(element, markup);
  for (const details of detailsIn(element)) details.open = opened.get(details.id) ?? details.open;
  if (had !== "") focusOn(had);
}

/** Opens what hides the control. @returns false where there is none */
export function focusOn(id: string): boolean {
  const element = document.getElementById(id);
  if (element === null) return false;
  element.closest("details")?.setAttribute("open", "");
  element.focus();
  return true;
}

function detailsIn(element: Element): HTMLDetailsElement[] {
  return [...element.querySelectorAll("details")];
}
