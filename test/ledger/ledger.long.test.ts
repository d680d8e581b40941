/** The ledger's file: what it keeps, what a kill or a power cut leaves of it, and what damage does. */
import { createHmac } from "node:crypto";
import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { keyedHash } from "../../src/host/keyed.ts";
import { KeyRows, readKeys, writeKeys } from "../../src/ledger/keys-file.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import { RECORD, Records, STATES } from "../../src/ledger/records.ts";
import { scratch } from "../helpers/run.ts";

const TARGET = { environment: "production", account: "222" };
const TODAY = 20_500;

const path = () => join(scratch(), "ledger");

const keyOf = (ledger: Ledger, id: number) => {
  const key = ledger.keys.key({ name: "Closed Won", time: 1000 + id, orderId: `A-${id}` });
  if (key === undefined) throw new Error("no key");
  return key;
};

/** Records for the ids, as `upload` writes them. */
function records(
  ledger: Ledger,
  ids: readonly number[],
  state: (typeof STATES)[number],
  day = TODAY,
) {
  const rows = new KeyRows("microsoft-2026-11");
  for (const id of ids) {
    const content = ledger.keys.content("Closed Won", 1000 + id, { email: `digest ${id}` });
    rows.add(keyOf(ledger, id), content, day * 86_400, id + 2);
  }
  const bytes = rows.part(0, ids.length).slice();
  for (let at = 26; at < bytes.length; at += RECORD) bytes[at] = STATES.indexOf(state);
  return bytes;
}

const write = (ledger: Ledger, bytes: Uint8Array) =>
  ledger.write(TARGET, new Records(), () => bytes);

async function statesOf(ledger: Ledger, ids: readonly number[]): Promise<string[]> {
  const asked = new Records();
  for (const id of ids) asked.add(keyOf(ledger, id), 0);
  await ledger.ask(asked);
  return ids.map((id) => asked.state(asked.find(keyOf(ledger, id), 0)));
}

describe("keyed hashes", () => {
  it("are HMAC-SHA-256, for texts of any length", () => {
    const key = Uint8Array.from({ length: 32 }, (_, at) => at * 7);
    const hash = keyedHash(key);
    for (const text of ["", "abc", "é€😀", "x".repeat(5000), "short again"]) {
      const expected = createHmac("sha256", key).update(text, "utf8").digest("hex");
      expect(Buffer.from(hash(text)).toString("hex")).toBe(expected);
    }
  });
});

describe("a key", () => {
  const NAMED = { name: "Closed Won", time: 1000 };

  it("is the conversion's own id, else its click id, else its join key, and never a digest", async () => {
    const { keys } = await Ledger.open(path());
    const all = { ...NAMED, orderId: "A-1", clickId: "0".repeat(32), joinKey: "C-1" };
    const { orderId, ...withoutOrder } = all;
    const { clickId, ...joined } = withoutOrder;
    expect(keys.key(all)).toEqual(keys.key({ ...NAMED, orderId }));
    expect(keys.key(withoutOrder)).toEqual(keys.key({ ...NAMED, clickId }));
    expect(keys.key(joined)).toEqual(keys.key({ ...NAMED, joinKey: "C-1" }));
    expect(keys.key({ ...NAMED, orderId: "C-1" })).not.toEqual(keys.key(joined));
    expect(keys.key({ ...NAMED, joinKey: "" })).toBeUndefined();
    expect(keys.key({ ...all, time: 1001 })).not.toEqual(keys.key(all));
  });

  it("is another one in another ledger", async () => {
    const [a, b] = [await Ledger.open(path()), await Ledger.open(path())];
    expect(keyOf(a, 1)).not.toEqual(keyOf(b, 1));
    expect(a.keys.id).not.toBe(b.keys.id);
  });
});

