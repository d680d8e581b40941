/** Which room may import which: down the floors only, types included, and never in a circle. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { arrows, code, files, reachedFrom, roomOf } from "../helpers/imports.ts";

/** From the ground up. A room may import the rooms that stand beside its name, and no others. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  host: ["base"],
  ledger: ["base", "host"],
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
    "ledger",
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
  inspect: ["base", "host", "read", "identity", "conversion", "join", "report", "prepare"],
  verify: ["base", "read", "identity", "conversion", "join", "destinations", "form", "prepare"],
  testing: ["base", "host", "identity", "conversion"],
  upload: ["base", "host", "ledger", "read", "write", "form"],
  cli: [
    "base",
    "host",
    "read",
    "conversion",
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
    "form",
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
    "form",
    "verify",
    "testing",
  ],
  entries: ["base", "host", "identity", "index.ts"],
  page: [
    "base",
    "host",
    "read",
    "identity",
    "destinations",
    "report",
    "prepare",
    "hash",
    "inspect",
    "verify",
    "testing",
    "write",
  ],
};

/**
 * What a room may do with the cells of a customer's file. `opens`: it reads cells, for what stands beside it.
 * `passes`: it holds rows on their way from one room to another, and asks none for a cell. A room that is not
 * named has neither: what reaches it is digests, fields that name nobody, counts, reasons and lines.
 */
const PLAINTEXT: Readonly<Record<string, readonly ["opens" | "passes", string]>> = {
  read: ["opens", "makes the rows; whether the last of them are a report's footer"],
  identity: ["opens", "addresses, numbers and countries, to normalize and hash them"],
  conversion: ["opens", "name, time, value, ids; in the plaintext net, whatever else stands there"],
  join: ["opens", "the key"],
  prepare: [
    "opens",
    "the key, for the ledger and to find out why it matches nothing; columns that no header names, to find the time and the key; a template's first rows",
  ],
  hash: ["opens", "the key, which is written beside the digests"],
  form: ["opens", "all of an upload file, which should hold none"],
  adjust: ["opens", "ids and corrections; an upload file"],
  inspect: ["opens", "whether a cell is empty"],
  verify: ["opens", "the contacts, to derive their digests again; the key of both"],
  upload: ["opens", "rows of the service's answers"],
};

const OPENS = /\bbatch\.cell\(|\bfirstCell\(/;
const HOLDS = /\bRowBatch\b/;

/** As the table in CONTRIBUTING says it. */
function heldBy(room: string): string {
  const [does, what] = PLAINTEXT[room] ?? [];
  return does === undefined ? "no" : `${does}: ${what}`;
}

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

  it("open the cells of a customer's file in the rooms that are said to, and in no other", () => {
    const opening = new Set(files.filter((file) => OPENS.test(code(file))).map(roomOf));
    const said = Object.keys(PLAINTEXT).filter((room) => PLAINTEXT[room]?.[0] === "opens");
    expect([...opening].sort()).toEqual(said.sort());
  });

  it("hold its rows in the rooms that are said to, and in no other", () => {
    const holding = new Set(files.filter((file) => HOLDS.test(code(file))).map(roomOf));
    expect([...holding].sort()).toEqual(Object.keys(PLAINTEXT).sort());
  });

  it("are told in CONTRIBUTING as they are here", () => {
    const told = readFileSync(join(import.meta.dirname, "../../CONTRIBUTING.md"), "utf8");
    const rows = [...told.matchAll(/^\| `(\w+)\/` \| .* \| (.*) \|$/gm)].map(([, room, cells]) => [
      room,
      cells,
    ]);
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(
        Object.keys(ROOMS)
          .filter((room) => !room.includes("."))
          .map((room) => [room, heldBy(room)]),
      ),
    );
  });
});
