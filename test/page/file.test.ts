/** The built page as a file: its size, its parts, and that the same tree gives the same bytes. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { firsthash, ROOT, scratch } from "../helpers/run.ts";

const read = (name: string) => readFileSync(join(ROOT, "dist-page", name), "utf8");
const page = read("firsthash.html");
const modules = read("modules.txt").trim().split("\n");
const sha256 = (text: string, encoding: "hex" | "base64") =>
  createHash("sha256").update(text).digest(encoding);

/** The frame's document, as a browser reads the attribute. */
function frame(): string {
  const srcdoc = /srcdoc='([^']*)'/.exec(page)?.[1] ?? "";
  return srcdoc.replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}

describe("dist-page/firsthash.html", () => {
  it("has at most 800 KiB, and 230 KiB packed", () => {
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(800 * 1024);
    expect(gzipSync(page, { level: 9 }).length).toBeLessThanOrEqual(230 * 1024);
  });

  it("has its SHA-256 beside it", () => {
    expect(read("firsthash.html.sha256")).toBe(`${sha256(page, "hex")}  firsthash.html\n`);
  });

  it("allows the scripts and styles that it holds, and no others", () => {
    const inner = frame();
    const policies = [page.slice(0, page.indexOf("<iframe")), inner].map(
      (part) => /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(part)?.[1] ?? "",
    );
    expect(policies[0]).toBe(policies[1]);
    const hashes = (directive: string) =>
      new RegExp(`${directive} ([^;]+)`).exec(policies[0] ?? "")?.[1]?.split(" ");
    const quoted = (text: string) => `'sha256-${sha256(text, "base64")}'`;
    const script = /<script>([\s\S]*)<\/script>/.exec(inner)?.[1] ?? "";
    expect(hashes("script-src")).toEqual([quoted(script)]);
    const styles = [page, inner].map((part) => /<style>([\s\S]*?)<\/style>/.exec(part)?.[1] ?? "");
    expect(hashes("style-src")).toEqual(styles.map(quoted));
    expect(policies[0]).not.toMatch(/unsafe|https?:|\*|data:/);
  });

  it("holds no script outside of the frame", () => {
    const outside = page.replace(/srcdoc='[^']*'/, "");
    expect(outside).not.toMatch(/<script|\son\w+=/);
    expect(page).toContain('sandbox="allow-scripts allow-downloads"');
  });

  it("holds all packages in the worker, and none in the frame", () => {
    expect(modules.filter((line) => line.startsWith("page node_modules/"))).toEqual([]);
    expect(
      modules.filter((line) => line.startsWith("worker node_modules/")).length,
    ).toBeGreaterThan(20);
    expect(modules.filter((line) => /src\/(?:cli|upload)\//.test(line))).toEqual([]);
  });

  it("names the license of each package that it holds", () => {
    const names = new Set(
      modules.flatMap((line) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(line)?.[1] ?? []),
    );
    expect(names.size).toBeGreaterThan(5);
    for (const name of names) expect(page).toMatch(new RegExp(`^${name} [\\d.]+$`, "m"));
  });

  it("is made again to the byte", async () => {
    const { buildPage } = await import("../../scripts/page.js");
    expect(sha256((await buildPage()).html, "hex")).toBe(sha256(page, "hex"));
  });
});

describe("firsthash page", () => {
  it("writes the page, and says its SHA-256", async () => {
    const file = join(scratch(), "firsthash.html");
    const { code, stdout, stderr } = await firsthash(["page", "-o", file]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: "",
      stderr: `sha256  ${sha256(page, "hex")}\n`,
    });
    expect(readFileSync(file, "utf8")).toBe(page);
  });

  it("replaces nothing without --force, and writes no other kind of file", async () => {
    const file = join(scratch(), "firsthash.html");
    await firsthash(["page", "-o", file, "--quiet"]);
    expect((await firsthash(["page", "-o", file])).code).toBe(4);
    const { code, stderr } = await firsthash(["page", "-o", "page.csv"]);
    expect(code).toBe(2);
    expect(stderr).toContain("the page is written to an .html file");
  });
});
