/** Inputs, good and broken in every way we know, in which every personal cell is a canary. */
import { gzipSync } from "node:zlib";
import { Canaries } from "../helpers/canaries.ts";

export interface Scene {
  readonly name: string;
  readonly canaries: Canaries;
  /** Files by name; "contacts.csv" and "conversions.csv" among them. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** More flags, or others, for this scene. */
  readonly flags: readonly string[];
  /** Names of the inputs, where they are not the usual ones. */
  readonly contacts: string | undefined;
  readonly conversions: string;
}

type Row = string[];

/** Two tables of twelve people, whose cells may be changed before they are written. */
export class Tables {
  readonly canaries: Canaries;
  readonly contacts: Row[];
  readonly conversions: Row[];

  constructor(seed: number) {
    const c = new Canaries(seed);
    this.canaries = c;
    const keys = Array.from({ length: 12 }, () => c.id());
    const person = (): Row => [c.word("first"), c.word("last"), c.email(), c.phone()];
    this.contacts = [
      ["Contact ID", "First Name", "Last Name", "Email", "Phone", "Company", "Notes"],
      ...keys.map((key) => [key, ...person(), c.word("company"), c.word("note")]),
    ];
    this.conversions = [
      [
        "Contact ID",
        "Conversion Name",
        "Conversion Time",
        "Conversion Value",
        "Conversion Currency",
        "Owner",
        "Comment",
      ],
      ...keys.map((key, at) => [
        key,
        "Sale",
        `2026-11-${String(at + 5).padStart(2, "0")}T10:00:00Z`,
        String(at * 10 + 1),
        "USD",
        c.email("owner"),
        c.word("comment"),
      ]),
    ];
  }

  /** Sets a column of all rows, or of one row (counted from 1, the header being 0). */
  set(table: "contacts" | "conversions", header: string, cell: (at: number) => string, row = 0) {
    const rows = this[table];
    const column = rows[0]?.indexOf(header) ?? -1;
    if (column === -1) throw new Error(`no column ${header}`);
    for (const [at, cells] of rows.entries()) {
      if (at > 0 && (row === 0 || row === at)) cells[column] = cell(at);
    }
  }
}

interface CsvOptions {
  readonly delimiter?: string;
  readonly lineEnd?: string;
}

export function csv(
  rows: readonly Row[],
  { delimiter = ",", lineEnd = "\n" }: CsvOptions = {},
): string {
  return rows.map((cells) => cells.join(delimiter) + lineEnd).join("");
}

const utf16 = (text: string, mark = true) =>
  Buffer.from(`${mark ? "\ufeff" : ""}${text}`, "utf16le");

type Build = (
  tables: Tables,
  canaries: Canaries,
) => Partial<Pick<Scene, "files" | "flags" | "conversions">> & { contacts?: string | null };

const BUILDS: Record<string, Build> = {};

/** What is wrong is wrong in the contacts and in the conversions, in a scene each. */
function inBoth(name: string, damage: (text: string, tables: Tables) => string | Uint8Array) {
  for (const table of ["contacts", "conversions"] as const) {
    BUILDS[`${name}, in the ${table}`] = (tables) => ({
      files: { [`${table}.csv`]: damage(csv(tables[table]), tables) },
    });
  }
}

/** Damages one cell of one row of the text: of the sixth row, in the last column. */
const atCell = (damage: (cell: string) => string) => (text: string) => {
  const lines = text.split("\n");
  const cells = (lines[6] ?? "").split(",");
  cells[cells.length - 1] = damage(cells.at(-1) ?? "");
  lines[6] = cells.join(",");
  return lines.join("\n");
};

BUILDS["good input"] = () => ({});
BUILDS["good input, other delimiter and line ends"] = (t) => ({
  files: {
    "contacts.csv": csv(t.contacts, { delimiter: ";", lineEnd: "\r\n" }),
    "conversions.csv": csv(t.conversions, { delimiter: "\t", lineEnd: "\r" }),
  },
});

