/** Finds out, before anything is sent, which rows of a body would be taken. */
import { failure } from "../failures.ts";
import { type Body, requestText } from "./body-text.ts";
import type { DataManager } from "./data-manager.ts";
import { narrow, type RefusalWord } from "./narrow.ts";
import { reasonText } from "./reasons.ts";
import type { Refusal } from "./refusals.ts";

/** A fifth of a day's requests. Who needs more has a file to mend, and others of the project need the rest. */
const MOST_QUESTIONS = 20_000;

/** Asks about bodies, one after the other. */
export class Validation {
  readonly #service: DataManager;
  readonly #onAsked: () => void;
  #questions = 0;

  /** @param onAsked told of each question beyond the first of a body */
  constructor(service: DataManager, onAsked: () => void = () => {}) {
    this.#service = service;
    this.#onAsked = onAsked;
  }

  /**
   * @param rows places in the body
   * @returns the rows that would not be taken, with the word for each
   * @throws FirsthashError "rejected" where the refusal is about no row
   */
  async refusedOf(
    body: Body,
    rows: readonly number[],
    file: string,
  ): Promise<ReadonlyMap<number, RefusalWord>> {
    const ask = async (some: readonly number[]) => {
      const verdict = await this.#service.validate(
        requestText(body, { rows: some, validateOnly: true }),
        some.length,
      );
      if (!verdict.ok && verdict.isWhole) throw refusedWhole(verdict, file);
      return verdict;
    };
    const first = await ask(rows);
    if (first.ok) return new Map();
    return narrow(rows, first, async (some) => {
      if (++this.#questions > MOST_QUESTIONS) {
        throw failure("too-many-refused", { file, more: first.word });
      }
      this.#onAsked();
      return ask(some);
    });
  }
}

export function refusedWhole({ word }: Refusal, file: string): Error {
  const { text, advice } = reasonText(word);
  return failure("google-refused", {
    file,
    more: `${word}, ${text}`,
    ...(advice !== undefined && { hint: advice }),
  });
}
