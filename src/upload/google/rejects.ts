/** The rows that were refused before the sending, in the columns of `prepare --rejects`: places, words and order ids. */
import { csvLine } from "../../write/csv.ts";
import { DataFile } from "../../write/data-file.ts";
import { REJECTS_HEADER } from "../rejects.ts";
import { bodiesOf } from "./bodies.ts";
import { eventFacts } from "./body-text.ts";
import { reasonText } from "./reasons.ts";
import type { GoogleState } from "./state.ts";

export interface RejectsOf {
  readonly file: string;
  readonly state: GoogleState;
  readonly force: boolean | undefined;
  readonly signal: AbortSignal | undefined;
}

/** @throws FirsthashError "output" */
export async function writeRejects(path: string, of: RejectsOf): Promise<void> {
  const { force, signal } = of;
  const target = await DataFile.open({ kind: "file", path }, { force }, signal);
  try {
    for await (const text of rejectLines(of)) await target.write([Buffer.from(text)]);
    await target.commit();
  } finally {
    await target.discard();
  }
}

async function* rejectLines({ file, state, signal }: RejectsOf): AsyncGenerator<string> {
  yield csvLine(REJECTS_HEADER, ",");
  let at = 0;
  for await (const { line, events } of bodiesOf({ file, sha256: state.sha256 }, signal)) {
    const words = new Map<number, string>();
    for (const [word, places] of Object.entries(state.chunks[at++]?.refused ?? {})) {
      for (const place of places) words.set(place, word);
    }
    const lines = [...words]
      .sort(([a], [b]) => a - b)
      .map(([place, word]) => {
        const { text, advice = "" } = reasonText(word);
        const { transactionId } = eventFacts(events[place] ?? "{}");
        const cells = ["upload", file, String(line), `event ${place + 1}`, "refused", word];
        return csvLine([...cells, text, advice, transactionId], ",");
      });
    if (lines.length > 0) yield lines.join("");
  }
}
