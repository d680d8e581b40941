// Seeded data for the benchmarks: the same arguments give the same bytes. Everybody in it is made up.
//
//   node bench/generate.js contacts    --rows 1000000 --seed 1 > contacts.csv       12 columns, about 190 MB
//   node bench/generate.js conversions --rows 300000 --contacts 1000000 --seed 2 > conversions.csv
//   node bench/generate.js single      --rows 1000000 --seed 3 > single.csv         e-mail, phone and conversion in one row
//
// The n-th contact has the same key in every file, so conversions for N contacts fit any contacts file of
// N rows. Times lie in the 60 days before 2026-11-20.
import { writeSync } from "node:fs";
import { parseArgs } from "node:util";

/** xorshift32: small, fast, and the same on every machine. */
function randomFrom(seed) {
  let state = (seed * 2654435761 + 88675123) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: "string", default: "1000000" },
    contacts: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
  },
});
const random = randomFrom(Number(values.seed));
const below = (n) => Math.floor(random() * n);
const one = (list) => list[below(list.length)];
const digits = (n) => Array.from({ length: n }, () => below(10)).join("");
const chance = (share) => random() < share;

const GIVEN =
  "Ada Ben Chloé Dana Emil Fatima Gus Hana Inès Jonas Kenji Lea Mateo Nora Olga Paulo Quinn Rosa Sven Tara Umar Vera Wim Xenia Yusuf Zoë".split(
    " ",
  );
const FAMILY =
  "Abel Baker Costa Duval Ebert Fonseca Grant Hofer Ito Jansen Klein Lopez Moreau Nakata Ortiz Pereira Quist Rossi Schäfer Tanaka Urban Vega Winter Yang Zeller O'Hara".split(
    " ",
  );
const PLAIN = (name) => name.normalize("NFD").replace(/[^A-Za-z]/g, "");
const DOMAINS =
  "example.com example.com example.org contoso.com contoso.com fabrikam.example mail.contoso.co.uk northwind.example example.net".split(
    " ",
  );
const COMPANIES = ["Contoso", "Fabrikam", "Northwind", "Adventure Works", "Litware", "Tailspin"];
const FORMS = [", Inc.", " GmbH", " Ltd", ' "International"', " & Sons", ""];
const CITIES = ["Austin, TX", "Leeds", "Köln", "Lyon, Rhône", "Osaka", "São Paulo, SP", "Pune, MH"];
const NOTES = [
  "asked for a quote, wants a call back",
  "left a message at reception",
  'wants the "pro" plan',
  "renewal due in spring",
  "prefers letters",
  "met at the fair; send slides",
];
const OWNERS = ["k.lang", "m.ode", "r.sohn", "t.vik"];
const STAGES = ["Lead", "Qualified", "Proposal", "Closed Won", "Closed Lost"];
const GOALS = ["Closed Won", "Phone Sale", "Qualified Lead"];
const CURRENCIES = { US: "USD", GB: "GBP", DE: "EUR", FR: "EUR", JP: "JPY", BR: "BRL", IN: "INR" };

function country() {
  const at = random();
  if (at < 0.45) return "US";
  if (at < 0.6) return "GB";
  if (at < 0.7) return "DE";
  if (at < 0.78) return "FR";
  if (at < 0.83) return "JP";
  return at < 0.9 ? "BR" : "IN";
}

/** [calling code, national number, as people write it at home, trunk zero or none] */
function numberOf(region) {
  switch (region) {
    case "US": {
      const [a, b, c] = [
        one(["206", "212", "303", "415", "512", "617", "702", "919"]),
        `${2 + below(8)}${digits(2)}`,
        digits(4),
      ];
      return [
        "1",
        a + b + c,
        one([`(${a}) ${b}-${c}`, `${a}-${b}-${c}`, `${a}.${b}.${c}`, `1 ${a} ${b} ${c}`]),
      ];
    }
    case "GB": {
      const [b, c] = [`${7 + below(2)}${digits(3)}`, digits(4)];
      return ["44", `20${b}${c}`, `020 ${b} ${c}`];
    }
    case "DE": {
      const b = `${1 + below(9)}${digits(6)}`;
      return ["49", `171${b}`, one([`0171 ${b}`, `0171/${b}`])];
    }
    case "FR": {
      const parts = [digits(2), digits(2), digits(2), digits(2)];
      return ["33", `6${parts.join("")}`, one([`06 ${parts.join(" ")}`, `06.${parts.join(".")}`])];
    }
    case "JP": {
      const [b, c] = [`${1 + below(9)}${digits(3)}`, digits(4)];
      return ["81", `90${b}${c}`, `090-${b}-${c}`];
    }
    case "BR": {
      const [b, c] = [`9${6 + below(4)}${digits(3)}`, digits(4)];
      return ["55", `11${b}${c}`, `(11) ${b}-${c}`];
    }
    default: {
      const [b, c] = [`9${digits(4)}`, digits(5)];
      return ["91", b + c, one([`${b} ${c}`, `0${b}${c}`])];
    }
  }
}

