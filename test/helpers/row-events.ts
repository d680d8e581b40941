/** What `onRow` is told, held to the report of the same run: nothing is lost, nothing is said twice. */
import { expect } from "vitest";
import type { PeopleReport, RowEvent } from "../../src/index.ts";

/** The events of whole rows, and those of cells. */
export function partedEvents(events: readonly RowEvent[]) {
  return {
    rows: events.filter(({ column }) => column === undefined),
    cells: events.filter(({ column }) => column !== undefined),
  };
}

/** How many there are of each of something. */
export function counted<Item>(items: readonly Item[], of: (item: Item) => string) {
  const counts: Record<string, number> = {};
  for (const item of items) counts[of(item)] = (counts[of(item)] ?? 0) + 1;
  return counts;
}

interface Ended {
  readonly rows: Readonly<Record<string, number>>;
  readonly reasons: readonly { readonly code: string; readonly count: number }[];
}

/** @param input whose rows ended so @param destination where the run had several */
export function expectRowEvents(
  events: readonly RowEvent[],
  input: RowEvent["input"],
  { rows, reasons }: Ended,
  destination?: string,
): void {
  const own = partedEvents(events).rows.filter(
    (event) =>
      event.input === input && (destination === undefined || event.destination === destination),
  );
  const { read, ...ends } = rows;
  expect(own).toHaveLength(read ?? Number.NaN);
  expect(new Set(own.map(({ file, line }) => `${file}:${line}`)).size).toBe(read);
  const outcomes = counted(own, ({ outcome }) => outcome);
  for (const [outcome, count] of Object.entries(ends)) expect(outcomes[outcome] ?? 0).toBe(count);
  const lost = own.filter(({ outcome }) => outcome !== "written");
  const expected = Object.fromEntries(reasons.map(({ code, count }) => [code, count]));
  expect(counted(lost, ({ code }) => code)).toEqual(expected);
}

/** Each refused or repaired cell of a person. */
export function expectCellEvents(events: readonly RowEvent[], people: PeopleReport): void {
  const { cells } = partedEvents(events);
  const fields = [people.email, people.phone];
  for (const [outcome, counts] of [
    ["refused", fields.flatMap(({ refused }) => refused)],
    ["repaired", fields.flatMap(({ repaired }) => repaired)],
  ] as const) {
    const expected: Record<string, number> = {};
    for (const { code, count } of counts) expected[code] = (expected[code] ?? 0) + count;
    const own = cells.filter((event) => event.outcome === outcome);
    expect(counted(own, ({ code }) => code)).toEqual(expected);
    for (const { input } of own) expect(input).toBe(people.from);
  }
}
