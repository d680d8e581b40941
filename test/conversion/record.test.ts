import { describe, expect, it } from "vitest";
import { currencyOption } from "../../src/conversion/currency.ts";
import { decideValues } from "../../src/conversion/money.ts";
import { goalOption, parseGoalMap } from "../../src/conversion/names.ts";
import {
  type ConversionField,
  ConversionSurvey,
  createRecordReader,
  type RecordOptions,
  type RecordResult,
} from "../../src/conversion/record.ts";
import { decideTimes } from "../../src/conversion/time/time.ts";
import { loadZones } from "../../src/conversion/time/zone.ts";
import type { RowBatch } from "../../src/read/types.ts";

await loadZones();

const NOW = 1_795_305_600;
const TIME = "2026-11-19T13:05:09Z";
const INSTANT = 1_795_093_509;

const FIELDS = [
  "name",
  "stage",
  "time",
  "value",
  "currency",
  "click-id",
  "client-id",
  "attribution-credit",
  "attribution-model",
] as const satisfies readonly ConversionField[];

type Row = Partial<Record<ConversionField, string>>;

function batchOf(rows: readonly (readonly string[])[]): RowBatch {
  return {
    length: rows.length,
    line: (row) => row + 2,
    width: (row) => rows[row]?.length ?? 0,
    cell: (row, column) => rows[row]?.[column] ?? "",
    progress: 1,
  };
}

type Choices = Partial<Omit<RecordOptions, "times" | "values">>;

function readAll(cells: readonly (readonly string[])[], choices: Choices = {}): RecordResult[] {
  const batch = batchOf(cells);
  const columns =
    choices.columns ?? Object.fromEntries(FIELDS.map((field, index) => [field, [index]]));
  const survey = new ConversionSurvey(columns);
  for (let row = 0; row < batch.length; row++) survey.observe(batch, row);
  const reader = createRecordReader({
    region: undefined,
    times: decideTimes(survey.times, { asOf: NOW }),
    values: decideValues(survey.values),
    ...choices,
    columns,
  });
  return cells.map((_, row) => reader.read(batch, row));
}

function readOne(row: Row, choices: Choices = {}): RecordResult {
  const [result] = readAll([FIELDS.map((field) => row[field] ?? "")], choices);
  if (result === undefined) throw new Error("no row");
  return result;
}

