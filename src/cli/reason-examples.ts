/**
 * How reasons come about, an example of each, and how to mend it: what `firsthash reasons CODE` prints. Examples are
 * made up. A test holds that no code is without an entry.
 */

/** What stands in a file, and what to do about it. */
export interface ReasonExample {
  /** How it comes about. */
  readonly cause: string;
  /** A cell or a line, made up. */
  readonly example: string;
  /** What to do, in the file or at the command. */
  readonly mend: string;
}

type Examples = Readonly<Record<string, ReasonExample>>;

export const entry = (cause: string, example: string, mend: string): ReasonExample => ({
  cause,
  example,
  mend,
});

/** Nothing is to be done about a repair. */
const repaired = (cause: string, example: string): ReasonExample => ({
  cause,
  example,
  mend: "nothing: the cell is read as meant; the count says how often",
});

/** Why a cell gave no digest. */
export const CELL_EXAMPLES: Examples = {
  "already-hashed": entry(
    "The column was hashed by another tool, and a digest of a digest never matches.",
    "Email = c59475d96e9f01d7…390e",
    'name it as hashed: --column "hashed-email=<header>"',
  ),
  "email-more-than-one": entry(
    "A person has several addresses in one cell, and which one is used at the service is not known.",
    "jane@contoso.com; jane.doe@example.com",
    "keep one address in the cell, or export the others into columns of their own",
  ),
  "email-name-or-space": entry(
    "What stands before the space can be a name, or the first half of the address.",
    "dr. x jane@contoso.com",
    "leave only the address in the cell",
  ),
  "email-at-sign": entry(
    "The @ was lost, doubled, or the cell holds something else.",
    "jane.contoso.com",
    "mend the address in the CRM",
  ),
  "email-local-empty": entry(
    "Only dots or a +suffix stand before the @, and the rules take these away.",
    "+news@contoso.com",
    "mend the address in the CRM",
  ),
  "email-domain-invalid": entry(
    "A domain has a dot inside, none at its ends, and no two together.",
    "jane@contoso",
    "mend the address in the CRM",
  ),
  "email-domain-not-ascii": entry(
    "No service has written how a domain with such letters is hashed.",
    "jane@bücher.example",
    "give the phone number of these people",
  ),
  "email-not-ascii": entry(
    "No service has written how such a letter is hashed. Accents are no such letters: they are removed.",
    "søren@contoso.com",
    "give the phone number of these people",
  ),
  "email-invalid": entry(
    "What is left after the rules is no address.",
    "jane@contoso.c",
    "mend the address in the CRM",
  ),
  "phone-spreadsheet-damaged": entry(
    "A spreadsheet showed a long number with an exponent, and the digits after it are lost.",
    "4.15555E+09",
    "export again with the phone column formatted as text",
  ),
  "phone-more-than-one": entry(
    "Two numbers stand in one cell, and which one is used at the service is not known.",
    "+1 425 555 0100 / +1 425 555 0101",
    "keep one number in the cell, or export the other into a column of its own",
  ),
  "phone-fax": entry(
    "The cell says that it is a fax, which no ad account has.",
    "Fax 425 555 0100",
    'name another column: --column "phone=<header>"',
  ),
  "phone-letters": entry(
    "Letters are not part of a number, and which digits they stand for is not known.",
    "1-800-CONTOSO",
    "write the number in digits",
  ),
  "phone-no-country": entry(
    "The number has no + and no country, and each country would make another number of it.",
    "(425) 555-0100",
    "give --country US, or a country column",
  ),
  "phone-plus-missing": entry(
    "The number is none of the run's country; with a + in front it would be one of another.",
    "33612345678 in a file of the United States",
    "write the +, give a country column, or --phone-without-plus international",
  ),
  "phone-ambiguous": entry(
    "The digits are a number at home, and with a + in front another one abroad.",
    "33612345678 in a file of Germany",
    "write the +, or the leading 0; or say for the whole column --phone-without-plus national",
  ),
  "phone-country-unknown": entry(
    "The row's country cell is no code and no name that we know, so its number is not read in the run's.",
    "Country = Region 7",
    "write ISO codes or names, or give --country-fallback",
  ),
  "phone-invalid": entry(
    "The country's numbering plan has no such number: too short, too long, or never given out.",
    "555-0100 in a file of the United States",
    "mend the number in the CRM, and check --country",
  ),
  "hash-malformed": entry(
    "A column that was named as hashed holds plain text, a shortened digest, or another kind of hash.",
    "Hashed Email = jane@contoso.com",
    "name the column as plain, or hash it with SHA-256",
  ),
  "hash-of-nothing": entry(
    "The tool that made the digests hashed empty cells too; all these people have the same digest.",
    "e3b0c44298fc1c14…b855, the digest of an empty text",
    "leave such cells empty in that tool",
  ),
  "contact-conflict": entry(
    "Two rows of the contacts have one key and different addresses or numbers.",
    "003A01 with jane@contoso.com, and 003A01 with john@contoso.com",
    "merge the contacts in the CRM, or choose with --on-conflict first or last",
  ),
};

