import { describe, expect, it } from "vitest";
import type { FirsthashError } from "../../../src/base/errors.ts";
import { CONVERSION_FIELDS, PERSON_FIELDS } from "../../../src/base/fields.ts";
import {
  describeHeaders,
  missingColumn,
  resolveColumns,
  resolveKeys,
  type TableHead,
} from "../../../src/read/columns/columns.ts";
import { readBytes } from "../helpers.ts";

function head(headers: readonly string[], headersPrintable = true, file = "list.csv"): TableHead {
  return { headers, headersPrintable, findings: { file, kind: "text", headerLine: 1, notes: [] } };
}

const ALL = [...CONVERSION_FIELDS, ...PERSON_FIELDS];
const find = (headers: readonly string[], choices = {}) =>
  resolveColumns(head(headers), ALL, choices);

function failure(run: () => unknown): FirsthashError {
  try {
    run();
  } catch (error) {
    return error as FirsthashError;
  }
  throw new Error("no error");
}

describe("columns found by name", () => {
  it("knows the exports of the CRMs, the shops and the ad platforms", () => {
    for (const [source, headers, expected] of [
      [
        "Salesforce",
        ["Contact ID", "Email", "Phone", "Mobile", "Mailing Country"],
        { email: [1], phone: [2, 3], country: [4] },
      ],
      [
        "HubSpot deals",
        ["Record ID", "Deal Name", "Close Date", "Amount", "Currency"],
        { time: [2], value: [3], currency: [4] },
      ],
      [
        "HubSpot contacts",
        [
          "Record ID",
          "Email",
          "Work email",
          "Phone Number",
          "Mobile Phone Number",
          "Country/Region",
        ],
        { email: [1, 2], phone: [3, 4], country: [5] },
      ],
      [
        "Dynamics 365",
        [
          "Email",
          "Email Address 2",
          "Business Phone",
          "Mobile Phone",
          "Actual Revenue",
          "Actual Close Date",
        ],
        { email: [0, 1], phone: [3, 2], value: [4], time: [5] },
      ],
      [
        "Zoho",
        ["Email", "Secondary Email", "Phone", "Mobile", "Closing Date", "Amount"],
        { email: [0, 1], phone: [2, 3], time: [4], value: [5] },
      ],
      [
        "Pipedrive",
        [
          "Deal - ID",
          "Deal - Value",
          "Deal - Currency",
          "Deal - Won time",
          "Person - Email - Work",
          "Person - Phone - Mobile",
        ],
        { value: [1], currency: [2], time: [3], email: [4], phone: [5] },
      ],
      [
        "Shopify",
        [
          "Name",
          "Email",
          "Paid at",
          "Currency",
          "Subtotal",
          "Total",
          "Created at",
          "Billing Phone",
          "Phone",
          "Billing Country",
        ],
        { email: [1], currency: [3], value: [5], time: [6], phone: [8, 7], country: [9] },
      ],
      [
        "WooCommerce",
        [
          "Order Number",
          "Order Date",
          "Email (Billing)",
          "Phone (Billing)",
          "Country Code (Billing)",
          "Order Total Amount",
        ],
        { time: [1], email: [2], phone: [3], country: [4], value: [5] },
      ],
      [
        "Microsoft",
        [
          "Microsoft Click ID",
          "Conversion Name",
          "Conversion Time",
          "Conversion Value",
          "Conversion Currency",
          "Hashed Email Address",
          "Hashed Phone Number",
        ],
        {
          "click-id": [0],
          name: [1],
          time: [2],
          value: [3],
          currency: [4],
          "hashed-email": [5],
          "hashed-phone": [6],
        },
      ],
      [
        "Google, Adobe",
        [
          "Email",
          "Phone Number",
          "Conversion Name",
          "Conversion Time",
          "Conversion Value",
          "Conversion Currency",
          "Ad User Data",
        ],
        {
          email: [0],
          phone: [1],
          name: [2],
          time: [3],
          value: [4],
          currency: [5],
          "ad-user-data": [6],
        },
      ],
    ] as const) {
      expect([source, find(headers)]).toEqual([source, expected]);
    }
  });

  it("compares without case, accents, spaces, punctuation and full-width forms", () => {
    for (const header of ["E-MAIL", "e_mail", " Email ", "Ｅｍａｉｌ", "É-mail"]) {
      expect([header, find([header])]).toEqual([header, { email: [0] }]);
    }
  });

  it("takes no id, stage or consent by itself, and client-id and attribution only under Microsoft's own names", () => {
    expect(
      find(["ID", "Deal Stage", "Consent", "Attribution", "Customer ID", "Deal Name"]),
    ).toEqual({});
    expect(find(["Client Id"])).toEqual({ "client-id": [0] });
    expect(find(["External Attribution Credit", "External Attribution Model"])).toEqual({
      "attribution-credit": [0],
      "attribution-model": [1],
    });
  });

  it("prefers the conversion's own columns, and asks where two are equal", () => {
    expect(find(["Close Date", "Conversion Time", "Amount", "Conversion Value"])).toEqual({
      time: [1],
      value: [3],
    });
    const error = failure(() => find(["Close Date", "Converted Date"]));
    expect(error).toMatchObject({ code: "usage", hint: "choose one with `columns.time`" });
    expect(error.message).toContain('"Close Date", "Converted Date"');
  });
});

