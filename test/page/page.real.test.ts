/** The page in a browser: the bytes, what it says, who can use it, and what it does when something is wrong. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, go, launch, type OpenPage, openPage, put, saved, set } from "../helpers/page.ts";
import { firsthash, ROOT, SAMPLES, scratch } from "../helpers/run.ts";
import { SAMPLE_OUTPUTS } from "../helpers/samples.ts";

const sample = (name: string) => join(SAMPLES, name);
const INPUTS = { conversions: sample("conversions.csv"), contacts: sample("contacts.csv") };
const SETTINGS = { timeZone: "America/New_York", country: "US", asOf: "2026-11-20T12:00:00Z" };

/** Flags of the sample commands, by the settings of the page. */
const FIELDS: Readonly<Record<string, string>> = {
  "--layout": "layout",
  "--max-refused": "maxRefused",
  "--google-account": "googleAccount",
  "--google-action": "googleAction",
  "--ad-user-data": "adUserData",
};

const PREPARED = SAMPLE_OUTPUTS.filter(({ args }) => args[0] === "prepare");

describe.skipIf(CHROMIUM === undefined)("the page", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
  });

  /** A page of its own for each, closed at the end. */
  async function withPage<Value>(work: (page: OpenPage) => Promise<Value>): Promise<Value> {
    const open = await openPage(browser);
    try {
      return await work(open);
    } finally {
      await open.context.close();
    }
  }

  it.each(PREPARED)("makes samples/outputs/$file, to the byte", ({ file, args }) =>
    withPage(async (open) => {
      const value = (flag: string) => args[args.indexOf(flag) + 1] as string;
      const format =
        file.endsWith(".zip") && !file.endsWith(".tsv.zip")
          ? "csv.zip"
          : file.slice(file.indexOf(".") + 1);
      const to = value("--to");
      await put(open, INPUTS);
      await set(open, { to: `${to}/${format}`, ...SETTINGS });
      if (args.includes("--template")) {
        await open.frame.setInputFiles("#set-template", join(ROOT, value("--template")));
      }
      for (const [flag, name] of Object.entries(FIELDS)) {
        if (args.includes(flag)) await set(open, { [name]: value(flag) });
      }
      await go(open);
      const made = await saved(open, `${to}.${format}`);
      expect(made.equals(readFileSync(sample(`outputs/${file}`)))).toBe(true);
    }),
  );

  const encodings: readonly { files: Record<string, string> }[] = [
    ...["cr", "crlf", "utf-16le-bom", "utf-8-bom", "quoted", "pipe", "sep-line"].map((name) => ({
      files: {
        conversions: sample(`encodings/conversions.${name}.csv`),
        contacts: sample(`encodings/contacts.${name}.csv`),
      },
    })),
    {
      files: {
        conversions: sample("encodings/conversions.xlsx"),
        contacts: sample("encodings/contacts.xlsx"),
      },
    },
  ];

  it.each(encodings)("makes the same of $files.contacts as the command line", ({ files }) =>
    withPage(async (open) => {
      const { conversions = "", contacts = "" } = files;
      const output = join(scratch(), "microsoft-bulk.csv");
      const flags = [
        "--country",
        "US",
        "--time-zone",
        "America/New_York",
        "--as-of",
        SETTINGS.asOf,
      ];
      const run = await firsthash([
        "prepare",
        "--conversions",
        conversions,
        "--contacts",
        contacts,
        ...flags,
        "-o",
        output,
      ]);
      expect(run.code).toBe(0);
      await put(open, { conversions, contacts });
      await set(open, SETTINGS);
      await go(open);
      expect((await saved(open, "microsoft-bulk.csv")).equals(readFileSync(output))).toBe(true);
    }),
  );

  it("saves the report, the rows to mend, and settings that the command line takes to make the same file", () =>
    withPage(async (open) => {
      await put(open, INPUTS);
      await set(open, SETTINGS);
      await go(open);
      const folder = scratch();
      writeFileSync(join(folder, "firsthash.json"), await saved(open, "firsthash.json"));
      for (const name of ["conversions.csv", "contacts.csv"]) {
        writeFileSync(join(folder, name), readFileSync(sample(name)));
      }
      const run = await firsthash(
        ["prepare", "--config", "firsthash.json", "--as-of", SETTINGS.asOf],
        { cwd: folder },
      );
      expect(run.stderr).toContain("19 of 24 rows");
      const made = readFileSync(join(folder, "microsoft-bulk.csv"));
      expect(made.equals(readFileSync(sample("outputs/microsoft-bulk.csv")))).toBe(true);
      const rejects = (await saved(open, "rows-to-mend.csv")).toString("utf8");
      expect(rejects).toContain(",18,,refused,");
      expect(
        rejects.split("\r\n").filter((line) => line.startsWith("prepare,conversions.csv,")),
      ).toHaveLength(5);
      const report = (await saved(open, "report.html")).toString("utf8");
      expect(report).toMatch(/default-src &#39;none&#39;; style-src &#39;sha256-/);
      const viewer = await open.context.newPage();
      await viewer.setContent(report);
      const width = await viewer
        .locator(".report")
        .evaluate(
          (element) => element.ownerDocument.defaultView?.getComputedStyle(element).maxWidth,
        );
      expect(width).toBe("960px");
    }));

  it("asks for what is not known, the zone above all, and takes none from the machine", () =>
    withPage(async (open) => {
      await put(open, INPUTS);
      expect(await open.frame.inputValue("#set-timeZone")).toBe("");
      const said = await go(open);
      expect(said).toContain("Still needed");
      expect(said).toContain("Time zone of the times");
      await open.frame.click("#outcome a");
      expect(await open.frame.locator(":focus").evaluate(({ id }) => id)).toBe("set-timeZone");
      expect(await open.frame.content()).not.toContain("selected>Pacific");
    }));

  it("takes two files of one name for what they are", () =>
    withPage(async (open) => {
      const folder = scratch();
      const twin = (name: string, of: string) => {
        mkdirSync(join(folder, name));
        const path = join(folder, name, "export.csv");
        writeFileSync(path, readFileSync(sample(of)));
        return path;
      };
      await put(open, {
        conversions: twin("a", "conversions.csv"),
        contacts: twin("b", "contacts.csv"),
      });
      await set(open, SETTINGS);
      await go(open);
      const made = await saved(open, "microsoft-bulk.csv");
      expect(made.equals(readFileSync(sample("outputs/microsoft-bulk.csv")))).toBe(true);
    }));

  it("reads no column that the user takes away", () =>
    withPage(async (open) => {
      await put(open, INPUTS);
      await set(open, SETTINGS);
      const { frame } = open;
      const phone = frame.locator("select[data-slot=contacts]", {
        has: frame.locator("option[value=phone][selected]"),
      });
      await phone.selectOption("");
      await frame.waitForSelector('.found[aria-busy="false"] #contacts-col-1', {
        state: "attached",
      });
      const said = await go(open);
      expect(said).not.toContain("phone only");
      const config = JSON.parse((await saved(open, "firsthash.json")).toString("utf8"));
      expect(config.column.phone).toEqual([]);
    }));

  it.each([
    ["is empty", Buffer.alloc(0)],
    ["utf-8 or a workbook", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13])],
  ])("says what is wrong with a file: %s", (what, content) =>
    withPage(async (open) => {
      const file = join(scratch(), "wrong.csv");
      writeFileSync(file, content);
      await put(open, { conversions: file });
      const said = (await open.frame.textContent("#first .doubt")) ?? "";
      expect(said).toContain("wrong.csv");
      if (content.length === 0) expect(said).toContain(what);
      expect(open.said.filter((line) => !/webrtc/.test(line))).toEqual([]);
    }),
  );

  it("stops, makes nothing, and goes on from there", () =>
    withPage(async (open) => {
      const file = join(scratch(), "large.csv");
      const row = (at: number) => `${at},person${at}@example.com,Sale,2026-11-10T10:00:00Z,5\n`;
      writeFileSync(
        file,
        `Id,Email,Conversion Name,Conversion Time,Value\n${Array.from({ length: 400_000 }, (_, at) => row(at)).join("")}`,
      );
      await put(open, { conversions: file });
      await set(open, { asOf: SETTINGS.asOf });
      await open.frame.click("#go");
      await open.frame.click("#stop");
      await open.frame.waitForSelector("#go");
      expect(await open.frame.textContent("#outcome")).toContain("Stopped. Nothing was made.");
      await open.frame.click("#conversions-remove");
      await put(open, INPUTS);
      await set(open, SETTINGS);
      expect(await go(open)).toContain("19 of 24 rows written");
    }));

  it("shows no cell of a file, says none, and asks for nothing", () =>
    withPage(async (open) => {
      const cells = ["conversions.csv", "contacts.csv"].flatMap((name) =>
        readFileSync(sample(name), "utf8")
          .split("\n")
          .slice(1)
          .flatMap((line) => line.split(",")),
      );
      const personal = cells.filter((cell) => /@|^\+?[\d() -]{9,}$/.test(cell));
      expect(personal.length).toBeGreaterThan(30);
      await put(open, INPUTS);
      await set(open, SETTINGS);
      await go(open);
      const texts = [await open.frame.content(), await open.page.content(), ...open.said];
      for (const name of ["rows-to-mend.csv", "report.html", "report.json", "firsthash.json"]) {
        texts.push((await saved(open, name)).toString("utf8"));
      }
      const all = texts.join("\n").replace(/<script[\s\S]*?<\/script>|srcdoc="[^"]*"/g, "");
      expect(personal.filter((cell) => all.includes(cell.trim()))).toEqual([]);
      expect(open.requests.filter((url) => !/^(?:file|blob|about):/.test(url))).toEqual([]);
    }));

  it("checks an upload file, and hashes contacts as the command line does", () =>
    withPage(async (open) => {
      await open.frame.check("#job-verify");
      await put(open, { upload: sample("outputs/microsoft-bulk.csv") });
      expect(await go(open)).toContain("No error was found.");
      await put(open, { upload: sample("contacts.csv") });
      expect(await go(open)).toContain("is not an upload file we recognise");
      await open.frame.check("#job-hash");
      await put(open, { people: sample("contacts.csv") });
      await set(open, { country: "US" });
      await go(open);
      const run = await firsthash([
        "hash",
        "samples/contacts.csv",
        "--key",
        "Contact ID",
        "--country",
        "US",
        "--max-refused",
        "100",
      ]);
      expect((await saved(open, "hashes.csv")).toString("utf8")).toBe(run.stdout);
    }));

  it("computes all published vectors in its worker", () =>
    withPage(async (open) => {
      const names = [
        "email.microsoft-2026-11",
        "email.google-2026-11",
        "phone.e164-2026-11",
        "hashed",
      ];
      await open.frame.setInputFiles(
        "#vectors-file",
        names.map((name) => join(ROOT, `vectors/${name}.json`)),
      );
      await open.frame.waitForSelector("text=/All hold: [\\d,]+ vectors|do not hold/");
      expect(await open.frame.textContent("#about")).toContain("All hold");
    }));

  it("shows its policy, and that the browser refuses to send", () =>
    withPage(async (open) => {
      await open.frame.click("#try");
      await open.frame.waitForSelector("text=Refused by your browser (connect-src)");
      expect(await open.frame.textContent("#about")).toContain("connect-src 'none'");
    }));

  it("has nothing that axe-core finds wrong, empty and full, light and dark", () =>
    withPage(async (open) => {
      const axe = readFileSync(
        createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
        "utf8",
      );
      const check = async () => {
        await open.frame.evaluate(axe);
        const found = await open.frame.evaluate(async () => {
          const { violations } = await (
            globalThis as never as {
              axe: {
                run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
              };
            }
          ).axe.run();
          return violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 90)).join(" | ")}`,
          );
        });
        expect(found).toEqual([]);
      };
      await check();
      await put(open, INPUTS);
      await go(open);
      await check();
      await set(open, SETTINGS);
      await go(open);
      await check();
      await open.page.emulateMedia({ colorScheme: "dark" });
      await check();
      await open.frame.check("#job-verify");
      await put(open, { upload: sample("contacts.csv") });
      await go(open);
      await check();
    }));

  it("can be used by the keyboard alone", () =>
    withPage(async (open) => {
      const { page, frame } = open;
      const active = () =>
        frame.locator("body").evaluate((body) => body.ownerDocument.activeElement?.id ?? "");
      const tabTo = async (id: string) => {
        for (let step = 0; step < 80 && (await active()) !== id; step++)
          await page.keyboard.press("Tab");
        expect(await active()).toBe(id);
      };
      for (const [slot, path] of Object.entries(INPUTS)) {
        await tabTo(`${slot}-file`);
        const [chooser] = await Promise.all([
          page.waitForEvent("filechooser"),
          page.keyboard.press("Space"),
        ]);
        await chooser.setFiles(path);
        await frame.waitForSelector(`#${slot}-remove`);
      }
      await frame.waitForSelector("#set-timeZone");
      await tabTo("set-timeZone");
      await page.keyboard.type("America/New_York");
      await tabTo("go");
      await page.keyboard.press("Enter");
      await frame.waitForSelector("#outcome:not([hidden]) > *");
      expect(await active()).toBe("outcome");
      await page.keyboard.press("Tab");
      expect(
        await frame
          .locator(":focus")
          .evaluate((element) => element?.closest(".save, .doubt") !== null),
      ).toBe(true);
    }));
});
