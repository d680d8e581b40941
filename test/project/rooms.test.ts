/** Which room may import which: down the floors only, types included, and never in a circle. */
import { describe, expect, it } from "vitest";
import { arrows, files, reachedFrom, roomOf } from "../helpers/imports.ts";

/** From the ground up. A room may import the rooms that stand beside its name, and no others. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  host: ["base"],
  read: ["base", "host"],
  identity: ["base", "host", "read"],
  conversion: ["base", "host", "read", "identity"],
  join: ["base", "host", "read", "identity"],
  destinations: ["base", "conversion"],
  report: ["base", "host", "read", "identity"],
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
  form: ["base", "host", "read", "identity", "conversion", "destinations"],
  adjust: [
    "base",
    "read",
    "identity",
    "conversion",
    "join",
    "destinations",
    "form",
    "report",
    "prepare",
  ],
  inspect: ["base", "read", "identity", "conversion", "join", "report", "prepare"],
  verify: ["base", "read", "identity", "conversion", "destinations", "form"],
  testing: ["base", "host", "identity", "conversion"],
  upload: ["base", "host", "read", "write", "form"],
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
    "upload",
  ],
  entries: ["base", "identity"],
  "index.ts": [
    "base",
    "read",
    "identity",
    "report",
    "prepare",
    "hash",
    "adjust",
    "inspect",
    "form",
    "verify",
    "testing",
  ],
};

const allowed = ({ from, to }: { from: string; to: string }) => ROOMS[from]?.includes(to) === true;

describe("rooms", () => {
  it("are those of the table", () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(ROOMS).sort());
  });

  it("import rooms below them alone, types included", () => {
    const wrong = arrows()
      .filter((arrow) => !allowed(arrow))
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(wrong).toEqual([]);
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

  it("let the form of a file be checked without a digest of a person, a contact or a join", () => {
    const reached = [...reachedFrom("form/check.ts")];
    expect(reached).toContain("form/rows.ts");
    expect(reached.filter((file) => /^(join|prepare|verify|hash)\//.test(file))).toEqual([]);
    expect(
      reached.filter((file) => /^identity\/(digest|email|hash|identify|person)/.test(file)),
    ).toEqual([]);
  });
});