/** As exports have them: 8 % empty, 1 % junk, a third E.164, some international, the rest as typed. */
function phone(region) {
  const at = random();
  if (at < 0.08) return "";
  if (at < 0.09) return one(["n/a", "12345", "-", "ask reception"]);
  const [code, national, typed] = numberOf(region);
  if (at < 0.42) return `+${code}${national}`;
  return at < 0.55 ? `+${code} ${national.slice(0, 3)} ${national.slice(3)}` : typed;
}

/** 3 % empty, 1 % broken, 3 % with spaces around, a third with capitals, some with a +tag. */
function email(given, family) {
  const at = random();
  if (at < 0.03) return "";
  if (at < 0.04) return one(["none", "someone@", "@example.com", "two@ats@example.com"]);
  const tag = chance(0.05) ? `+crm${below(9)}` : "";
  const address = `${one([`${given}.${family}`, `${given[0]}${family}`, `${given}_${family}`])}${below(99999)}${tag}@${one(DOMAINS)}`;
  if (at > 0.97) return ` ${address} `;
  return at < 0.67 ? address.toLowerCase() : address;
}

/** 18 characters, like a CRM's record id, different for different n below 2^32. */
export function keyOf(n) {
  return `003CT${(Math.imul(n, 0x2545f491) >>> 0).toString(36).toUpperCase().padStart(7, "0")}AAAbcd`;
}

const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const START = Date.UTC(2026, 8, 21);
const time = () => new Date(START + below(60 * 86400) * 1000).toISOString().slice(0, 19);
const money = () => (below(500000) / 100).toFixed(2);

function note() {
  if (chance(0.2)) return "";
  const text = [one(NOTES), one(NOTES), one(NOTES)].slice(0, 1 + below(3)).join(". ");
  return chance(0.1) ? `${text}\n${one(NOTES)}\nref ${below(1e6)}` : text;
}

const KINDS = {
  contacts: {
    header:
      "Contact ID,First Name,Last Name,Email,Phone,Company,City,Country,Created Date,Owner,Stage,Notes",
    row(n) {
      const [given, family, region] = [one(GIVEN), one(FAMILY), country()];
      const cells = [keyOf(n), given, family, email(PLAIN(given), PLAIN(family)), phone(region)];
      cells.push(quoted(one(COMPANIES) + one(FORMS)), quoted(one(CITIES)), region, `${time()}Z`);
      cells.push(one(OWNERS), one(STAGES), quoted(note()));
      return cells.join(",");
    },
  },
  conversions: {
    header:
      "Opportunity ID,Contact ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency",
    row(n) {
      const contacts = Number(values.contacts);
      const contact = chance(0.02) ? contacts + below(1e6) : below(contacts);
      return `006OP${String(n).padStart(10, "0")},${keyOf(contact)},${one(GOALS)},${time()}Z,${money()},${CURRENCIES[country()]}`;
    },
  },
  single: {
    header:
      "Email,Phone,Country,Conversion Name,Conversion Time,Conversion Value,Conversion Currency",
    row() {
      const [given, family, region] = [PLAIN(one(GIVEN)), PLAIN(one(FAMILY)), country()];
      return `${email(given, family)},${phone(region)},${region},${one(GOALS)},${time()}Z,${money()},${CURRENCIES[region]}`;
    },
  },
};

const kind = KINDS[positionals[0]];
if (kind === undefined) {
  console.error(
    `usage: generate.js ${Object.keys(KINDS).join("|")} --rows N --seed N [--contacts N]`,
  );
  process.exit(2);
}
let block = `${kind.header}\n`;
const flush = () => {
  let bytes = Buffer.from(block);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(1, bytes));
  block = "";
};
for (let n = 0; n < Number(values.rows); n++) {
  block += `${kind.row(n)}\n`;
  if (block.length > 1 << 20) flush();
}
flush();
