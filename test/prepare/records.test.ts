/** Records of a program as inputs: rows typed as an interface, and sources that fail. */
import { expect, it } from "vitest";
import { FirsthashError, prepare } from "../../src/index.ts";

/** As a program declares a row: an interface has no index signature. */
interface Deal {
  email: string;
  at: Date;
  amount: number;
}

const DEALS: readonly Deal[] = [
  { email: "ann@example.com", at: new Date("2026-11-13T14:15:00Z"), amount: 12.5 },
  { email: "bob@example.com", at: new Date("2026-11-14T14:15:00Z"), amount: 7 },
];
const RUN = {
  columns: { email: "email", time: "at", value: "amount" },
  goal: "Sale",
  asOf: "2026-11-20T12:00:00Z",
  dryRun: true,
} as const;

it("rows of an interface are records, at once and from a cursor", async () => {
  async function* cursor(): AsyncGenerator<Deal> {
    yield* DEALS;
  }
  for (const conversions of [DEALS, cursor()]) {
    const report = await prepare({ ...RUN, conversions });
    expect(report.destinations[0]?.rows).toMatchObject({ read: 2, written: 2 });
  }
});

it.each([
  ["at once", 0],
  ["later", 1500],
])("what a source throws %s arrives as the cause, and not in the message", async (_, after) => {
  const lost = new Error("row of ann@example.com could not be read");
  async function* cursor(): AsyncGenerator<Deal> {
    for (let at = 0; at < after; at++) yield DEALS[at % 2] as Deal;
    throw lost;
  }
  const error = await prepare({ ...RUN, conversions: cursor() }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FirsthashError);
  const { code, message } = error as FirsthashError;
  expect([code, message]).toEqual(["input", "conversions: cannot be read: its source failed"]);
  expect((error as Error).cause).toBe(lost);
});
