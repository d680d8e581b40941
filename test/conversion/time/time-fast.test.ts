import { expect, test } from "vitest";
import { fastIsoTime, parseTime } from "../../../src/conversion/time/parse.ts";
import { TimeText } from "../../../src/conversion/time/text.ts";
import { caseCount, type Random, seed, seededRandom } from "../../helpers/differential.ts";

/** A time of the form, or one that is off by a character or by a number out of range. */
function cell(random: Random): string {
  const two = (below: number) => String(random.int(below)).padStart(2, "0");
  const date = `${random.pick(["0000", "1900", "2024", "2026", "9999"])}-${two(15)}-${two(34)}`;
  const time = `${two(26)}:${two(62)}:${two(62)}`;
  let text = `${date}${random.pick(["T", " ", "t", "  ", ","])}${time}${random.pick(["", "Z", "z", " ", "+01:00", ".5Z"])}`;
  if (random.chance(0.3)) {
    const at = random.int(text.length);
    text =
      text.slice(0, at) +
      random.text(random.int(3), "0123456789-:T Z./é\u0660") +
      text.slice(at + 1);
  }
  return text;
}

test("reads what it reads as the full reader does", () => {
  const random = seededRandom(seed());
  const fast = new TimeText();
  const full = new TimeText();
  let read = 0;
  for (let n = 0; n < caseCount(10_000); n++) {
    const text = cell(random);
    if (!fastIsoTime(text, fast)) continue;
    read++;
    expect(parseTime(text, full, true), text).toBe(true);
    expect(fast, text).toEqual(full);
  }
  expect(read).toBeGreaterThan(caseCount(10_000) / 50);
});
