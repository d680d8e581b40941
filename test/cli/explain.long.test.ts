import { spawn, spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { expectNoPlaintext } from "../../src/testing/testing.ts";
import { BIN, firsthash } from "../helpers/run.ts";

const ALLOW = "--allow-plaintext-output";
// printf %s janedoe@contoso.com | sha256sum
const DIGEST = "62a8040a00736e70808e43009b5c63c4f6229ced98f486d0968441b292b9858a";
// printf %s +14255550123 | sha256sum
const PHONE_DIGEST = "6dee31cf75946e409817e979fe66f9260b44eb804f3c6acc1cff462048efa4b6";

const explain = (input: string | Uint8Array, ...flags: string[]) =>
  firsthash(["explain", ALLOW, ...flags], { input });

describe("firsthash explain", () => {
  it("shows the steps, the text and the digest of each destination", async () => {
    const { code, stdout, stderr } = await explain(" Jane.Doe+news@Contoso.com\n");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^This shows the value in plain text/);
    expect(stdout).toMatch(/^ {3}7 {2}remove dots before the @ +"janedoe@contoso\.com"$/m);
    expect(stdout).toMatch(/^ {6}hashed text +"janedoe@contoso\.com"$/m);
    for (const destination of ["microsoft-bulk", "microsoft-import", "adobe", "microsoft-api"]) {
      expect(stdout).toMatch(new RegExp(`^${destination} +microsoft-2026-11 +${DIGEST}$`, "m"));
    }
    // printf %s jane.doe+news@contoso.com | sha256sum
    expect(stdout).toMatch(
      /^Google, to compare +google-2026-11 +79d1740b7a91943f4187df205ae4b40a3cff6bf1b596bf1774649de7e3825e37$/m,
    );
  });

  it("takes a phone number, and a country for it", async () => {
    const { code, stdout } = await explain("(425) 555-0123", "--country", "US");
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^adobe +e164-2026-11 +${PHONE_DIGEST}$`, "m"));
  });

  it("says why a value is refused and what to do, with exit code 1", async () => {
    const { code, stdout } = await explain("(425) 555-0123");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {3}7 {2}refused +a phone number without a country/m);
    expect(stdout).toContain("→ give --country");
  });

  it("takes --kind for what does not look like it, and --rules for one rule set", async () => {
    const wrong = await explain("jane.contoso.com", "--kind", "email", "--rules", "google-2026-11");
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toContain("(email-at-sign)");
    expect(wrong.stdout).not.toContain("microsoft");
  });

  it("writes what cannot be seen, or could steer a terminal, as escapes", async () => {
    const { stdout } = await explain("\u001b[31mja\u200bne\u00a0\u202e@contoso.com");
    expect(stdout).toContain('"\\u{1b}[31mja\\u{200b}ne\\u{a0}\\u{202e}@contoso.com"');
    expect(stdout).not.toMatch(/[\u001b\u200b\u00a0\u202e]/);
  });

  it("refuses to print the value to a file or pipe", async () => {
    const { code, stdout, stderr } = await firsthash(["explain"], { input: "jane@contoso.com" });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("not a terminal");
    expect(stderr).toContain(ALLOW);
    expectNoPlaintext(stderr, ["jane@contoso.com"]);
  });

  it.each([
    ["as an argument", ["jane.doe@contoso.com"]],
    ["behind a flag of no name", ["--email", "jane.doe@contoso.com"]],
    ["behind an equals sign", ["--email=jane.doe@contoso.com"]],
    ["as the kind", ["--kind", "jane.doe@contoso.com"]],
    ["as the rules", ["--rules=jane.doe@contoso.com"]],
  ])("does not take a value %s, and does not repeat it", async (_, args) => {
    const { code, stdout, stderr } = await firsthash(["explain", ALLOW, ...args], { input: "" });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/hint/);
    expectNoPlaintext(stderr, ["jane.doe@contoso.com", "jane.doe", "contoso"]);
  });

  it("says where an argument would stay", async () => {
    const { stderr } = await firsthash(["explain", "jane.doe@contoso.com"]);
    expect(stderr).toContain("shell's history");
  });

  it.each([
    ["nothing", "", 2, "no value"],
    ["two lines", "jane.doe@contoso.com\njohn.doe@contoso.com\n", 2, "more than one line"],
    ["a file", `${"x".repeat(70_000)}@contoso.com`, 3, "too long"],
  ])("refuses %s on standard input", async (_, input, code, says) => {
    const result = await explain(input);
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: "" });
    expect(result.stderr).toContain(says);
    expectNoPlaintext(result.stderr, ["jane.doe@contoso.com", "xxxxx"]);
  });
});

// util-linux's `script` gives the command a terminal; BSD's takes other flags.
const pty = /util-linux/.test(
  spawnSync("script", ["--version"], { encoding: "utf8" }).stdout ?? "",
);
if (!pty) console.warn("skipped: explain in a terminal, which needs `script` of util-linux");

/** Types `keys` after the prompt. */
function inTerminal(keys: string): Promise<{ code: number | null; output: string }> {
  const command = `"${process.execPath}" "${BIN}" explain --no-color`;
  const child = spawn("script", ["-qec", command, "/dev/null"], { stdio: "pipe" });
  let output = "";
  let typed = false;
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (typed || !output.includes("phone number): ")) return;
    typed = true;
    child.stdin.write(keys);
  });
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, output: output.replaceAll("\r", "") }));
  });
}

describe.skipIf(!pty)("firsthash explain in a terminal", () => {
  it("asks for the value and shows it", async () => {
    const { code, output } = await inTerminal("Jane.Doe@Contoso.com\r");
    expect(code).toBe(0);
    expect(output).toContain("value (e-mail address or phone number): ");
    expect(output).toMatch(new RegExp(`microsoft-bulk +microsoft-2026-11 +${DIGEST}`));
  });

  it("ends without a value when input ends", async () => {
    const { code, output } = await inTerminal("\u0004");
    expect(code).toBe(2);
    expect(output).toContain("no value was given");
  });

  it("stops at Ctrl-C", async () => {
    const { code, output } = await inTerminal("\u0003");
    expect(code).toBe(130);
    expect(output).toContain("interrupted");
  });
});
