/** The page around its sections, which are painted one by one. */
import { html, type Markup } from "../../report/html/markup.ts";
import type { Job, State } from "../state.ts";
import type { TextCode } from "../texts.ts";

const JOBS: Readonly<Record<Job, TextCode>> = {
  prepare: "jobPrepare",
  verify: "jobVerify",
  hash: "jobHash",
};

/** The empty places. `zones` are suggestions for the time zone; none of them is chosen. */
export function frameOf({ texts }: State, zones: readonly string[]): Markup {
  return html`<header class="top"><p class="brand">firsthash</p><h1>${texts.heading}</h1><p>${texts.intro}</p></header>
<main>
<div id="jobs"></div>
<section id="first" class="card" aria-labelledby="conversions-title"></section>
<section id="second" class="card"></section>
<section id="settings" class="card"></section>
<section id="act" class="card act"></section>
<section id="outcome" tabindex="-1" aria-label="${texts.outcome}"></section>
</main>
<footer class="card" id="about"></footer>
<datalist id="zones">${zones.map((zone) => html`<option value="${zone}"></option>`)}</datalist>`;
}

export function jobChoice({ texts, job }: State): Markup {
  const one = (each: Job) =>
    html`<label><input type="radio" name="job" id="job-${each}" value="${each}" data-job="${each}"${each === job && html` checked`}><span>${texts[JOBS[each]]}</span></label>`;
  return html`<fieldset class="jobs"><legend class="unseen">${texts.jobs}</legend>${one("prepare")}${one("verify")}${one("hash")}</fieldset>`;
}

const ACTS = { prepare: "make", verify: "verify", hash: "hash" } as const satisfies Record<
  Job,
  TextCode
>;

export function actCard({ texts, job, running }: State): Markup {
  if (running === undefined) {
    return html`<button type="button" id="go" class="button big" data-do="go">${texts[ACTS[job]]}</button>`;
  }
  return html`<div class="row"><button type="button" id="stop" class="quiet" data-do="stop">${texts.stop}</button><progress id="bar" max="1" aria-label="${texts.progress}"></progress></div>`;
}
