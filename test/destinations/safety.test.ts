import { expect, it } from "vitest";
import { textSafety } from "../../src/destinations/safety.ts";

it.each(["=1", "+1", "-1", "@a", "\ta", "\ra", "\na"])(
  "%j is refused where people open the file in a spreadsheet, else warned of, in text forms only",
  (text) => {
    for (const format of ["csv", "tsv", "csv.zip", "tsv.zip"] as const) {
      expect(textSafety(text, format, "spreadsheet").level).toBe("refusal");
      expect(textSafety(text, format, "server").level).toBe("warning");
    }
    expect(textSafety(text, "jsonl", "server").level).toBe("fine");
  },
);

it.each(["=1", "+1", "-1", "@a", "\ta", " a ", "a\nb", "é€𝄞"])(
  "%j is fine in a workbook",
  (text) => {
    expect(textSafety(text, "xlsx", "spreadsheet").level).toBe("fine");
  },
);

it.each(["a\0b", "a\x07", "a\rb", "a\uffff", "_x0041_"])(
  "%j is refused in a workbook, which cannot carry it exactly, and fine in CSV",
  (text) => {
    expect(textSafety(text, "xlsx", "spreadsheet").level).toBe("refusal");
    expect(textSafety(text, "csv", "spreadsheet").level).toBe("fine");
  },
);

it("half a surrogate pair is refused everywhere, a whole one nowhere", () => {
  for (const format of ["csv", "tsv", "csv.zip", "tsv.zip", "xlsx", "jsonl"] as const) {
    expect(textSafety("a\ud834", format, "server").level).toBe("refusal");
    expect(textSafety("a𝄞", format, "server").level).toBe("fine");
  }
});
