/** Records that are hashed as they pass. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { FirsthashError } from "../../src/base/errors.ts";
import { type HashedRecord, hashingStream, hashRecords } from "../../src/entries/hash.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** As a program declares its rows: an interface has no index signature. */
interface Customer {
  id: number;
  mail: string | null;
  mail2?: string;
  tel: string | null;
  land: string | null;
  name: string;
}

const CUSTOMERS: Customer[] = [
  { id: 1, mail: " Ann@Example.com ", tel: "(425) 555-1234", land: "US", name: "Ann" },
  { id: 2, mail: null, mail2: "bob@example.com", tel: "0171 3920012", land: "DE", name: "Bob" },
  { id: 3, mail: "nobody", tel: null, land: null, name: "Cleo" },
];
const OPTIONS = { email: ["mail", "mail2"], phone: "tel", country: "land", keep: ["id"] } as const;
const EXPECTED = [
  { id: 1, hashed_email: sha256("ann@example.com"), hashed_phone: sha256("+14255551234") },
  { id: 2, hashed_email: sha256("bob@example.com"), hashed_phone: sha256("+491713920012") },
  { id: 3, hashed_email: null, hashed_phone: null },
];

async function all(records: AsyncIterable<HashedRecord>): Promise<HashedRecord[]> {
  const found: HashedRecord[] = [];
  for await (const record of records) found.push(record);
  return found;
}

describe("records on the way", () => {
  it("come out with what is kept and their digests, one for each, in order", async () => {
    expect(await all(hashRecords(CUSTOMERS, OPTIONS))).toEqual(EXPECTED);
    expect(JSON.stringify(await all(hashRecords(CUSTOMERS, OPTIONS)))).not.toMatch(/ann|bob|cleo/i);
  });

  it("are asked for one at a time, and are let go where the reader leaves", async () => {
    let asked = 0;
    let closed = false;
    function* cursor(): Generator<Customer> {
      try {
        for (const customer of CUSTOMERS) {
          asked++;
          yield customer;
        }
      } finally {
        closed = true;
      }
    }
    for await (const { id } of hashRecords(cursor(), OPTIONS)) {
      expect([id, asked]).toEqual([1, 1]);
      break;
    }
    expect(closed).toBe(true);
  });

  it("pass through a stream, as many as its reader asks for", async () => {
    const stream = new ReadableStream<Customer>({
      start(controller) {
        for (const customer of CUSTOMERS) controller.enqueue(customer);
        controller.close();
      },
    });
    expect(await all(stream.pipeThrough(hashingStream(OPTIONS)))).toEqual(EXPECTED);
  });

  it("let an error of their source through as it is", async () => {
    const broken = new Error("connection lost");
    async function* source() {
      yield CUSTOMERS[0] as Customer;
      throw broken;
    }
    await expect(all(hashRecords(source(), OPTIONS))).rejects.toBe(broken);
  });
});

describe("options of records", () => {
  it.each([
    ["email", { keep: ["id"] }],
    ["email", { email: "e-mail" }],
    ["phone", { email: "mail", phone: "phone" }],
    ["country", { phone: "tel", country: "country" }],
    ["keep", { email: "mail", keep: ["mail"] }],
    ["keep", { email: "mail", keep: ["hashed_email"] }],
    ["country", { phone: "tel", country: "tel" }],
    ["defaultCountry", { phone: "tel", defaultCountry: "Atlantis" }],
    ["rules", { email: "mail", rules: "md5" as never }],
  ])("are refused by the name of %s", async (option, options) => {
    const error = await all(hashRecords(CUSTOMERS, options)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FirsthashError);
    expect(error).toMatchObject({ code: "usage", option });
    expect((error as FirsthashError).message).toContain(`\`${option}\``);
  });

  it("what is no object is refused by its number", async () => {
    const error = await all(hashRecords([CUSTOMERS[0], 7] as object[], OPTIONS)).catch((e) => e);
    expect(error).toMatchObject({ code: "usage", message: "record 2 is not an object" });
  });
});
