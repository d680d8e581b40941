import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { daysSinceEpoch } from "../../../src/conversion/time/calendar.ts";
import {
  AMBIGUOUS,
  loadZones,
  NONEXISTENT,
  openZone,
  type Zone,
} from "../../../src/conversion/time/zone.ts";
import { caseCount } from "../../helpers/differential.ts";

await loadZones();

function zone(name: string): Zone {
  const found = openZone(name);
  if (found === undefined) throw new Error(`no zone ${name}`);
  return found;
}

type Local = readonly [number, number, number, number, number, number];

function local([year, month, day, hour, minute, second]: Local): number {
  return daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
}

/** Instants computed with python3 zoneinfo: fold=0 and fold=1. */
const UNIQUE: readonly (readonly [string, Local, number])[] = [
  ["America/New_York", [2026, 11, 1, 0, 59, 59], 1793509199],
  ["America/New_York", [2026, 11, 1, 2, 0, 0], 1793516400],
  ["America/New_York", [2026, 3, 8, 1, 59, 59], 1772953199],
  ["America/New_York", [2026, 3, 8, 3, 0, 0], 1772953200],
  ["Europe/London", [2026, 10, 25, 0, 59, 59], 1792886399],
  ["Europe/London", [2026, 10, 25, 2, 0, 0], 1792893600],
  ["Europe/Berlin", [2026, 10, 25, 3, 0, 0], 1792893600],
  ["Australia/Lord_Howe", [2026, 4, 5, 1, 29, 59], 1775312999],
  ["Australia/Lord_Howe", [2026, 4, 5, 2, 0, 0], 1775316600],
  ["Australia/Lord_Howe", [2026, 10, 4, 2, 30, 0], 1791041400],
  ["Pacific/Apia", [2011, 12, 29, 23, 59, 59], 1325239199],
  ["Pacific/Apia", [2011, 12, 31, 0, 0, 0], 1325239200],
  ["Pacific/Kwajalein", [1993, 8, 22, 12, 0, 0], 745977600],
  ["Asia/Kathmandu", [2026, 11, 19, 13, 5, 0], 1795072800],
];

const TWICE: readonly (readonly [string, Local, number, number])[] = [
  ["America/New_York", [2026, 11, 1, 1, 0, 0], 1793509200, 1793512800],
  ["America/New_York", [2026, 11, 1, 1, 30, 0], 1793511000, 1793514600],
  ["America/New_York", [2026, 11, 1, 1, 59, 59], 1793512799, 1793516399],
  ["Europe/London", [2026, 10, 25, 1, 30, 0], 1792888200, 1792891800],
  ["Europe/Berlin", [2026, 10, 25, 2, 30, 0], 1792888200, 1792891800],
  ["Australia/Lord_Howe", [2026, 4, 5, 1, 45, 0], 1775313900, 1775315700],
];

/** In a gap fold=1 takes the offset after the change (earlier), fold=0 the one before (later). */
const NEVER: readonly (readonly [string, Local, number, number])[] = [
  ["America/New_York", [2026, 3, 8, 2, 0, 0], 1772949600, 1772953200],
  ["America/New_York", [2026, 3, 8, 2, 30, 0], 1772951400, 1772955000],
  ["America/New_York", [2026, 3, 8, 2, 59, 59], 1772953199, 1772956799],
  ["Europe/London", [2026, 3, 29, 1, 30, 0], 1774744200, 1774747800],
  ["Europe/Berlin", [2026, 3, 29, 2, 30, 0], 1774744200, 1774747800],
  ["Australia/Lord_Howe", [2026, 10, 4, 2, 15, 0], 1791040500, 1791042300],
  ["Pacific/Apia", [2011, 12, 30, 12, 0, 0], 1325196000, 1325282400],
  ["Pacific/Kwajalein", [1993, 8, 21, 12, 0, 0], 745891200, 745977600],
];

describe("local times", () => {
  it.each(UNIQUE)("gives the one instant of %s %j", (name, time, instant) => {
    for (const dst of [undefined, "earlier", "later"] as const) {
      expect(zone(name).toInstant(local(time), dst)).toBe(instant);
    }
  });

  it.each(TWICE)("finds that %s %j happens twice", (name, time, earlier, later) => {
    expect(zone(name).toInstant(local(time))).toBe(AMBIGUOUS);
    expect(zone(name).toInstant(local(time), "earlier")).toBe(earlier);
    expect(zone(name).toInstant(local(time), "later")).toBe(later);
  });

  it.each(NEVER)("finds that %s %j never happens", (name, time, earlier, later) => {
    expect(zone(name).toInstant(local(time))).toBe(NONEXISTENT);
    expect(zone(name).toInstant(local(time), "earlier")).toBe(earlier);
    expect(zone(name).toInstant(local(time), "later")).toBe(later);
  });

  it("are what Temporal says, in any zone at any time and beside every change of offset", () => {
    const names = Intl.supportedValuesOf("timeZone");
    const anyTime = fc.integer({ min: 0, max: 4_102_444_800 });
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        anyTime,
        fc.integer({ min: -9000, max: 9000 }),
        (name, seconds, near) => {
          compare(name, seconds);
          const change = Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
            .toZonedDateTimeISO(name)
            .getTimeZoneTransition("next");
          if (change === null) return;
          const offset = change.offsetNanoseconds / 1e9;
          compare(name, Math.floor(change.epochMilliseconds / 1000 + offset) + near);
        },
      ),
      { numRuns: caseCount(150) },
    );
  });
});

