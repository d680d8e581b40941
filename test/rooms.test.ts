/** Which room may import which: down the floors only, types included, and never in a circle. */
import { describe, expect, it } from "vitest";
import { arrows, files, roomOf } from "./helpers/imports.ts";

/** From the ground up. A room may import the rooms that stand beside its name, and no others. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  host: ["base"],
  read: ["base", "host"],
  identity: ["base", "host", "read"],
  conversion: ["base", "host", "read", "identity"],
  join: ["base", "host", "read", "identity"],
  destinations: ["base", "conversion"],
  report: ["base", "read"],
  write: ["base", "host", "destinations"],
  prepare: [
    "base",
    "host",
    "read",
    "identity",
    "conversion",
    "join",
    "destinations",
    "report",
    "write",
  ],
  hash: ["base", "host", "read", "identity", "join", "report", "write", "prepare"],
  adjust: ["base", "read", "identity", "conversion", "join", "destinations", "report", "prepare"],
  inspect: ["base", "read", "identity", "conversion", "join", "report", "prepare"],
  verify: [
    "base",
    "host",
    "read",
    "identity",
    "conversion",
    "join",
    "destinations",
    "report",
    "prepare",
  ],
  testing: ["base", "host", "identity", "conversion"],
  cli: [
    "base",
    "host",
    "read",
    "destinations",
    "report",
    "write",
    "prepare",
    "hash",
    "adjust",
    "inspect",
    "verify",
    "testing",
    "identity",
  ],
  "index.ts": [
    "base",
    "read",
    "identity",
    "report",
    "prepare",
    "hash",
    "adjust",
    "inspect",
    "verify",
    "testing",
  ],
};

/** Arrows that are there and should not be. The list may only shrink. */
const STILL_THERE: readonly string[] = [
  "adjust -> errors.ts",
  "adjust -> options.ts",
  "adjust -> plan.ts",
  "adjust -> write",
  "adjust.ts -> adjust",
  "adjust.ts -> conversion",
  "adjust.ts -> join",
  "adjust.ts -> options.ts",
  "adjust.ts -> plan.ts",
  "adjust.ts -> reference.ts",
  "adjust.ts -> report",
  "adjust.ts -> write",
  "cli -> adjust.ts",
  "cli -> errors.ts",
  "cli -> hash-contacts.ts",
  "cli -> inspect.ts",
  "cli -> options.ts",
  "cli -> plan.ts",
  "cli -> prepare.ts",
  "cli -> selftest.ts",
  "cli -> version.ts",
  "conversion -> errors.ts",
  "conversion -> reference.ts",
  "conversion -> report",
  "conversion -> text-copy.ts",
  "destinations -> errors.ts",
  "destinations -> identity",
  "destinations -> report",
  "hash-contacts.ts -> errors.ts",
  "hash-contacts.ts -> identity",
  "hash-contacts.ts -> join",
  "hash-contacts.ts -> options.ts",
  "hash-contacts.ts -> plan.ts",
  "hash-contacts.ts -> read",
  "hash-contacts.ts -> report",
  "hash-contacts.ts -> write",
  "identity -> errors.ts",
  "identity -> reference.ts",
  "identity -> report",
  "identity -> text-copy.ts",
  "index.ts -> adjust.ts",
  "index.ts -> errors.ts",
  "index.ts -> hash-contacts.ts",
  "index.ts -> inspect.ts",
  "index.ts -> options.ts",
  "index.ts -> prepare.ts",
  "index.ts -> selftest.ts",
  "index.ts -> version.ts",
  "inspect.ts -> conversion",
  "inspect.ts -> identity",
  "inspect.ts -> join",
  "inspect.ts -> options.ts",
  "inspect.ts -> plan.ts",
  "inspect.ts -> read",
  "inspect.ts -> report",
  "join -> conversion",
  "join -> errors.ts",
  "join -> options.ts",
  "join -> package-file.ts",
  "join -> plan.ts",
  "join -> reference.ts",
  "join -> report",
  "join -> thread.ts",
  "option-names.ts -> errors.ts",
  "option-names.ts -> options.ts",
  "options.ts -> join",
  "options.ts -> read",
  "plan.ts -> conversion",
  "plan.ts -> destinations",
  "plan.ts -> errors.ts",
  "plan.ts -> identity",
  "plan.ts -> join",
  "plan.ts -> option-names.ts",
  "plan.ts -> options.ts",
  "plan.ts -> write",
  "prepare.ts -> conversion",
  "prepare.ts -> join",
  "prepare.ts -> options.ts",
  "prepare.ts -> plan.ts",
  "prepare.ts -> read",
  "prepare.ts -> reference.ts",
  "prepare.ts -> report",
  "prepare.ts -> write",
  "read -> errors.ts",
  "read -> identity",
  "read -> options.ts",
  "read -> plan.ts",
  "read -> reference.ts",
  "reference.ts -> identity",
  "report -> conversion",
  "report -> errors.ts",
  "report -> hash-contacts.ts",
  "report -> identity",
  "report -> inspect.ts",
  "report -> join",
  "report -> options.ts",
  "report -> plan.ts",
  "report -> version.ts",
  "report -> write",
  "selftest.ts -> identity",
  "selftest.ts -> vectors.ts",
  "selftest.ts -> version.ts",
  "testing -> vectors.ts",
  "testing.ts -> testing",
  "thread.ts -> errors.ts",
  "vectors.ts -> package-file.ts",
  "verify -> errors.ts",
  "verify -> options.ts",
  "verify -> version.ts",
  "write -> conversion",
  "write -> errors.ts",
  "write -> identity",
  "write -> join",
  "write -> options.ts",
  "write -> plan.ts",
  "write -> read",
  "write -> report",
];

const allowed = ({ from, to }: { from: string; to: string }) => ROOMS[from]?.includes(to) === true;

describe("rooms", () => {
  it("are those of the table", () => {
    const rooms = new Set(files.map(roomOf));
    expect(
      [...rooms]
        .filter((room) => !(room in ROOMS))
        .filter((room) => !STILL_THERE.some((arrow) => arrow.split(" -> ").includes(room))),
    ).toEqual([]);
  });

  it("import rooms below them alone, types included, but for what is listed", () => {
    const wrong = arrows()
      .filter((arrow) => !allowed(arrow))
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(wrong).toEqual(STILL_THERE);
  });

  it("stand on floors: the table itself has no circle", () => {
    const order = Object.keys(ROOMS);
    for (const [room, below] of Object.entries(ROOMS)) {
      for (const other of below) {
        expect(order.indexOf(other), `${room} stands on ${other}`).toBeGreaterThanOrEqual(0);
        expect(order.indexOf(other), `${room} stands on ${other}`).toBeLessThan(
          order.indexOf(room),
        );
      }
    }
  });
});
