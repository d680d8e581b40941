/** The options that say how phone numbers are read, from the option to the digest in the file. */
import { createHash } from "node:crypto";
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { hashContacts, inspect, prepare } from "../../src/index.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Digits that are a number of Germany and, behind a plus, one of France. */
const FOREIGN = "33612345678";
const AS_FRENCH = sha256("+33612345678");
const AS_GERMAN = sha256("+4933612345678");

type Reading = {
  readonly phoneWithoutPlus?: "national" | "international";
  readonly countryFallback?: boolean;
  readonly country?: string;
};

function sink() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

async function prepared(phone: string, reading: Reading, country = ""): Promise<string> {
  const { stream, text } = sink();
  await prepare({
    conversions: [
      { Phone: phone, Country: country, "Conversion Name": "Sale", Time: "2026-11-19T10:00:00Z" },
    ],
    columns: { phone: "Phone", country: "Country", time: "Time" },
    country: "DE",
    asOf: "2026-11-20T12:00:00Z",
    maxRefused: 100,
    output: stream,
    ...reading,
  });
  return text();
}

async function hashed(phone: string, reading: Reading, country = ""): Promise<string> {
  const { stream, text } = sink();
  const contacts = [{ Phone: phone, Country: country }];
  await hashContacts({ contacts, country: "DE", maxRefused: 100, output: stream, ...reading });
  return text();
}

describe.each([
  ["prepare", prepared],
  ["hashContacts", hashed],
])("phone numbers in %s", (_name, run) => {
  it("without a plus are those of the country where that is said", async () => {
    const text = await run(FOREIGN, { phoneWithoutPlus: "national" });
    expect(text).toContain(AS_GERMAN);
    expect(text).not.toContain(AS_FRENCH);
  });

  it("without a plus are foreign ones where that is said", async () => {
    const text = await run(FOREIGN, { phoneWithoutPlus: "international" });
    expect(text).toContain(AS_FRENCH);
    expect(text).not.toContain(AS_GERMAN);
  });

  it("have no digest where nothing decides", async () => {
    expect(await run(FOREIGN, {})).not.toMatch(/[0-9a-f]{64}/);
  });

  it("of an unknown country are read in the run's where that is said, and only there", async () => {
    expect(await run("0171 1234567", {}, "Atlantis")).not.toMatch(/[0-9a-f]{64}/);
    const text = await run("0171 1234567", { countryFallback: true }, "Atlantis");
    expect(text).toContain(sha256("+491711234567"));
  });

  it("fall back to a country that was given", async () => {
    await expect(run("1", { countryFallback: true, country: undefined as never })).rejects.toThrow(
      /countryFallback/,
    );
  });
});

it("inspect counts numbers by the same reading", async () => {
  const usable = async (reading: Reading) =>
    (await inspect([{ Phone: FOREIGN }], { country: "DE", ...reading })).people?.phoneOnly;
  expect(await usable({})).toBe(0);
  expect(await usable({ phoneWithoutPlus: "international" })).toBe(1);
});

it("a run by the reference leaves no trace in the next one", async () => {
  const phone = "0171 1234567";
  const before = await prepared(phone, {});
  const { stream, text } = sink();
  await prepare({
    conversions: [{ Phone: phone, "Conversion Name": "Sale", Time: "2026-11-19T10:00:00Z" }],
    columns: { phone: "Phone", time: "Time" },
    country: "DE",
    asOf: "2026-11-20T12:00:00Z",
    reference: true,
    output: stream,
  });
  expect(text()).toBe(before);
});