inBoth(
  "a quote inside a cell",
  atCell((cell) => `${cell.slice(0, 5)}"${cell.slice(5)}`),
);
inBoth(
  "text after a closing quote",
  atCell((cell) => `"${cell.slice(0, 5)}"${cell.slice(5)}`),
);
inBoth(
  "a quote never closed",
  atCell((cell) => `"${cell}`),
);
inBoth("a broken quote in the header", (text) => text.replace("Contact ID", 'Contact "ID'));
inBoth("a record of five megabytes", (text, { canaries: c }) => {
  const word = c.word("huge");
  return `${text}"${word.repeat(500_000)}`;
});
inBoth(
  "a huge cell",
  atCell((cell) => `"${`${cell},\n`.repeat(20_000)}"`),
);
inBoth("too many and too few cells", (text) => {
  const lines = text.split("\n");
  lines[3] = `${lines[3]},${lines[4]}`;
  lines[5] = (lines[5] ?? "").split(",").slice(0, 3).join(",");
  return lines.join("\n");
});
inBoth("cells one to the left", (text) => {
  const [header, ...rows] = text.split("\n");
  return [header, ...rows.map((row) => `${row.split(",").slice(1).join(",")},`)].join("\n");
});
inBoth("no header", (text) => text.slice(text.indexOf("\n") + 1));
inBoth("utf-16 without a mark", (text) => utf16(text, false));
inBoth("utf-16 cut in the middle of a character", (text) => utf16(text).subarray(0, -1));
inBoth("utf-8 with broken bytes", (text) =>
  Buffer.concat([
    Buffer.from(text.replace("Comment", "Comment é").replace("Notes", "Notes é")),
    Buffer.from([0xff, 0xfe, 0xc3]),
  ]),
);
inBoth("utf-8 cut in the middle of a character", (text) =>
  Buffer.from(`${text.trimEnd()}é`).subarray(0, -1),
);
inBoth("NUL bytes", (text) => text.replaceAll("\n", "\0\n"));
inBoth("binary garbage", (text) => {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 97) bytes[at] = at % 256;
  return bytes;
});
inBoth("a gzip file", (text) => gzipSync(text));
inBoth("a web page", (text) => `<!DOCTYPE html><html><body><pre>${text}</pre></body></html>`);
inBoth("JSON instead of CSV", (text) => JSON.stringify(text.split("\n").map((l) => l.split(","))));
inBoth("an XML file", (text) => `<?xml version="1.0"?><rows>${text}</rows>`);
inBoth("a zip that is no workbook", (text) =>
  Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.from(text)]),
);
inBoth(
  "rows above the header",
  (text, { canaries: c }) => `Report for ${c.word("title")}\n${c.email("title")}\n\n${text}`,
);

for (const encoding of ["utf-16le", "utf-8", "windows-1252", "shift_jis"]) {
  BUILDS[`encoding said to be ${encoding}`] = (t) => ({
    files: {
      "contacts.csv": encoding === "utf-8" ? utf16(csv(t.contacts)) : csv(t.contacts),
    },
    flags: ["--encoding", encoding],
  });
}
BUILDS["delimiter said to be another"] = () => ({ flags: ["--delimiter", "semicolon"] });
BUILDS["no header, and a cell that says Email"] = (t) => ({
  files: {
    "contacts.csv": csv(
      t.contacts.slice(1).map(([key = "", first = "", last = ""]) => [key, first, last, "Email"]),
    ),
  },
  flags: ["--key", "Contact ID"],
});

const badColumn = (
  name: string,
  table: "contacts" | "conversions",
  header: string,
  cell: (c: Canaries, at: number) => string,
  flags: readonly string[] = [],
) => {
  BUILDS[`${name}, in every row`] = (t, c) => {
    t.set(table, header, (at) => cell(c, at));
    return { flags };
  };
  BUILDS[`${name}, in one row`] = (t, c) => {
    t.set(table, header, (at) => cell(c, at), 7);
    return { flags: [...flags, "--max-refused", "50"] };
  };
};

badColumn("a time that is a word", "conversions", "Conversion Time", (c) => c.word("time"));
badColumn("a value that is a word", "conversions", "Conversion Value", (c) => c.word("value"));
badColumn("a currency that is a word", "conversions", "Conversion Currency", (c) => c.word("cur"));
badColumn("a currency that is an address", "conversions", "Conversion Currency", (c) => c.email());
badColumn("a name that is an address", "conversions", "Conversion Name", (c) => c.email("name"));
badColumn("a name that is a phone", "conversions", "Conversion Name", (c) => c.phone("name"));
badColumn(
  "a name that is an address in a sentence",
  "conversions",
  "Conversion Name",
  (c) => `Sale to ${c.email("name")}`,
);
badColumn("a name that is too long", "conversions", "Conversion Name", (c) =>
  c.word("name").repeat(20),
);
badColumn("a value that is a phone", "conversions", "Conversion Value", (c) => c.phone("value"));
badColumn("a time that is a phone", "conversions", "Conversion Time", (c) => c.phone("time"));
badColumn("two addresses in a cell", "contacts", "Email", (c) => `${c.email()}; ${c.email()}`);
badColumn("an address without a domain", "contacts", "Email", (c) => `${c.word("email")}@`);
badColumn("an address of other letters", "contacts", "Email", (c) => `ß${c.email()}`);
badColumn("a wrapped address", "contacts", "Email", (c) => `${c.word("name")} <${c.email()}>`);
badColumn("a phone as words", "contacts", "Phone", (c) => `1-800-${c.word("phone")}`);
badColumn("two phones in a cell", "contacts", "Phone", (c) => `${c.phone()} / ${c.phone()}`);
badColumn("a phone that a spreadsheet cut", "contacts", "Phone", (c, at) => {
  c.phone();
  return `4.4770090${at}E+11`;
});
badColumn("a phone without a country", "contacts", "Phone", (c) => c.phone().replace("+44 ", "0"));
badColumn("a key that is an address", "conversions", "Contact ID", (c) => c.email("key"));
badColumn("a key that is a phone", "conversions", "Contact ID", (c) => c.phone("key"));
badColumn("an owner in the click id", "conversions", "Owner", (c) => c.email("owner"), [
  "--column",
  "click-id=Owner",
]);
badColumn("an address in the client id", "conversions", "Owner", (c) => c.email("owner"), [
  "--column",
  "client-id=Owner",
]);
badColumn("a phone in the client id", "conversions", "Owner", (c) => c.phone("owner"), [
  "--column",
  "client-id=Owner",
]);
badColumn("words in the hashed columns", "contacts", "Notes", (c) => c.word("note"), [
  "--column",
  "hashed-email=Notes",
  "--column",
  "hashed-phone=Company",
]);
badColumn("words in the country column", "contacts", "Company", (c) => c.word("company"), [
  "--column",
  "country=Company",
]);
badColumn("words in the consent column", "contacts", "Notes", (c) => c.word("note"), [
  "--column",
  "consent=Notes",
]);
badColumn("words in the attribution", "conversions", "Comment", (c) => c.word("comment"), [
  "--column",
  "attribution-credit=Comment",
  "--column",
  "attribution-model=Owner",
]);

