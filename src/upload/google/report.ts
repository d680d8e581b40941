/** What became of an upload to Google, out of its state: counts, words and places. */
import type { RefusedReport, RowPlace, UploadFileReport } from "../report.ts";
import { reasonText } from "./reasons.ts";
import { type ChunkState, type GoogleState, refusedPlaces } from "./state.ts";

const PLACES_SHOWN = 100;

export const GOOGLE_NOTE =
  "accepted is not attributed: Google Ads shows conversions after about three hours, on the day of the click";

const COUNTS_NOTE =
  "Google counts what it refuses after the sending and does not say which rows they are";

interface Reported {
  readonly file: string;
  readonly state: Omit<GoogleState, "schema" | "at" | "runId">;
  readonly outcome: UploadFileReport["outcome"];
  /** Lines of the bodies; 1, 2, 3 where they are not known. */
  readonly lines?: readonly number[] | undefined;
}

export function reportGoogle({ file, state, outcome, lines }: Reported): UploadFileReport {
  const { chunks, rows } = state;
  const lineOf = (at: number) => lines?.[at] ?? at + 1;
  const isKnown = chunks.every(({ phase }) => phase === "done" || phase === "none");
  const errors = refusedReports(chunks, lineOf);
  const refused = errors.reduce((sum, error) => sum + error.rows, 0);
  const accepted = chunks.reduce((sum, chunk) => sum + (chunk.accepted ?? 0), 0);
  const counted = chunks.some((chunk) => chunk.errors.length > 0);
  return {
    ...{ file, sha256: state.sha256, bytes: state.bytes, rows, adjustments: false },
    outcome,
    status: null,
    accepted: isKnown ? accepted : null,
    refused: isKnown ? refused : null,
    unanswered: isKnown ? Math.max(0, rows - accepted - refused) : null,
    errors,
    unplaced: [],
    sends: Math.max(0, ...chunks.map(({ sends }) => sends)),
    requests: chunks.map((chunk, at) => ({
      line: lineOf(at),
      requestId: chunk.requestId,
      status: chunk.status,
      sent: chunk.events - refusedPlaces(chunk).size,
      accepted: chunk.accepted,
    })),
    notes: [
      ...(counted ? [COUNTS_NOTE] : []),
      ...warningNotes(chunks),
      ...(isKnown && accepted > 0 ? [GOOGLE_NOTE] : []),
    ],
  };
}

function refusedReports(
  chunks: readonly ChunkState[],
  lineOf: (at: number) => number,
): RefusedReport[] {
  const byWord = new Map<string, { rows: number; places: RowPlace[] }>();
  const entryOf = (word: string) => {
    const entry = byWord.get(word) ?? { rows: 0, places: [] };
    byWord.set(word, entry);
    return entry;
  };
  for (const [at, { refused, errors }] of chunks.entries()) {
    for (const [word, places] of Object.entries(refused)) {
      const entry = entryOf(word);
      entry.rows += places.length;
      for (const place of places) {
        if (entry.places.length >= PLACES_SHOWN) break;
        entry.places.push({ line: lineOf(at), event: place + 1 });
      }
    }
    for (const { name, rows } of errors) entryOf(name).rows += rows;
  }
  return [...byWord]
    .sort(([, a], [, b]) => b.rows - a.rows)
    .map(([name, { rows, places }]) => ({
      ...{ name, number: undefined, rows },
      ...reasonText(name),
      lines: [...new Set(places.map(({ line }) => line))],
      places,
    }));
}

function warningNotes(chunks: readonly ChunkState[]): string[] {
  const counts = new Map<string, number>();
  for (const { name, rows } of chunks.flatMap(({ warnings }) => warnings)) {
    counts.set(name, (counts.get(name) ?? 0) + rows);
  }
  return [...counts].map(
    ([name, rows]) => `${rows} events were taken with a warning of Google's (${name})`,
  );
}
