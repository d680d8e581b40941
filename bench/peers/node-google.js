// As node-usual.js, with google-libphonenumber (Google's own JavaScript) and node:crypto's createHash.
import { createHash } from "node:crypto";
import google from "google-libphonenumber";
import { normalizeEmail, runPeer } from "./node-script.js";

const util = google.PhoneNumberUtil.getInstance();
const { E164 } = google.PhoneNumberFormat;
const digest = (text) =>
  text === undefined ? "" : createHash("sha256").update(text).digest("hex");

function normalizePhone(cell, country) {
  try {
    const number = util.parse(cell, country);
    return util.isValidNumber(number) ? util.format(number, E164) : undefined;
  } catch {
    return undefined;
  }
}

await runPeer(process.argv.slice(2), (row) => ({
  email: digest(normalizeEmail(row.Email)),
  phone: digest(normalizePhone(row.Phone, row.Country)),
}));
