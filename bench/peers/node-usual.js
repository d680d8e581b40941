// csv-parse, validator, libphonenumber-js/max and @noble/hashes, used as their manuals show. These are the
// libraries of the project itself, so the difference is in how they are used.
//
//     node node-usual.js semi CONTACTS CONVERSIONS OUTPUT
//     node node-usual.js single CONVERSIONS OUTPUT
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import parsePhoneNumber from "libphonenumber-js/max";
import { normalizeEmail, runPeer } from "./node-script.js";

const digest = (text) => (text === undefined ? "" : bytesToHex(sha256(utf8ToBytes(text))));

function normalizePhone(cell, country) {
  const number = parsePhoneNumber(cell, country);
  return number?.isValid() ? number.number : undefined;
}

await runPeer(process.argv.slice(2), (row) => ({
  email: digest(normalizeEmail(row.Email)),
  phone: digest(normalizePhone(row.Phone, row.Country)),
}));