describe("columns that the user names", () => {
  it("finds a header as it stands, then without regard to form, then by number", () => {
    expect(find(["E-Mail", "email"], { email: "email" })).toEqual({ email: [1] });
    expect(find(["Mail privat"], { email: "mail PRIVAT" })).toEqual({ email: [0] });
    expect(find(["a", "b", "c"], { email: "#3" })).toEqual({ email: [2] });
    expect(find(["#2", "b"], { email: "#2" })).toEqual({ email: [0] });
  });

  it("tries several in the order given, and finds no others for the field", () => {
    expect(find(["Email", "Email 2", "Notes"], { email: ["Notes", "Email"] })).toEqual({
      email: [2, 0],
    });
  });

  it("does not find a column for another field that the user gave to one", () => {
    expect(find(["Email"], { "hashed-email": "Email" })).toEqual({ "hashed-email": [0] });
  });

  it("asks for a number where two columns have the name", () => {
    const error = failure(() => find(["Email", "x", "Email"], { email: "Email" }));
    expect(error).toMatchObject({ code: "usage", hint: "choose by number: #1 or #3" });
    expect(find(["Email", "x", "Email"])).toEqual({ email: [0, 2] });
  });

  it("suggests the nearest header, and lists them", () => {
    const error = failure(() => find(["Work Email", "Phone"], { email: "Wrok Email" }));
    expect(error.hint).toBe('did you mean "Work Email"?');
    expect(error.message).toContain('"Work Email", "Phone"');
  });

  it("prints no header where the headers may be data", () => {
    const table = head(["canary", "Jane"], false);
    const errors = [
      failure(() => resolveColumns(table, ["email"], { email: "Jan" })),
      missingColumn(table, "time"),
      failure(() => resolveKeys(table, table, undefined, {})),
      failure(() => resolveColumns(head(["Amount", "Betrag"], false), ["value"], {})),
    ];
    for (const error of errors) {
      expect(`${error.message} ${error.hint}`).not.toMatch(/canary|Jane|Betrag/);
      expect(error.code).toBe("usage");
    }
    expect(describeHeaders(table)).toContain("2 columns");
  });

  it("shortens long headers and takes control characters out of them", () => {
    const shown = describeHeaders(head([`Em\u001b[31mail\u202e${"x".repeat(100)}`]));
    expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(shown.length).toBeLessThan(90);
  });
});

describe("join keys", () => {
  const contacts = head(["Contact ID", "Email"], true, "contacts.csv");
  const deals = head(["Deal ID", "contact_id"], true, "deals.csv");

  it("finds the one id of a person that both have", () => {
    expect(resolveKeys(contacts, deals, undefined, {})).toEqual({ contacts: 0, conversions: 1 });
  });

  it("takes what the user names, in both or in each", () => {
    expect(resolveKeys(contacts, deals, "Contact ID", {})).toEqual({ contacts: 0, conversions: 1 });
    const each = { "contacts.key": "Email", "conversions.key": "#1" };
    expect(resolveKeys(contacts, deals, undefined, each)).toEqual({ contacts: 1, conversions: 0 });
    expect(resolveKeys(contacts, deals, "Contact ID", { "contacts.key": "Email" })).toEqual({
      contacts: 1,
      conversions: 1,
    });
  });

  it("does not join on names that every object's id has", () => {
    for (const name of ["Record ID", "ID", "Email"]) {
      expect(failure(() => resolveKeys(head([name]), head([name]), undefined, {})).code).toBe(
        "usage",
      );
    }
  });

  it("asks where two ids could be meant, or none is there", () => {
    const two = head(["Customer ID", "Lead ID"]);
    expect(failure(() => resolveKeys(two, two, undefined, {})).message).toContain(
      "several columns",
    );
    expect(failure(() => resolveKeys(contacts, head(["x"]), undefined, {})).message).toContain(
      "no column",
    );
    expect(failure(() => resolveKeys(contacts, deals, "Kontakt", {})).message).toContain(
      "contacts.csv",
    );
  });
});

describe("a first row that is no header", () => {
  it("is refused where it is a person, and not printed", async () => {
    for (const first of [
      "canary@example.com,Jane",
      "Jane,+1 425 555 0100",
      "Jane,2026-11-19",
      `Jane,${"ab".repeat(32)}`,
      "Phone,canary@example.com",
    ]) {
      const error = (await readBytes(`${first}\nx,y\n`).catch(
        (thrown) => thrown,
      )) as FirsthashError;
      expect([first, error.code, error.line]).toEqual([first, "input", 1]);
      expect(error.message).not.toMatch(/canary|Jane/);
    }
  });

  it("is read and not printable where no name is known, unless the user names one", async () => {
    expect((await readBytes("Foo,Bar\nx,y\n")).headers).toEqual(["Foo", "Bar"]);
  });
});
