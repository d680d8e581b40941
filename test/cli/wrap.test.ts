import { expect, it } from "vitest";
import { needsPlainMarks, withPlainMarks } from "../../src/cli/charset.ts";
import { wrapLine } from "../../src/cli/wrap.ts";

const LINE =
  "refused       2 a local time that happens twice (clocks go back) (line 18), 漢字の見出し, and a/path/that/is/longer/than/the/line/of/the/narrowest/terminal.csv";

it.each([20, 30, 40, 50, 60, 80, 100, 120])("breaks no word at %i columns", (width) => {
  const lines = wrapLine(LINE, width);
  const words = LINE.split(/ +/);
  expect(lines.join(" ").split(/ +/).filter(Boolean)).toEqual(words);
  for (const line of lines) {
    // Wide characters take two columns.
    const columns = [...line].reduce((sum, letter) => sum + (letter > "\u2e80" ? 2 : 1), 0);
    if (line.trim().includes(" ")) expect(columns).toBeLessThanOrEqual(width);
  }
});

it("sets in what follows to where the text begins", () => {
  expect(wrapLine("refused       2 a local time that happens twice", 42)).toEqual([
    "refused       2 a local time that happens",
    "                twice",
  ]);
  expect(wrapLine("firsthash: hint: give the zone of these times with --time-zone", 40)).toEqual([
    "firsthash: hint: give the zone of these",
    "           times with --time-zone",
  ]);
});

it("leaves a line alone that fits, or where there is no terminal", () => {
  expect(wrapLine(LINE, undefined)).toEqual([LINE]);
  expect(wrapLine("next         upload it", 80)).toEqual(["next         upload it"]);
});

it.skipIf(process.platform === "win32")(
  "breaks a command as a shell takes it, never within quotes or between a flag and its value",
  () => {
    const command =
      'firsthash prepare --contacts crm.csv --key "Associated Contact IDs" --column email="Work Email" -o upload.csv';
    const lines = wrapLine(`next         ${command}`, 54).map((line) => line.slice(13));
    expect(lines).toEqual([
      "firsthash prepare --contacts crm.csv \\",
      '--key "Associated Contact IDs" \\',
      '--column email="Work Email" -o upload.csv',
    ]);
    expect(lines.join("\n").replaceAll(" \\\n", " ")).toBe(command);
  },
);

it("writes its own marks in ASCII, and leaves those of a file's name that it does not use", () => {
  expect(withPlainMarks("name <…> → größe.csv")).toBe("name <...> -> größe.csv");
  expect(withPlainMarks('… --key "Kunde – Nr."')).toBe('... --key "Kunde – Nr."');
});

it.each<[boolean, NodeJS.Platform, boolean, NodeJS.ProcessEnv]>([
  // Windows: a terminal takes text as it is; a pipe is read by the code page.
  [false, "win32", true, {}],
  [true, "win32", false, {}],
  [false, "linux", true, {}],
  [false, "linux", false, { LANG: "de_DE.UTF-8" }],
  [false, "linux", true, { LANG: "C.utf8" }],
  [true, "linux", true, { LANG: "de_DE.ISO-8859-1" }],
  [false, "linux", true, { LANG: "de_DE.ISO-8859-1", LC_ALL: "de_DE.UTF-8" }],
  [true, "linux", true, { TERM: "dumb" }],
])("asks for plain marks: %s on %s, terminal %s, %o", (plain, platform, isTTY, env) => {
  expect(needsPlainMarks({ isTTY }, env, platform)).toBe(plain);
});
