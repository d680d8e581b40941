/** Which abbreviations of zones are read. Python's zoneinfo, the IANA database, is the oracle. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { abbreviationOffset } from "../../../src/conversion/time/abbreviations.ts";

const PYTHON = `
import json, zoneinfo, datetime
found = {}
for zone in zoneinfo.available_timezones():
    info = zoneinfo.ZoneInfo(zone)
    for month in range(1, 13):
        at = datetime.datetime(2026, month, 15, 12, tzinfo=info)
        name = at.tzname()
        if name.isalpha() and name not in ("UTC", "GMT"):
            found[f"{zone} {name}"] = at.utcoffset().total_seconds()
print(json.dumps(found))
`;

const known: Record<string, number> = JSON.parse(
  execFileSync("python3", ["-c", PYTHON], { encoding: "utf8" }),
);

/** These say their offset as zones, and an abbreviation is not accepted for a zone. */
const PLAIN = new Set(["EST", "MST", "HST", "CET", "MET", "EET", "WET"]);

describe("abbreviations of zones", () => {
  it.skipIf(Object.keys(known).length === 0)("are read as the IANA database has them", () => {
    const wrong = Object.entries(known).filter(([key, seconds]) => {
      const [zone = "", name = ""] = key.split(" ");
      if (PLAIN.has(zone) || zone === "Cuba" || zone === "America/Havana") return false;
      return abbreviationOffset(name, zone) !== seconds;
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ["EST", "America/Los_Angeles", -5],
    ["PDT", "US/Eastern", -7],
    ["CST", "America/Sao_Paulo", -6],
    ["est", "america/chicago", -5],
    ["MST", "EST5EDT", -7],
    ["CST", "Asia/Shanghai", 8],
    ["IST", "Asia/Kolkata", 5.5],
    ["IST", "Europe/Dublin", 1],
    ["MEZ", "Europe/Vienna", 1],
    ["MESZ", "Europe/Berlin", 2],
  ])("%s is read in %s", (name, zone, hours) => {
    expect(abbreviationOffset(name, zone)).toBe(hours * 3600);
  });

  it.each([
    ["EST", "Europe/Berlin"],
    ["EST", "Australia/Sydney"],
    ["CST", "America/Havana"],
    ["CST", "Europe/London"],
    ["IST", "America/New_York"],
    ["CET", "America/New_York"],
    ["CET", "Europe/London"],
    ["BST", "Asia/Dhaka"],
    ["EST", "UTC"],
    ["EST", undefined],
    ["XYZ", "Europe/Berlin"],
  ])("%s is refused in %s", (name, zone) => {
    expect(abbreviationOffset(name, zone)).toBeUndefined();
  });
});
