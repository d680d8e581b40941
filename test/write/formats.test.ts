import { expect, it } from "vitest";
import { DESTINATIONS, destinationById } from "../../src/destinations/catalog.ts";
import {
  belongsTo,
  expandPattern,
  formatOf,
  innerName,
  partNames,
} from "../../src/write/formats.ts";

const bulk = destinationById("microsoft-bulk");

it.each([
  ["a.csv", "csv"],
  ["A.CSV", "csv"],
  ["a.b.tsv", "tsv"],
  ["a.zip", "csv.zip"],
  ["a.csv.zip", "csv.zip"],
  ["a.tsv.zip", "tsv.zip"],
])("%s is written as %s", (path, format) => {
  expect(formatOf(bulk, path)).toBe(format);
});

it.each(["a.xlsx", "a.jsonl", "a.txt", "a", "csv", "a.csv.gz", ""])("%j is refused", (path) => {
  expect(() => formatOf(bulk, path)).toThrow(expect.objectContaining({ code: "usage" }));
});

it("names the file in a zip like the zip", () => {
  expect(innerName("x/leads.zip", "csv.zip")).toBe("leads.csv");
  expect(innerName("x/leads.csv.zip", "csv.zip")).toBe("leads.csv");
  expect(innerName("x/leads.tsv.zip", "tsv.zip")).toBe("leads.tsv");
});

it("names parts so that they sort, and knows them again", () => {
  expect(partNames("x/a.csv.zip", 1)).toEqual(["x/a.csv.zip"]);
  const names = partNames("x/a.csv.zip", 12);
  expect(names[0]).toBe("x/a-0001-of-0012.csv.zip");
  expect(names.toSorted()).toEqual(names);
  for (const name of names) expect(belongsTo("x/a.csv.zip", name.slice(2))).toBe(true);
  for (const name of [
    "a-0001-of-0012.csv",
    "a-1-of-2.csv.zip",
    "b-0001-of-0012.csv.zip",
    "a.zip",
  ]) {
    expect(belongsTo("x/a.csv.zip", name), name).toBe(false);
  }
});

it("makes one path for each destination out of a pattern", () => {
  const both = [bulk, destinationById("adobe")];
  expect(expandPattern("x/{destination}.csv", both)).toEqual([
    "x/microsoft-bulk.csv",
    "x/adobe.csv",
  ]);
  expect(expandPattern("{to}/{to}.{extension}", both)).toEqual([
    "microsoft-bulk/microsoft-bulk.csv",
    "adobe/adobe.xlsx",
  ]);
  expect(expandPattern("a.csv", [bulk])).toEqual(["a.csv"]);
  expect(() => expandPattern("a.csv", DESTINATIONS)).toThrow(
    expect.objectContaining({ code: "usage" }),
  );
  expect(() => expandPattern("{to}.csv", [bulk, bulk])).toThrow("one output name");
});
