/** How a row comes to be left out, an example of each, and how to mend it; see reason-examples.ts. */
import { entry, type ReasonExample } from "./reason-examples.ts";

/** Why a conversion row was left out. */
export const ROW_EXAMPLES: Readonly<Record<string, ReasonExample>> = {
  "row-too-short": entry(
    "A line break inside an unquoted cell splits the row, or cells at the end are missing.",
    "A1,Lead below a header of five names",
    "export again with quotes, or as .xlsx",
  ),
  "row-too-long": entry(
    "A separator inside an unquoted cell makes two cells of one.",
    "A1,Lead,1,250.00,USD where the value has a comma",
    "write such cells in quotes",
  ),
  "name-missing": entry(
    "The cell of the conversion name is empty.",
    "A1,,2026-11-18T10:00:00Z",
    "fill it in, or give one name for all rows with --goal",
  ),
  "name-too-long": entry(
    "Microsoft takes 100 characters.",
    "a description instead of a name",
    "name the column of the goal: --column name=<header>",
  ),
  "name-looks-personal": entry(
    "A plain column would carry an address or a number out of the house.",
    "Call +1 425 555 0100",
    "name the right column, or give --goal",
  ),
  "name-malformed": entry(
    "A name of a goal has no line break.",
    "Lead, then a line break, then Won",
    "mend the cell",
  ),
  "stage-not-mapped": entry(
    "The goal map has no word about this stage of the CRM.",
    "Negotiation, and a map of Won and Lost",
    "add the stage to the map, with null to leave it out",
  ),
  "no-conversion-action": entry(
    "Google needs the number of a conversion action for each name.",
    "Lead, and --google-action Won=123",
    "give --google-action Lead=<number>, too",
  ),
  "time-absent": entry(
    "The cell of the time is empty.",
    "A1,Lead,",
    "fill it in, or name another column: --column time=<header>",
  ),
  "time-missing": entry(
    "A date alone is not an instant.",
    "2026-11-18",
    "export the time of day too, or give --assume-time 12:00",
  ),
  "time-unreadable": entry(
    "The form is none that we know.",
    "the day after the fair",
    "give the form with --date-format; `firsthash times` lists those that are read",
  ),
  "time-zone-unclear": entry(
    "A zone's short name can be several, or none that we know.",
    "2026-11-18 10:00 IST",
    "write an offset such as +05:30, or give --time-zone",
  ),
  "time-ambiguous": entry(
    "Clocks go back, and the hour comes twice.",
    "2026-11-01 01:30 in New York",
    "choose with --dst earlier or --dst later",
  ),
  "time-nonexistent": entry(
    "Clocks go forward, and the hour is skipped.",
    "2026-03-08 02:30 in New York",
    "choose with --dst earlier or --dst later",
  ),
  "time-too-old": entry(
    "The service takes nothing that is older.",
    "a time 100 days ago",
    "leave these rows out; upload sooner next time",
  ),
  "time-in-future": entry(
    "Times are read in the wrong zone, or the clock is wrong.",
    "tomorrow, 10:00",
    "check --time-zone, and --as-of if you gave it",
  ),
  "value-unreadable": entry(
    "The value is no number.",
    "to be agreed",
    "write a number, or leave the cell empty",
  ),
  "value-negative": entry(
    "A conversion has no negative value.",
    "-20.00",
    "take a conversion back with `firsthash adjust`",
  ),
  "value-too-large": entry(
    "Microsoft takes values up to 999999999999.",
    "1000000000000",
    "check the decimal mark: --decimal point or comma",
  ),
  "value-too-precise": entry(
    "Microsoft takes three decimals; to round would change the value.",
    "12.3456",
    "round it in the export",
  ),
  "value-currency-differs": entry(
    "The sign beside the value is another currency than the row's.",
    "€ 20.00, and USD in the column",
    "mend one of the two",
  ),
  "currency-malformed": entry(
    "A currency is three letters.",
    "gold coins",
    "write a code such as USD, or give --currency",
  ),
  "click-id-malformed": entry(
    "A Microsoft click id is 32 hex digits.",
    "EAIaIQobChMI, which is one of Google",
    "name the column of msclkid: --column click-id=<header>",
  ),
  "google-click-id-malformed": entry(
    "The cell has characters that no gclid, gbraid or wbraid has.",
    "abc def",
    "check which column was taken for it; case counts",
  ),
  "consent-unclear": entry(
    "The cell says neither yes nor no.",
    "perhaps",
    "write Granted or Denied, or leave the cell empty",
  ),
  "order-id-too-long": entry(
    "An order id has 100 characters at most.",
    "a whole sentence",
    "name the column of the order's number",
  ),
  "order-id-looks-personal": entry(
    "A plain column would carry an address or a number out of the house.",
    "jane@contoso.com",
    "name the column of the order's number: --column order-id=<header>",
  ),
  "client-id-too-long": entry(
    "A client id has 100 characters at most.",
    "a whole sentence",
    "leave the column out; row numbers are used instead",
  ),
  "client-id-looks-personal": entry(
    "A plain column would carry an address or a number out of the house.",
    "+14255550100",
    "leave the column out; row numbers are used instead",
  ),
  "value-looks-personal": entry(
    "A plain column would carry an address or a number out of the house.",
    "425 555 0100 in the column of the value",
    "name the right column: --column value=<header>",
  ),
  "key-looks-personal": entry(
    "The key is written beside the digests, and this one names the person.",
    "jane@contoso.com",
    "name a column of ids with --key, or leave it out to get line numbers",
  ),
  "attribution-malformed": entry(
    "A share of a conversion has a credit and a model.",
    "credit 1.5",
    "write a credit over 0 and at most 1, and a model",
  ),
  "starts-like-formula": entry(
    "A spreadsheet would compute such a name.",
    "=Lead",
    "rename the goal, or write the .xlsx form",
  ),
  "text-not-writable": entry(
    "A workbook has no control characters.",
    "Lead with a bell character",
    "rename the goal, or write the .csv form",
  ),
  "adjustment-value-missing": entry(
    "A Restate gives a conversion a new value.",
    "Restate, and no value",
    "fill in the new value, or write Retract",
  ),
  "adjustment-value-unexpected": entry(
    "A Retract takes the whole conversion back.",
    "Retract, and a value of 10",
    "write Restate for a smaller value",
  ),
  "adjustment-type-unknown": entry(
    "The word is neither a Restate nor a Retract.",
    "changed",
    "write restate or retract",
  ),
  "adjustment-time-missing": entry(
    "A correction says when it was made.",
    "an empty cell",
    "fill it in, or name its column: --column adjustment-time=<header>",
  ),
  "adjustment-before-conversion": entry(
    "A correction comes after its conversion.",
    "corrected on 1 November, converted on 3 November",
    "check the columns, and --time-zone",
  ),
  "adjustment-contradicted": entry(
    "Two corrections of one moment say different things.",
    "80 and 90 at 10:00",
    "keep the one that is right",
  ),
  "adjustment-after-retract": entry(
    "What is taken back cannot be changed any more.",
    "Retract on Monday, Restate on Tuesday",
    "keep one of the two",
  ),
  "original-ambiguous": entry(
    "Several conversions have this id.",
    "A1 on two rows of the upload",
    "name a column that tells them apart: --id <header>",
  ),
  "original-too-old": entry(
    "Microsoft corrects nothing that is older than 90 days.",
    "a conversion of 100 days ago",
    "leave these rows out",
  ),
  "original-malformed": entry(
    "A spreadsheet has changed the upload since.",
    "a time without its seconds",
    "give the upload as it was sent",
  ),
  "value-missing": entry(
    "This destination takes no row without a value.",
    "an empty cell",
    "map the column of the value, or leave these rows out",
  ),
  "click-id-not-in-layout": entry(
    "The person cannot be used, and this file has no column for the click id.",
    "a click id alone, for adobe",
    "upload these rows to microsoft-bulk or microsoft-import",
  ),
  "original-unnamed": entry(
    "The row does not say which conversion it corrects.",
    "an empty id",
    "fill it in",
  ),
  "original-not-found": entry(
    "The upload has no conversion of this id.",
    "A9, and an upload of A1 to A8",
    "check that it is the right upload, and --id",
  ),
  "original-left-out": entry(
    "The conversion has a fault, so it was not uploaded.",
    "a conversion without a time",
    "see why with `firsthash prepare`",
  ),
  "no-key": entry(
    "Nothing tells which contact the conversion is of.",
    "an empty Contact ID",
    "fill it in, or name another column: --key <header>",
  ),
  "key-spreadsheet-damaged": entry(
    "A spreadsheet keeps 15 digits of a number: of a longer id the rest is lost, and several ids become one.",
    "1.23457E+17 as a Contact ID, or a number cell of 18 digits in a workbook",
    "format the column as text before the ids are pasted, or export as CSV and do not open it in a spreadsheet",
  ),
  "no-contact": entry(
    "The contacts have no row of this key.",
    "003A99",
    "export all contacts; check that both files have the same kind of id",
  ),
  "contact-conflict": entry(
    "The contacts of this key contradict each other, and nothing else identifies the person.",
    "003A01 with jane@contoso.com, and 003A01 with john@contoso.com",
    "merge them in the CRM, or choose with --on-conflict",
  ),
  "no-identifier": entry(
    "The contact is there, but has no address or number that can be used, and the row no click id.",
    "a contact with n/a for both",
    "see in the summary why cells were refused, and mend them",
  ),
  "already-sent": entry(
    "An earlier run has sent this conversion, as its ledger knows.",
    "the rows of yesterday in today's export",
    "nothing",
  ),
  "already-sent-changed": entry(
    "An earlier run has sent this conversion with another address: to send it again would count it twice.",
    "an address that was mended since",
    "nothing, or take the earlier one back with `firsthash retract` first",
  ),
  "no-id-for-ledger": entry(
    "The ledger cannot know whether such a row was sent.",
    "no order id, and no id of the deal",
    "name the column of the conversion's own id: --column order-id=<header>",
  ),
  "order-continued": entry(
    "A shop writes an order with several articles on several lines, and it is one conversion.",
    "#1001 on three lines",
    "nothing",
  ),
  "stage-left-out": entry(
    "The goal map says null for this stage.",
    '{ "Lost": null }',
    "nothing, or give the stage a name in the map",
  ),
  "no-consent": entry(
    "The consent column says no, or nothing.",
    "no",
    "nothing; if these people agreed, name the word with --consent-values",
  ),
};