BUILDS["stages that the map does not name"] = (_, c) => ({
  files: { "map.json": JSON.stringify({ Won: "Sale", [c.word("stage")]: "Sale" }) },
  flags: ["--column", "stage=Comment", "--goal-map", "map.json"],
});
BUILDS["an export given as the goal map"] = () => ({
  flags: ["--column", "stage=Comment", "--goal-map", "contacts.csv"],
});
BUILDS["people given as the goal map"] = (_, c) => ({
  files: { "map.json": JSON.stringify({ [c.email()]: { phone: c.phone() }, x: c.email() }) },
  flags: ["--column", "stage=Comment", "--goal-map", "map.json"],
});
BUILDS["goals that are addresses"] = (_, c) => ({
  files: { "map.json": JSON.stringify({ Won: c.email() }) },
  flags: ["--column", "stage=Comment", "--goal-map", "map.json"],
});
BUILDS["an export given as the configuration"] = () => ({ flags: ["--config", "contacts.csv"] });
BUILDS["people given as the configuration"] = (_, c) => ({
  files: { "config.json": JSON.stringify({ [c.email()]: c.phone() }) },
  flags: ["--config", "config.json"],
});
BUILDS["times without a zone"] = (t) => {
  t.set("conversions", "Conversion Time", (at) => `2026-11-${10 + (at % 9)} 10:00`);
  return {};
};
BUILDS["times whose order is open"] = (t) => {
  t.set("conversions", "Conversion Time", (at) => `11/${(at % 9) + 1}/2026 10:00 AM`);
  return { flags: ["--time-zone", "UTC"] };
};
BUILDS["values whose decimal mark is open"] = (t) => {
  t.set("conversions", "Conversion Value", () => "1.234");
  return {};
};
BUILDS["contacts that contradict each other"] = (t, c) => {
  for (const row of t.contacts.slice(1, 6)) {
    t.contacts.push(row.map((cell, at) => (at === 0 ? cell : at === 3 ? c.email() : c.word("b"))));
  }
  return {};
};
BUILDS["keys in another case"] = (t) => {
  t.set("contacts", "Contact ID", (at) => t.contacts[at]?.[0]?.toUpperCase() ?? "");
  return {};
};
BUILDS["columns that are asked for and missing"] = () => ({ flags: ["--column", "email=E-Mial"] });
BUILDS["two columns of one name"] = (t) => {
  (t.contacts[0] as Row)[6] = "Email";
  return { flags: ["--column", "email=Email"] };
};
BUILDS["conversions that carry the people"] = (t, c) => {
  for (const [at, row] of t.conversions.entries()) {
    row.push(at === 0 ? "Email" : c.email(), at === 0 ? "Phone" : c.phone());
  }
  return { contacts: null };
};
BUILDS["conversions that carry people, broken"] = (t, c) => {
  for (const [at, row] of t.conversions.entries()) {
    row.push(at === 0 ? "Email" : at === 9 ? `"${c.email()}"x` : c.email());
  }
  return { contacts: null };
};

export const SCENES: readonly string[] = Object.keys(BUILDS);

export function buildScene(name: string): Scene {
  const tables = new Tables(SCENES.indexOf(name) + 1);
  const built = BUILDS[name]?.(tables, tables.canaries);
  if (built === undefined) throw new Error(`no scene ${name}`);
  const { files = {}, flags = [], contacts = "contacts.csv", conversions } = built;
  return {
    name,
    canaries: tables.canaries,
    files: {
      "contacts.csv": csv(tables.contacts),
      "conversions.csv": csv(tables.conversions),
      ...files,
    },
    flags,
    contacts: contacts ?? undefined,
    conversions: conversions ?? "conversions.csv",
  };
}
