// Whether two uploads hold the same digests for the same conversions.
import { createReadStream, existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";

const CLIENT_ID = 4;
const EMAIL = -2;
const PHONE = -1;

/** The share of rows in which a peer with other phone metadata may know one number more or less. */
const METADATA = 0.005;

/**
 * @param digests `all`: the same rows with the same digests; `metadata`: but a phone digest may be missing in
 *   few rows of one of them, never differ; `email`: the rows with an e-mail digest, and only that
 * @returns what to say about it. Throws where they do not agree.
 */
export async function compareDigests(path, otherPath, digests) {
  const ours = rows(path, digests);
  const theirs = rows(otherPath, digests);
  let [a, b] = [await next(ours), await next(theirs)];
  let same = 0;
  let missing = 0;
  while (a !== undefined || b !== undefined) {
    if (digests === "metadata" && a?.line !== b?.line) {
      // A row whose only identifier is a number that one of the two does not know.
      const first = b === undefined || (a !== undefined && a.line < b.line) ? a : b;
      if (first.email !== "") throw new Error(`line ${first.line} is in one output only`);
      missing++;
      if (first === a) a = await next(ours);
      else b = await next(theirs);
      continue;
    }
    if (a?.line !== b?.line || a.email !== b.email) throw different(a ?? b, "e-mail");
    if (digests !== "email" && a.phone !== b.phone) {
      if (digests === "all" || (a.phone !== "" && b.phone !== "")) throw different(a, "phone");
      missing++;
    }
    same++;
    [a, b] = [await next(ours), await next(theirs)];
  }
  if (same === 0 || missing > METADATA * same) {
    throw new Error(`${missing} of ${same} rows differ in whether there is a phone number`);
  }
  const but =
    missing > 0 ? `, but for ${missing} phone numbers that one of them does not know` : "";
  return `${digests === "email" ? "e-mail digests" : "digests"} agree in ${same} rows${but}`;
}

const different = (row, field) => new Error(`line ${row.line}: the ${field} digests differ`);

async function next(iterator) {
  const { value } = await iterator.next();
  return value;
}

/** The files of an upload: past a destination's limits it has several (`x-0001-of-0003.csv`). */
export function partsOf(path) {
  if (existsSync(path)) return [path];
  const name = basename(path, ".csv");
  const parts = readdirSync(dirname(path)).filter(
    (file) => /^-\d+-of-\d+\.csv$/.test(file.slice(name.length)) && file.startsWith(name),
  );
  return parts.sort().map((file) => join(dirname(path), file));
}

async function* rows(path, digests) {
  for (const part of partsOf(path)) yield* rowsOf(part, digests);
}

async function* rowsOf(path, digests) {
  const lines = createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  for await (const line of lines) {
    const cells = line.split(",");
    const id = /^"?row-(\d+)"?$/.exec(cells[CLIENT_ID] ?? "");
    if (id === null) continue;
    const row = { line: Number(id[1]), email: cells.at(EMAIL), phone: cells.at(PHONE) };
    if (digests !== "email" || row.email !== "") yield row;
  }
}
