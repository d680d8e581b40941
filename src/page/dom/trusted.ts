/**
 * The two ways in which text becomes more than text, each through one policy of Trusted Types, where the browser
 * has them: markup that `html` made, and the address of the worker. Whatever else is refused by the browser.
 */
import type { Markup } from "../../report/html/markup.ts";

interface Policy {
  createHTML(text: string): unknown;
  createScriptURL(text: string): unknown;
}

interface Factory {
  createPolicy(
    name: string,
    rules: { createHTML: (text: string) => string; createScriptURL: (url: string) => string },
  ): Policy;
}

function onlyBlob(url: string): string {
  if (!url.startsWith("blob:")) throw new TypeError("only the worker is started");
  return url;
}

const RULES = { createHTML: (text: string) => text, createScriptURL: onlyBlob };
const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy: Policy = factory?.createPolicy("firsthash", RULES) ?? RULES;

export function paint(element: Element, markup: Markup): void {
  element.innerHTML = policy.createHTML(markup.markup) as string;
}

export function scriptUrl(url: string): unknown {
  return policy.createScriptURL(url);
}
