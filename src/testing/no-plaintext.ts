/** Does an output hold what must not leave? Looks for every input in every form that it may take. */
import { utf8, utf8Bytes } from "#host";
import { byteText, formsOf, type Needle } from "./forms.ts";

export interface PlaintextOptions {
  /**
   * Texts with fewer characters are not looked for, in any form: "Ann" or "US" stand in many outputs by
   * chance. 5 when left out; no address and no phone number is shorter.
   */
  readonly shortest?: number;
}

/** Where an input was found. It does not hold the input. */
export interface PlaintextFinding {
  /** Number of the input, from 0. */
  readonly input: number;
  /** Where it begins: a byte, or in a text a UTF-16 unit. */
  readonly offset: number;
  /** In which form it stands there, e.g. "as is" or "base64". */
  readonly form: string;
}

const FINDINGS_NAMED = 5;

/** An output holds inputs in plain text. The message says which and where, never what. */
export class PlaintextFoundError extends Error {
  override readonly name = "PlaintextFoundError";
  /** The first place of each input that was found. */
  readonly findings: readonly PlaintextFinding[];

  constructor(findings: readonly PlaintextFinding[]) {
    const named = findings
      .slice(0, FINDINGS_NAMED)
      .map(({ input, offset, form }) => `input ${input} at offset ${offset} (${form})`);
    if (findings.length > named.length) named.push(`${findings.length - named.length} more`);
    super(`the output holds plaintext: ${named.join(", ")}`);
    this.findings = findings;
  }
}

const DEFAULT_SHORTEST = 5;

/**
 * Throws when an output holds one of the inputs: as it is, in another case or Unicode form, normalized as
 * for hashing, a number with other separators, percent-, JSON- or HTML-escaped, in base64, in hex, or as
 * UTF-16. The error says which input, where and in which form, and not what it is.
 *
 * Digests are no plaintext: what stands wholly inside a run of exactly 64 hex digits and is shorter than it
 * is not counted. What is packed (zip, xlsx, gzip) must be unpacked first.
 *
 * @param output what was written, logged or sent
 * @param inputs the cells that must not be in it; short ones are skipped, see {@link PlaintextOptions}
 * @throws PlaintextFoundError
 *
 * @example
 * ```ts
 * import { hashEmail } from "firsthash";
 * import { expectNoPlaintext } from "firsthash/testing";
 *
 * const cells = ["Jane.Doe@contoso.com", "+1 425 555 0123"];
 * const output = JSON.stringify(hashEmail("Jane.Doe@contoso.com"));
 * expectNoPlaintext(output, cells); // does not throw
 * ```
 */
export function expectNoPlaintext(
  output: string | Uint8Array,
  inputs: Iterable<string>,
  { shortest = DEFAULT_SHORTEST }: PlaintextOptions = {},
): void {
  const hay = new Haystack(output);
  const findings: PlaintextFinding[] = [];
  let index = 0;
  for (const input of inputs) {
    for (const { form, find } of formsOf(input, shortest)) {
      const at = hay.find(find);
      if (at === undefined) continue;
      findings.push({ input: index, offset: at, form });
      break;
    }
    index++;
  }
  if (findings.length > 0) throw new PlaintextFoundError(findings);
}

/** An output as one character per byte, so that texts and bytes are searched alike. */
class Haystack {
  readonly #bytes: Uint8Array;
  readonly #exact: string;
  readonly #lower: string;
  readonly #isText: boolean;

  constructor(output: string | Uint8Array) {
    this.#isText = typeof output === "string";
    this.#bytes = typeof output === "string" ? utf8Bytes(output) : output;
    this.#exact = byteText(this.#bytes);
    this.#lower = asciiLower(this.#exact);
  }

  /** The first place that is no part of a digest. */
  find(needle: Needle): number | undefined {
    const [hay, places] =
      "pattern" in needle
        ? [this.#lower, matches(this.#lower, needle.pattern)]
        : needle.anyCase
          ? [this.#lower, occurrences(this.#lower, asciiLower(needle.bytes))]
          : [this.#exact, occurrences(this.#exact, needle.bytes)];
    for (const [start, end] of places) if (!insideDigest(hay, start, end)) return this.#at(start);
    return undefined;
  }

  #at(byte: number): number {
    return this.#isText ? utf8(this.#bytes, 0, byte).length : byte;
  }
}

/** Only A to Z: the bytes of other letters must stay what they are. */
function asciiLower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function* occurrences(hay: string, needle: string): Generator<[start: number, end: number]> {
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) {
    yield [at, at + needle.length];
  }
}

function* matches(hay: string, pattern: RegExp): Generator<[start: number, end: number]> {
  for (const match of hay.matchAll(pattern)) yield [match.index, match.index + match[0].length];
}

const DIGEST_LENGTH = 64;

/** Whether a place lies in a run of exactly 64 hex digits and is not all of it. */
function insideDigest(hay: string, start: number, end: number): boolean {
  if (end - start >= DIGEST_LENGTH) return false;
  for (let at = start; at < end; at++) if (!isHex(hay.charCodeAt(at))) return false;
  let from = start;
  let to = end;
  // One step past the length is enough to know that it is not a digest.
  while (to - from <= DIGEST_LENGTH && isHex(hay.charCodeAt(from - 1))) from--;
  while (to - from <= DIGEST_LENGTH && isHex(hay.charCodeAt(to))) to++;
  return to - from === DIGEST_LENGTH;
}

function isHex(code: number): boolean {
  const lower = code | 32;
  return (code >= 48 && code <= 57) || (lower >= 97 && lower <= 102);
}
