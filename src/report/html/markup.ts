/** Markup that cannot be broken out of: whatever is put into a template is text, unless it is markup itself. */

/** Text that is markup. Made by `html` alone. */
export class Markup {
  readonly markup: string;

  private constructor(markup: string) {
    this.markup = markup;
  }

  /** For texts of ours that are markup already, such as a style sheet. */
  static ours(markup: string): Markup {
    return new Markup(markup);
  }

  toString(): string {
    return this.markup;
  }
}

/** What a template takes. `undefined` and `false` are nothing. */
export type Insert = string | number | false | undefined | Markup | readonly Insert[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Control characters would steer whatever shows the file, and marks of direction turn a name around
 * (`gpj.exe`): both are shown as what they are.
 */
const UNSEEN = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    .replace(UNSEEN, "\ufffd");
}

function inserted(value: Insert): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Markup) return value.markup;
  if (typeof value === "object") return value.map(inserted).join("");
  return escaped(String(value));
}

/** A template of markup. */
export function html(parts: TemplateStringsArray, ...values: readonly Insert[]): Markup {
  let markup = parts[0] ?? "";
  for (const [index, value] of values.entries()) {
    markup += inserted(value) + (parts[index + 1] ?? "");
  }
  return Markup.ours(markup);
}
