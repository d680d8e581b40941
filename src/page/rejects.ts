/** Rows to mend as CSV, in the columns of `--rejects`: places and codes, no cell. */

import { utf8Bytes } from "#host";
import type { Reject } from "../base/reasons.ts";

const HEADER = "command,input,line,column,outcome,code,text,advice,client id\r\n";
const SEALED = 64 * 1024;

export class RejectLines {
  readonly #command: string;
  readonly #names: Readonly<Partial<Record<Reject["input"], string>>>;
  readonly #parts: Blob[] = [];
  #lines = "";

  constructor(
    command: string,
    { conversions, contacts }: { readonly conversions: File; readonly contacts: File | undefined },
  ) {
    this.#command = command;
    this.#names = { conversions: conversions.name, contacts: contacts?.name ?? "" };
  }

  add({ input, line, field, outcome, code, text, advice }: Reject): void {
    const cells = [
      this.#command,
      this.#names[input] ?? "",
      line,
      field ?? "",
      outcome,
      code,
      text,
      advice?.text ?? "",
      "",
    ];
    this.#lines += `${cells.map(cell).join(",")}\r\n`;
    if (this.#lines.length > SEALED) this.#seal();
  }

  blob(): Blob | undefined {
    this.#seal();
    if (this.#parts.length === 0) return undefined;
    // Excel takes a file without the mark for one in the machine's own encoding.
    return new Blob(["\ufeff", HEADER, ...this.#parts], { type: "text/csv" });
  }

  #seal(): void {
    if (this.#lines === "") return;
    this.#parts.push(new Blob([new Uint8Array(utf8Bytes(this.#lines))]));
    this.#lines = "";
  }
}

/** The name of a file is somebody else's text: quoted where needed, and never the start of a formula. */
function cell(value: string | number): string {
  const text = String(value);
  const plain = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