describe("the file", () => {
  it("is made with mode 0600, and tells what was written last of each conversion", async () => {
    const file = path();
    const ledger = await Ledger.open(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await write(ledger, records(ledger, [1, 2, 3], "sent"));
    await write(ledger, records(ledger, [2], "refused"));
    await write(ledger, records(ledger, [3], "accepted"));
    const again = await Ledger.open(file);
    expect(await statesOf(again, [1, 2, 3, 4])).toEqual(["sent", "refused", "accepted", ""]);
  });

  it("cut off at any byte, knows a beginning of what was written, and takes more", async () => {
    const file = path();
    const ledger = await Ledger.open(file);
    await write(ledger, records(ledger, [1], "accepted"));
    const whole = statSync(file).size;
    await write(ledger, records(ledger, [2, 3], "sent"));
    const bytes = readFileSync(file);
    for (let size = whole; size < bytes.length; size += 5) {
      writeFileSync(file, bytes);
      truncateSync(file, size);
      expect(await statesOf(ledger, [1, 2, 3])).toEqual(["accepted", "", ""]);
      await write(ledger, records(ledger, [2], "refused"));
      expect(await statesOf(ledger, [1, 2, 3])).toEqual(["accepted", "refused", ""]);
    }
  });

  it("takes what a power cut left behind the end for nothing, and damage before the end for damage", async () => {
    const file = path();
    const ledger = await Ledger.open(file);
    await write(ledger, records(ledger, [1], "accepted"));
    const end = statSync(file).size;
    appendFileSync(file, Buffer.alloc(4096));
    expect(await statesOf(ledger, [1])).toEqual(["accepted"]);
    await write(ledger, records(ledger, [2], "accepted"));
    await write(ledger, records(ledger, [3], "accepted"));
    expect(await statesOf(ledger, [1, 2, 3])).toEqual(["accepted", "accepted", "accepted"]);
    const bytes = readFileSync(file);
    bytes[end + 40] = (bytes[end + 40] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await expect(ledger.ask(new Records())).rejects.toMatchObject({
      code: "output",
      reason: "ledger-damaged",
    });
  });

  it("is not taken for a ledger where it is none, and stays as it is", async () => {
    const file = path();
    writeFileSync(file, "Email,Phone\nana@example.com,\n");
    await expect(Ledger.open(file)).rejects.toMatchObject({ reason: "not-a-ledger" });
    expect(readFileSync(file, "utf8")).toContain("Email");
  });

  it("is for one account", async () => {
    const ledger = await Ledger.open(path());
    await write(ledger, records(ledger, [1], "sent"));
    const other = { ...TARGET, account: "333" };
    await expect(
      ledger.write(other, new Records(), () => records(ledger, [2], "sent")),
    ).rejects.toMatchObject({ code: "usage" });
    expect(await statesOf(ledger, [2])).toEqual([""]);
  });

  it("drops what is older than 97 days, and keeps account and all others", async () => {
    const file = path();
    const ledger = await Ledger.open(file);
    await write(ledger, records(ledger, [1], "accepted", TODAY - 98));
    await write(ledger, records(ledger, [2], "accepted", TODAY - 97));
    await write(ledger, records(ledger, [3], "sent"));
    await ledger.prune(TODAY);
    expect(await statesOf(ledger, [1, 2, 3])).toEqual(["", "accepted", "sent"]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(
      ledger.write({ ...TARGET, account: "333" }, new Records(), () => new Uint8Array()),
    ).rejects.toMatchObject({ code: "usage" });
  });

  it("is written by several at once, one after the other", async () => {
    const ledger = await Ledger.open(path());
    const ids = Array.from({ length: 20 }, (_, at) => at);
    await Promise.all(ids.map((id) => write(ledger, records(ledger, [id], "sent"))));
    expect(await statesOf(ledger, ids)).toEqual(ids.map(() => "sent"));
  });

  it("keeps many thousands of conversions apart", async () => {
    const ledger = await Ledger.open(path());
    const ids = Array.from({ length: 30_000 }, (_, at) => at);
    await write(ledger, records(ledger, ids, "sent"));
    await write(
      ledger,
      records(
        ledger,
        ids.filter((id) => id % 3 === 0),
        "accepted",
      ),
    );
    await ledger.prune(TODAY);
    const states = await statesOf(ledger, [...ids, 30_001]);
    expect(states.filter((state) => state === "accepted")).toHaveLength(10_000);
    expect(states.filter((state) => state === "sent")).toHaveLength(20_000);
    expect(states.at(-1)).toBe("");
  });
});

describe("the keys beside an upload", () => {
  it("come back as they were written, and are refused where a byte is another", async () => {
    const upload = join(scratch(), "upload.csv");
    const ledger = await Ledger.open(path());
    const bytes = records(ledger, [1, 2], "");
    const head = { ledger: ledger.keys.id, sha256: "a".repeat(64), conversions: "sales.csv" };
    expect(await readKeys(upload)).toBeUndefined();
    await writeKeys(upload, head, bytes);
    const keys = await readKeys(upload);
    expect(keys?.head).toMatchObject({ ...head, rows: 2 });
    expect(new Uint8Array(keys?.records ?? [])).toEqual(bytes);
    const file = `${upload}.ledger-keys`;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const damaged = readFileSync(file);
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    writeFileSync(file, damaged);
    await expect(readKeys(upload)).rejects.toMatchObject({ code: "usage" });
  });
});
