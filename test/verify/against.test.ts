import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bulk, bulkLine, EMAIL, EMAIL_2, PHONE, verifyText } from "./helpers.ts";

interface Case {
  readonly cell: string;
  readonly digests: Readonly<Record<string, string>>;
}

/** Made by python3's hashlib; see the comment in the file. */
const MISTAKES = JSON.parse(
  readFileSync(join(import.meta.dirname, "mistakes.json"), "utf8"),
) as Readonly<Record<"email" | "phone" | "international", Case>>;

const csv = (text: string) => [Buffer.from(text)];
const contacts = (...rows: string[]) => csv(`Email,Phone\n${rows.join("\n")}\n`);
const quoted = (cell: string) => `"${cell}"`;

async function against(lines: readonly string[], rows: readonly string[], country = "US") {
  const { against: report, findings } = await verifyText(bulk(...lines), {
    against: contacts(...rows),
    country,
  });
  if (report === undefined) throw new Error("no comparison");
  return { ...report, codes: findings.map(({ code }) => code) };
}

describe("a known mistake with e-mail addresses", () => {
  const { cell, digests } = MISTAKES.email;
  it.each(Object.entries(digests).filter(([code]) => code !== "right" && code !== "other-rules"))(
    "is told: %s",
    async (code, digest) => {
      const { email, codes } = await against(
        [bulkLine({ email: digest, phone: "" })],
        [`${quoted(cell)},`],
      );
      expect(email).toMatchObject({ rows: 1, right: 0, wrong: 1, unknown: 0, likely: code });
      expect(codes).toEqual(["digests-wrong"]);
    },
  );

  it("is told where the rule is Google's, and the address no Gmail", async () => {
    // printf %s jane.doe+x@contoso.com | sha256sum is what Google's rule and trim + lower case both give.
    const { email } = await against(
      [bulkLine({ email: digests.right ?? "", phone: "" })],
      [`${quoted(cell)},`],
    );
    expect(email).toEqual({ rows: 1, right: 1, wrong: 0, unknown: 0, mistakes: [] });
  });
});

describe("a known mistake with phone numbers", () => {
  it.each([
    ...Object.entries(MISTAKES.phone.digests).map(
      ([code, digest]) => [code, digest, MISTAKES.phone.cell] as const,
    ),
    ...Object.entries(MISTAKES.international.digests).map(
      ([code, digest]) => [code, digest, MISTAKES.international.cell] as const,
    ),
  ])("is told: %s (%#)", async (code, digest, cell) => {
    const { phone } = await against(
      [bulkLine({ email: EMAIL, phone: digest })],
      [`john@contoso.com,${quoted(cell)}`],
    );
    if (code === "right") expect(phone).toMatchObject({ right: 1, wrong: 0 });
    else {
      expect(phone).toMatchObject({ right: 0, wrong: 1, unknown: 0 });
      // Several mistakes may give one text; then the likelier one is named.
      const named = phone.likely as string;
      expect(MISTAKES.phone.digests[named] ?? MISTAKES.international.digests[named]).toBeDefined();
      if (cell === MISTAKES.phone.cell && code !== "digits") expect(named).toBe(code);
    }
  });
});

describe("a file and its contacts", () => {
  it("agree where every digest is a contact's", async () => {
    const report = await against(
      [bulkLine(), bulkLine({ email: EMAIL_2, phone: "" })],
      ["J.o.h.n+x@Contoso.com,(425) 555-1234", "test@contoso.com,"],
    );
    expect(report.email).toMatchObject({ rows: 2, right: 2, wrong: 0, unknown: 0 });
    expect(report.phone).toMatchObject({ rows: 1, right: 1, wrong: 0, unknown: 0 });
    expect(report.codes).toEqual([]);
    expect(report.columns).toEqual({ email: ["Email"], phone: ["Phone"] });
  });

  it("differ where a digest is nobody's", async () => {
    const { email, codes } = await against([bulkLine({ phone: "" })], ["ann@example.com,"]);
    expect(email).toMatchObject({ right: 0, wrong: 0, unknown: 1, mistakes: [] });
    expect(codes).toEqual(["digests-untraced"]);
  });

  it("cannot be compared where the contacts have no such column: a warning only", async () => {
    const { against: compared, findings } = await verifyText(bulk(bulkLine({})), {
      against: csv("Email\nJ.o.h.n+x@Contoso.com\n"),
    });
    expect(compared?.phone).toMatchObject({ rows: 1, right: 0, wrong: 0, unknown: 1 });
    expect(findings.map(({ code }) => code)).toEqual(["digests-unknown"]);
  });

  it("tell the mistake that explains the right digests too, and count each row once", async () => {
    // A tool that trims and lower-cases: right for plain addresses, wrong where there are dots.
    // printf %s ann.lee@example.com | sha256sum; printf %s Bob.Ray@example.com | sha256sum
    const lower = "b7e0d8372a47f54bbefeb251ab9ac1e9e6b2d1983263de10196101be3961ed23";
    const raw = "0e3230e5be4647b114fe496158c6cb8cf74d58fc10f3b1d56c942352de21ad85";
    const report = await against(
      [lower, raw, EMAIL, EMAIL_2].map((email, i) => bulkLine({ email, phone: "", name: `L${i}` })),
      ["john@contoso.com,", "test@contoso.com,", "Ann.Lee@example.com,", "Bob.Ray@example.com,"],
    );
    expect(report.email).toMatchObject({ rows: 4, right: 2, wrong: 2, unknown: 0 });
    const { mistakes } = report.email;
    expect(mistakes.reduce((sum, { rows }) => sum + rows, 0)).toBe(2);
    expect(mistakes.map(({ code }) => code)).toEqual(["trimmed-lower-cased", "trimmed"]);
    expect(report.email.likely).toBe("trimmed-lower-cased");
  });

  it("tell digests that stand in the wrong column", async () => {
    const { email, phone } = await against(
      [bulkLine({ email: PHONE, phone: EMAIL })],
      ["john@contoso.com,+14255551234"],
    );
    expect(email).toMatchObject({ wrong: 1, likely: "other-column" });
    expect(phone).toMatchObject({ wrong: 1, likely: "other-column" });
  });

  it("are compared by digests where the contacts hold digests", async () => {
    const { against: report } = await verifyText(bulk(bulkLine()), {
      against: csv(`Hashed Email,Hashed Phone\n${EMAIL.toUpperCase()},${PHONE}\n`),
    });
    expect(report?.email.right).toBe(1);
    expect(report?.phone.right).toBe(1);
  });

  it("are not compared where no column of the contacts is known", async () => {
    const options = { against: csv("Name,City\nAnn,Berlin\n") };
    await expect(verifyText(bulk(bulkLine()), options)).rejects.toMatchObject({ code: "usage" });
  });

  it("take the country of the contact's row before that of the run", async () => {
    // printf %s +442079460018 | sha256sum
    const british = MISTAKES.international.digests.right ?? "";
    const { against: report } = await verifyText(bulk(bulkLine({ phone: british })), {
      against: csv("Email,Phone,Country\njohn@contoso.com,020 7946 0018,UK\n"),
      country: "US",
    });
    expect(report?.phone.right).toBe(1);
  });
});
