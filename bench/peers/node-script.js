// What the Node peers share: the work around hashing, written as the manuals of the libraries show it. The
// conversions are read first and only the contacts that they name are hashed.

import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { parse } from "csv-parse";
import isEmail from "validator/lib/isEmail.js";

const HEADER =
  "Type,Status,Id,Parent Id,Client Id,Name,Conversion Currency Code,Conversion Name,Conversion Time,Conversion Value,Microsoft Click Id,Hashed Email Address,Hashed Phone Number";

/** The text to hash, or undefined. */
export function normalizeEmail(cell) {
  const text = cell.replace(/\s+/g, "").toLowerCase();
  const [before = "", domain] = text.split("@");
  const local = before.split("+")[0].replaceAll(".", "");
  const plain = local.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
  const address = `${plain}@${domain}`;
  return text.split("@").length === 2 && isEmail.default(address) ? address : undefined;
}

const rows = (path) => createReadStream(path).pipe(parse({ columns: true, bom: true }));

function bulkTime(text) {
  const t = new Date(text);
  const two = (n) => String(n).padStart(2, "0");
  const hour = t.getUTCHours();
  return `${t.getUTCMonth() + 1}/${t.getUTCDate()}/${t.getUTCFullYear()} ${hour % 12 || 12}:${two(t.getUTCMinutes())}:${two(t.getUTCSeconds())} ${hour < 12 ? "AM" : "PM"}`;
}

const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

class Upload {
  constructor(path) {
    this.stream = createWriteStream(path);
    this.stream.write(`\ufeff${HEADER}\r\nFormat Version,,,,,6.0,,,,,,,\r\n`);
    this.line = 1;
  }

  async add(row, { email, phone }) {
    this.line++;
    if (email === "" && phone === "") return;
    const name = quoted(row["Conversion Name"]);
    const cells = `${row["Conversion Currency"]},${name},${bulkTime(row["Conversion Time"])},${row["Conversion Value"]},,${email},${phone}`;
    if (!this.stream.write(`Offline Conversion,,,,row-${this.line},,${cells}\r\n`)) {
      await once(this.stream, "drain");
    }
  }

  async end() {
    this.stream.end();
    await finished(this.stream);
  }
}

const NOBODY = { email: "", phone: "" };

/** @param identify a function from a row to its two digests, "" where there is none */
export async function runPeer([shape, ...paths], identify) {
  const upload = new Upload(paths.at(-1));
  if (shape === "single") {
    for await (const row of rows(paths[0])) await upload.add(row, identify(row));
  } else {
    const [contacts, conversions] = paths;
    const converted = [];
    const wanted = new Set();
    for await (const row of rows(conversions)) {
      converted.push(row);
      wanted.add(row["Contact ID"]);
    }
    const people = new Map();
    for await (const row of rows(contacts)) {
      const key = row["Contact ID"];
      if (wanted.has(key)) people.set(key, identify(row));
    }
    for (const row of converted) await upload.add(row, people.get(row["Contact ID"]) ?? NOBODY);
  }
  await upload.end();
}