function compare(name: string, seconds: number): void {
  const plain = Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
    .toZonedDateTimeISO("UTC")
    .toPlainDateTime();
  const by = (disambiguation: "earlier" | "later"): number =>
    plain.toZonedDateTime(name, { disambiguation }).epochMilliseconds / 1000;
  const [earlier, later] = [by("earlier"), by("later")];
  const subject = zone(name);
  expect(subject.toInstant(seconds, "earlier")).toBe(earlier);
  expect(subject.toInstant(seconds, "later")).toBe(later);
  if (earlier === later) expect(subject.toInstant(seconds)).toBe(earlier);
  else expect([AMBIGUOUS, NONEXISTENT]).toContain(subject.toInstant(seconds));
}

describe("zone names", () => {
  /** Hours from UTC in January and in July 2026 (python3 zoneinfo), and Microsoft's names for places there. */
  it.each([
    [-10, -10, "Hawaii"],
    [-9, -8, "Alaska"],
    [-8, -7, "PacificTimeUSCanadaTijuana"],
    [-7, -7, "Arizona"],
    [-7, -6, "MountainTimeUSCanada"],
    [-6, -6, "CentralAmerica GuadalajaraMexicoCityMonterrey Saskatchewan"],
    [-6, -5, "CentralTimeUSCanada"],
    [-5, -5, "BogotaLimaQuito"],
    [-5, -4, "EasternTimeUSCanada IndianaEast"],
    [-4, -4, "CaracasLaPaz"],
    [-3.5, -2.5, "Newfoundland"],
    [-3, -4, "Santiago"],
    [-3, -3, "Brasilia"],
    [-1, -1, "CapeVerdeIsland"],
    [-1, 0, "Azores"],
    [0, 1, "GreenwichMeanTimeDublinEdinburghLisbonLondon"],
    [1, 2, "AmsterdamBerlinBernRomeStockholmVienna BelgradeBratislavaBudapestLjubljanaPrague"],
    [1, 2, "BrusselsCopenhagenMadridParis SarajevoSkopjeWarsawZagreb"],
    [2, 2, "HararePretoria"],
    [2, 3, "Bucharest Cairo HelsinkiKyivRigaSofiaTallinnVilnius Jerusalem"],
    [3, 3, "Baghdad KuwaitRiyadh MoscowStPetersburgVolgograd Nairobi"],
    [3.5, 3.5, "Tehran"],
    [4, 4, "AbuDhabiMuscat BakuTbilisiYerevan"],
    [4.5, 4.5, "Kabul"],
    [5, 5, "Ekaterinburg"],
    [5.5, 5.5, "ChennaiKolkataMumbaiNewDelhi SriJayawardenepura"],
    [5.75, 5.75, "Kathmandu"],
    [6.5, 6.5, "Rangoon"],
    [7, 7, "BangkokHanoiJakarta Krasnoyarsk"],
    [8, 8, "IrkutskUlaanBataar KualaLumpurSingapore Perth Taipei"],
    [9, 9, "OsakaSapporoTokyo Seoul Yakutsk"],
    [9.5, 9.5, "Darwin"],
    [10, 10, "Brisbane GuamPortMoresby Vladivostok"],
    [10.5, 9.5, "Adelaide"],
    [11, 10, "CanberraMelbourneSydney Hobart"],
    [13, 12, "AucklandWellington"],
    [13, 13, "Nukualofa"],
  ])("%d and %d hours from UTC: %s", (january, july, names) => {
    for (const name of names.split(" ")) {
      const hours = [1, 7].map((month) => {
        const noon = local([2026, month, 15, 12, 0, 0]);
        return (noon - zone(name).toInstant(noon)) / 3600;
      });
      expect([name, ...hours]).toEqual([name, january, july]);
    }
  });

  it.each(["UTC", "GMT", "utc", "europe/berlin", "US/Eastern", "Etc/GMT+5", "EST5EDT"])(
    "knows %s",
    (name) => {
      expect(openZone(name)).toBeDefined();
    },
  );

  it("knows Microsoft's own names where all their places keep one time", () => {
    expect(openZone("EasternTimeUSCanada")?.id).toBe("America/New_York");
    expect(openZone("GreenwichMeanTimeDublinEdinburghLisbonLondon")?.id).toBe("Europe/London");
    expect(openZone("AthensBuckarestIstanbul")).toBeUndefined();
  });

  it.each([
    "",
    "EST",
    "MST",
    "CET",
    "PST",
    "+01:00",
    "-0500",
    "Z",
    "Foo/Bar",
    "Europe",
    "New York",
    "a".repeat(99),
  ])("does not take %j for a zone", (name) => {
    expect(openZone(name)).toBeUndefined();
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (name) => void openZone(name)));
  });
});