/** What was mended in a cell. */
export const REPAIR_EXAMPLES: Examples = {
  "email-wrapper": repaired(
    "Address books write a name around the address.",
    '"Jane Doe" <jane@contoso.com>',
  ),
  "email-separator": repaired("A list was split, and its comma stayed.", "jane@contoso.com;"),
  "email-mark": repaired("Spreadsheets and lists put a mark in front.", "'jane@contoso.com"),
  "email-name-before": repaired(
    "The person's name stands before the address.",
    "Jane Doe jane.doe@contoso.com",
  ),
  "email-invisible": repaired(
    "Copied texts hold characters that cannot be seen.",
    "jane@contoso.com with a zero-width space",
  ),
  "email-space": repaired("Microsoft's rule takes all spaces away.", "jane @contoso.com"),
  "phone-digits": repaired(
    "Keyboards of East Asia and Arabia write digits of their own.",
    "＋１４２５５５５０１００",
  ),
  "phone-invisible": repaired(
    "Copied numbers hold characters that cannot be seen.",
    "+1 425 555 0100 with a mark of direction",
  ),
  "phone-text-mark": repaired("A spreadsheet marks a text with an apostrophe.", "'+14255550100"),
  "phone-tel": repaired("A link was exported.", "tel:+14255550100"),
  "phone-float": repaired(
    "A column of numbers was written with decimals; no digit is lost.",
    "14255550100.0",
  ),
  "phone-double-zero": repaired("00 is dialled for the +.", "0044 20 7946 0100"),
  "phone-double-plus": repaired("A form put a + before one that was there.", "++44 20 7946 0100"),
  "phone-label": repaired("A word says what kind of number it is.", "Mobile: +1 425 555 0100"),
  "phone-plus-added": repaired(
    "A spreadsheet dropped the +; the number is one of the run's country.",
    "44 7700 900100 in a file of the United Kingdom",
  ),
  "phone-legacy": repaired("The country has given up this way of writing.", "+52 1 55 5555 0100"),
  "phone-extension": repaired(
    "An extension is no part of the number of an ad account.",
    "+1 425 555 0100 ext. 12",
  ),
};

/** What is worth saying about a row that was written. */
export const WARNING_EXAMPLES: Examples = {
  "time-within-last-hour": entry(
    "The conversion is so new that its click may not be known yet.",
    "a time 20 minutes ago",
    "upload it an hour later",
  ),
  "time-near-limit": entry(
    "The service takes nothing that is older than 90 days.",
    "a time 89 days and 20 hours ago",
    "upload today",
  ),
  "name-outer-space": entry(
    "The conversion name must equal the goal's letter for letter, spaces too.",
    '"Lead " with a space at its end',
    "look how the goal is called, and take the space off if it has none",
  ),
  "currency-not-listed": entry(
    "Microsoft's list of currencies does not name it.",
    "XYZ",
    "check the code; the row is written as it is",
  ),
  "currency-without-value": entry(
    "A currency says nothing without a value.",
    "USD, and no value",
    "give the value, or leave the currency out",
  ),
  "starts-like-formula": entry(
    "A spreadsheet would compute such a cell.",
    "=Lead",
    "do not open and save the file in a spreadsheet",
  ),
  "adjustment-without-currency": entry(
    "The new value has no currency, so the goal's is taken.",
    "new value 80, no currency",
    "give a currency column, or --currency USD",
  ),
  "click-id-only": entry(
    "No address and no number of the person can be used, but the row has a click id.",
    "a click id, and no contact",
    "nothing; the row can be attributed by its click",
  ),
};
