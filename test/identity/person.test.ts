/** One person under several e-mail rule sets: the phone is read once, and never another row's. */
import { expect, it } from "vitest";
import { PeopleTally } from "../../src/base/tally.ts";
import { PersonReader } from "../../src/identity/person.ts";
import type { RowBatch } from "../../src/read/types.ts";

const COLUMNS = { email: [0], phone: [1] };

/** A batch that is filled again, as the scanner's are: the same object, other rows. */
function refillable() {
  let rows: string[][] = [];
  let first = 2;
  const batch: RowBatch = {
    get length() {
      return rows.length;
    },
    line: (row) => first + row,
    width: (row) => rows[row]?.length ?? 0,
    cell: (row, column) => rows[row]?.[column] ?? "",
    progress: undefined,
  };
  const fill = (next: string[][]) => {
    first += rows.length;
    rows = next;
  };
  return { batch, fill };
}

const reader = (rules: "microsoft-2026-11" | "google-2026-11", beside?: PersonReader) =>
  new PersonReader(COLUMNS, { rules, region: "US" }, new Set(["yes"]), new PeopleTally(), beside);

it("never gives a row the phone of one that stood at its place before", () => {
  const { batch, fill } = refillable();
  const microsoft = reader("microsoft-2026-11");
  const google = reader("google-2026-11", microsoft);
  fill([["a@example.com", "+1 425 555 0100"]]);
  microsoft.read(batch, 0);
  fill([["b@example.com", "+1 425 555 0101"]]);
  const alone = reader("google-2026-11").read(batch, 0);
  // Only the second of the two is asked about this row.
  expect(google.read(batch, 0)).toEqual(alone);
});

it("takes the phone over from the reader beside it", () => {
  const { batch, fill } = refillable();
  const microsoft = reader("microsoft-2026-11");
  const google = reader("google-2026-11", microsoft);
  fill([["j.a.n.e+x@contoso.com", "+1 425 555 0100"]]);
  const first = microsoft.read(batch, 0);
  const second = google.read(batch, 0);
  expect(second.phone).toBe(first.phone);
  expect(second.email).not.toBe(first.email);
});