describe("a conversion row", () => {
  it("with all fields is a conversion", () => {
    const row: Row = {
      name: "Lead closed",
      time: TIME,
      value: "1,234.50",
      currency: "usd",
      "click-id": "F894F652-EA33-4E73-9002-F7167AB8F8E3",
      "client-id": "0065g0000000012345",
      "attribution-credit": "0.5",
      "attribution-model": "Linear",
    };
    expect(readOne(row)).toEqual({
      ok: true,
      conversion: {
        line: 2,
        name: "Lead closed",
        time: INSTANT,
        value: "1234.5",
        currency: "USD",
        clickId: "f894f652ea334e739002f7167ab8f8e3",
        clientId: "0065g0000000012345",
        attribution: { credit: "0.5", model: "Linear" },
      },
      warnings: [],
    });
  });

  it("with a name and a time is a conversion without the other fields", () => {
    const result = readOne({ name: "Lead closed", time: TIME });
    expect(result).toEqual({
      ok: true,
      conversion: { line: 2, name: "Lead closed", time: INSTANT, clientId: "row-2" },
      warnings: [],
    });
    expect(result.ok && Object.keys(result.conversion)).toEqual([
      "line",
      "name",
      "time",
      "clientId",
    ]);
  });

  it("with every defect is refused for the first of a fixed order", () => {
    const bad: Row = {
      name: "",
      time: "x",
      currency: "$$",
      value: "x",
      "click-id": "x",
      "client-id": "jane@example.com",
      "attribution-credit": "x",
      "attribution-model": "x",
    };
    const mended = [
      ["name-missing", {}],
      ["time-unreadable", { name: "Lead" }],
      ["currency-malformed", { time: TIME }],
      ["value-unreadable", { currency: "USD" }],
      ["click-id-malformed", { value: "5" }],
      ["client-id-looks-personal", { "click-id": "" }],
      ["attribution-malformed", { "client-id": "A1" }],
    ] as const satisfies readonly (readonly [string, Row])[];
    for (const [reason, change] of mended) {
      Object.assign(bad, change);
      expect(readOne(bad)).toEqual({ ok: false, reason });
    }
    expect(readOne({ ...bad, "attribution-credit": "1" }).ok).toBe(true);
  });

  it("takes the first cell that is not absent of several columns", () => {
    const columns = { name: [0], time: [1, 2], "client-id": [4, 3] };
    const results = readAll(
      [
        ["Lead", "", TIME, "a", "b"],
        ["Lead", "n/a", TIME, "a", "-"],
        ["Lead", "x", TIME],
      ],
      { columns },
    );
    expect(results[0]).toMatchObject({ conversion: { time: INSTANT, clientId: "b" } });
    expect(results[1]).toMatchObject({ conversion: { time: INSTANT, clientId: "a" } });
    expect(results[2]).toEqual({ ok: false, reason: "time-unreadable" });
  });

  it("takes the name from the constant, then the map, then its own column", () => {
    const row: Row = { name: "Own", stage: "Won", time: TIME };
    const goal = goalOption("Constant");
    const goalMap = parseGoalMap({ Won: "Mapped", Lost: null });
    expect(readOne(row)).toMatchObject({ conversion: { name: "Own" } });
    expect(readOne(row, { goalMap })).toMatchObject({ conversion: { name: "Mapped" } });
    expect(readOne(row, { goal, goalMap })).toMatchObject({ conversion: { name: "Constant" } });
    expect(readOne({ ...row, stage: "Lost" }, { goalMap })).toEqual({
      ok: false,
      reason: "stage-left-out",
    });
    expect(readOne({ ...row, stage: "Open" }, { goalMap })).toEqual({
      ok: false,
      reason: "stage-not-mapped",
    });
  });

  it("with a constant name warns of spaces around it", () => {
    const row: Row = { time: TIME };
    expect(readOne(row, { goal: goalOption("Sale ") })).toMatchObject({
      conversion: { name: "Sale " },
      warnings: ["name-outer-space"],
    });
    expect(readOne(row, { goal: goalOption("Sale") })).toMatchObject({ warnings: [] });
  });

  it("takes the first stage that is not absent, and one called None when the map names it", () => {
    const columns = { stage: [0, 1], time: [2] };
    const goalMap = parseGoalMap({ Won: "Sale", None: "Nothing" });
    const results = readAll(
      [
        ["n/a", "Won", TIME],
        [" None ", "Won", TIME],
        ["", "-", TIME],
      ],
      { columns, goalMap },
    );
    expect(results).toMatchObject([
      { conversion: { name: "Sale" } },
      { conversion: { name: "Nothing" } },
      { ok: false, reason: "name-missing" },
    ]);
  });

  it("with a client id over 100 characters is refused", () => {
    const row: Row = { name: "Lead", time: TIME };
    expect(readOne({ ...row, "client-id": "x".repeat(101) })).toEqual({
      ok: false,
      reason: "client-id-too-long",
    });
    expect(readOne({ ...row, "client-id": "x".repeat(100) }).ok).toBe(true);
  });

  it("compares the currency beside a value with the row's own before the default", () => {
    const row: Row = { name: "Lead", time: TIME, value: "5 €", currency: "EUR" };
    expect(readOne(row, { currency: currencyOption("USD") })).toMatchObject({
      conversion: { value: "5", currency: "EUR" },
    });
    expect(readOne({ ...row, value: "5 TRY", currency: "" })).toMatchObject({
      conversion: { value: "5", currency: "TRY" },
    });
  });

  it("reads values by the decimal mark that the column shows", () => {
    const columns = { name: [0], time: [1], value: [2] };
    const results = readAll(
      [
        ["Lead", TIME, "1,234"],
        ["Lead", TIME, "1,50"],
      ],
      { columns },
    );
    expect(results).toMatchObject([
      { conversion: { value: "1.234" } },
      { conversion: { value: "1.5" } },
    ]);
  });

  it("gives the default currency to values only", () => {
    const currency = currencyOption("EUR");
    const lead = { name: "Lead", time: TIME } as const;
    expect(readOne({ ...lead, value: "5" }, { currency })).toMatchObject({
      conversion: { currency: "EUR" },
    });
    expect(readOne({ ...lead, value: "5", currency: "USD" }, { currency })).toMatchObject({
      conversion: { currency: "USD" },
    });
    const none = readOne(lead, { currency });
    expect(none.ok && none.conversion.currency).toBeUndefined();
    expect(readOne({ ...lead, value: "$5" }, { currency })).toEqual({
      ok: false,
      reason: "value-currency-differs",
    });
    expect(readOne({ ...lead, value: "5 GBP" })).toMatchObject({ conversion: { currency: "GBP" } });
  });

  it.each([
    [{ currency: "USD" }, ["currency-without-value"]],
    [{ currency: "TRY", value: "5" }, []],
    [{ name: "Lead " }, ["name-outer-space"]],
    [{ time: "1795305600" }, ["time-within-last-hour"]],
    [{ time: String(NOW - 90 * 86_400) }, []],
  ])("with %j warns of %j", (change, warnings) => {
    expect(readOne({ name: "Lead", time: TIME, ...change })).toMatchObject({ ok: true, warnings });
  });
});

