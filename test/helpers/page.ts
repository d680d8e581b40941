/** The built page in Debian's Chromium, driven as a user drives it. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Frame,
  type Page,
} from "playwright-core";
import { program } from "./parts.ts";
import { ROOT } from "./run.ts";

export const CHROMIUM: string | undefined = program("chromium", "chromium");
export const PAGE_FILE = join(ROOT, "dist-page/firsthash.html");

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM ?? "", args: FLAGS });
}

/** A page that is open, and all that it said and asked for. */
export interface OpenPage {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly frame: Frame;
  /** What stood in the console, and errors that nobody caught. */
  readonly said: string[];
  /** Addresses that were asked for. */
  readonly requests: string[];
}

/** @param file another file than the built one */
export async function openPage(browser: Browser, file: string = PAGE_FILE): Promise<OpenPage> {
  const context = await browser.newContext({
    acceptDownloads: true,
    timezoneId: "Pacific/Auckland",
  });
  const page = await context.newPage();
  const said: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", ({ message }) => said.push(message));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  const frame = page.frames()[1];
  if (frame === undefined) throw new Error("the page has no frame");
  await frame.waitForSelector("#go");
  return { context, page, frame, said, requests };
}

/** What happened to the file that a click saves. */
export async function saved({ page, frame }: OpenPage, name: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    frame.click(`.save a[download="${name}"]`),
  ]);
  const path = join(mkdtempSync(join(tmpdir(), "firsthash-page-")), name);
  await download.saveAs(path);
  return readFileSync(path);
}

/** Puts files into their places, and waits until they were looked at. */
export async function put(
  { frame }: OpenPage,
  files: Readonly<Partial<Record<"conversions" | "contacts" | "upload" | "people", string>>>,
): Promise<void> {
  for (const [slot, path] of Object.entries(files)) {
    await frame.setInputFiles(`#${slot}-file`, path);
    await frame.waitForSelector(`#${slot}-remove`);
    if (slot !== "upload") {
      await frame.waitForSelector(
        `.found[aria-busy="false"] #${slot}-col-1, #${slot}-title ~ .doubt`,
        { state: "attached" },
      );
    }
  }
}

/** Fills settings, wherever they stand. */
export async function set(
  { frame }: OpenPage,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = frame.locator(`#set-${name}`);
    if (!(await field.isVisible())) await frame.click("#more summary");
    if ((await field.evaluate((element) => element.tagName)) === "SELECT") {
      await field.selectOption(value);
    } else {
      await field.fill(value);
      await field.press("Tab");
    }
  }
}

/** Makes, checks or hashes, and waits for what comes out. */
export async function go({ frame }: OpenPage): Promise<string> {
  await frame.$$eval("#outcome > *", (old) => {
    for (const element of old) element.setAttribute("data-old", "");
  });
  await frame.click("#go");
  await frame.waitForSelector("#outcome:not([hidden]) > :not([data-old])");
  return (await frame.textContent("#outcome")) ?? "";
}
