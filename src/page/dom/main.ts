/** The page: it listens, changes the state, and paints what has changed. All work is done in the worker. */

import { textsFor } from "../texts.ts";
import { languages } from "./languages.ts";
import { Page } from "./page.ts";

const { lang, texts } = textsFor(languages());
document.documentElement.lang = lang;
document.title = texts.title;
const source = document.getElementById("worker")?.textContent ?? "";
void new Page(source, lang, texts).start();
