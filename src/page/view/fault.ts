/** An error of the library in a box. Of any other only that it happened, because its message may hold a cell. */
import { html, type Markup } from "../../report/html/markup.ts";
import type { Fault } from "../protocol.ts";
import { asLabels } from "../speak.ts";
import type { Texts } from "../texts.ts";

export function faultBox({ code, message, hint }: Fault, texts: Texts): Markup {
  if (code === "interrupted") return html`<p class="note">${texts.stopped}</p>`;
  if (code === "bug") return html`<div class="doubt"><p>${texts.bug}</p></div>`;
  return html`<div class="doubt"><p><strong>${texts.errorTitle}</strong></p><p class="says">${asLabels(message, texts)}</p>${hint !== undefined && html`<p class="soft says">${asLabels(hint, texts)}</p>`}</div>`;
}
