// The script of dist-udf/, in Node.js. Arguments: TSV file, rows.
import { firstCells, timed } from "./cells.js";
import "../../dist-udf/firsthash.udf.js";

const { hashEmail, hashPhone } = globalThis.firsthash;
const rows = await firstCells(process.argv[2], Number(process.argv[3]));
await timed(rows.length, () => {
  for (const [, email, phone, country] of rows) {
    hashEmail(email);
    hashPhone(phone, country, "US");
  }
});