describe("a client id that is the row's own address or number", () => {
  const columns = { name: [0], time: [1], "client-id": [2], email: [3], phone: [4, 5] };
  const read = (id: string, email = "", phone = "", other = "") =>
    readAll([["Sale", TIME, id, email, phone, other]], { columns })[0];
  const refused = { ok: false, reason: "client-id-looks-personal" };

  it.each([
    ["2065550101", "(206) 555-0101"],
    ["12065550101", "+1 206 555 0101"],
    ["2065550101", "+1 (206) 555-0101"],
    ["5550101", "206-555-0101"],
    ["12065550101", "(206) 555-0101"],
    ["447700900123", "07700 900123"],
    ["00447700900123", "07700 900123"],
    ["07700900123", "+44 (0)7700 900123"],
  ])("is refused: %s of %s", (id, phone) => {
    expect(read(id, "", phone)).toEqual(refused);
    expect(read(id, "", "", phone)).toEqual(refused);
  });

  it("is refused for an address without a dot behind the @", () => {
    expect(read("Jane@intranet", " jane@INTRANET ")).toEqual(refused);
  });

  it("is another number or none: the row passes", () => {
    expect(read("2065550102", "", "(206) 555-0101")).toMatchObject({ ok: true });
    expect(read("0101", "", "(206) 555-0101")).toMatchObject({ ok: true });
    expect(read("0000550101", "", "(206) 555-0101")).toMatchObject({ ok: true });
    expect(read("20262065550101", "", "(206) 555-0101")).toMatchObject({ ok: true });
    expect(read("", "", "(206) 555-0101")).toMatchObject({ ok: true });
  });
});

describe("a name, a value or a model that is the row's own number", () => {
  const columns = {
    name: [0],
    time: [1],
    value: [2],
    phone: [3],
    "attribution-credit": [4],
    "attribution-model": [5],
  };
  const read = (name: string, value: string, phone: string, model = "Linear") =>
    readAll([[name, TIME, value, phone, "0.5", model]], { columns })[0];

  it.each([
    ["name-looks-personal", "Call 206 555 0101", "5", "(206) 555-0101"],
    ["name-looks-personal", "2065550101", "5", "+1 206 555 0101"],
    ["name-looks-personal", "2065550101 called", "5", "+1 206 555 0101"],
    ["value-looks-personal", "Sale", "2065550101", "(206) 555-0101"],
    ["value-looks-personal", "Sale", "0049 171 1234567", "(206) 555-0101"],
  ])("is refused as %s: %s, %s of %s", (reason, name, value, phone) => {
    expect(read(name, value, phone)).toMatchObject({ ok: false });
    expect([reason, "value-unreadable"]).toContain(
      (read(name, value, phone) as { reason: string }).reason,
    );
  });

  it("passes where it is another number", () => {
    expect(read("Order 2065550102", "2065550103", "(206) 555-0101")).toMatchObject({ ok: true });
  });
});
