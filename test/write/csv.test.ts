import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { csvLine } from "../../src/write/csv.ts";

it("quotes only what needs it", () => {
  expect(csvLine(["a", " b ", "", "c;d", "é"], ",")).toBe("a, b ,,c;d,é\r\n");
  expect(csvLine(["a,b", 'c"d', "e\nf", "g\rh", "i\tj"], ",")).toBe(
    '"a,b","c""d","e\nf","g\rh",i\tj\r\n',
  );
  expect(csvLine(["a,b", "i\tj"], "\t")).toBe('a,b\t"i\tj"\r\n');
});

it("writes cells of any text that another reader reads back", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\t", "\r", "\n", " ", "é", "𝄞") });
  const cells = fc.array(cell, { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(cells, fc.constantFrom<"," | "\t">(",", "\t"), (row, delimiter) => {
      const options = { delimiter, record_delimiter: "\r\n" };
      expect(parse(csvLine(row, delimiter), options)).toEqual([row]);
    }),
  );
});
