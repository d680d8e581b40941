import { expect, test } from "vitest";
import { useReference } from "../../src/base/reference.ts";
import { type DuplicateKey, Duplicates } from "../../src/conversion/duplicates.ts";
import { sha256Hex } from "../../src/identity/digest.ts";
import { FastFingerprint } from "../../src/join/duplicates-fast.ts";
import { caseCount, type Random, seed, seededRandom } from "../helpers/differential.ts";

const digests = [
  ...["a", "b", "c"].map(sha256Hex),
  // Of a hashed column: 1 XOR 2 is 3.
  ...["0", "1", "2", "3"].map((digit) => digit.repeat(64)),
];
const names = ["Sale", "Lead", "Sale ", "a|b", "1"];
const clickIds = ["0".repeat(32), "f".repeat(32)];
const times = [0, 1, 2, 1_795_093_500, 0xffff_ffff, 0x1_0000_0000, -1];

/** Few values of each part, so that rows often agree in all of them but one. */
function row(random: Random): DuplicateKey {
  return {
    name: random.pick(names),
    time: random.pick(times),
    ...(random.chance(0.7) && { email: random.pick(digests) }),
    ...(random.chance(0.7) && { phone: random.pick(digests) }),
    ...(random.chance(0.1) && { clickId: random.pick(clickIds) }),
    ...(random.chance(0.1) && { adjustment: { type: "Retract", time: random.pick(times) } }),
  };
}

test("finds the duplicates that the reference finds", () => {
  const random = seededRandom(seed());
  const fast = new Duplicates();
  const reference = new Duplicates();
  let found = 0;
  for (let n = 0; n < caseCount(50_000); n++) {
    const one = row(random);
    const answer = fast.add(one);
    useReference(true);
    expect(reference.add(one), JSON.stringify(one)).toBe(answer);
    useReference(false);
    if (answer) found++;
  }
  expect(found).toBeGreaterThan(1000);
});

test("tells rows apart whose digests are swapped, or are the same", () => {
  const [a, b] = digests;
  const rows = [
    { email: a, phone: b },
    { email: b, phone: a },
    { email: a, phone: a },
    { email: b, phone: b },
    { email: a },
    { phone: a },
  ] as Partial<DuplicateKey>[];
  const duplicates = new Duplicates();
  for (const digestsOfRow of rows) {
    expect(duplicates.add({ name: "Sale", time: 1, ...digestsOfRow })).toBe(false);
  }
});

test("leaves rows of many names to the reference, and still knows them again", () => {
  const [email] = digests;
  const duplicates = new Duplicates();
  const at = (n: number) => ({ name: `goal ${n}`, time: 1, email: email as string });
  for (let n = 0; n < 2000; n++) expect(duplicates.add(at(n))).toBe(false);
  for (let n = 0; n < 2000; n++) expect(duplicates.add(at(n))).toBe(true);
  const fingerprint = new FastFingerprint();
  const words = new Uint32Array(4);
  const written = Array.from({ length: 2000 }, (_, n) => fingerprint.write(at(n), words));
  expect(written.filter(Boolean).length).toBe(1000);
});
