/** How many cells of each column are of use, counted by the readers that `prepare` uses. */

import { type FieldTally, PeopleTally } from "../base/tally.ts";
import { isAbsent } from "../identity/absent.ts";
import type { IdentifySettings } from "../identity/identify.ts";
import { type PersonColumns, PersonReader } from "../identity/person.ts";
import type { RowBatch } from "../read/types.ts";

const FIELDS = ["email", "phone", "hashed-email", "hashed-phone"] as const;

/** A field whose cells identify a person. */
export type IdentifierField = (typeof FIELDS)[number];

interface Lane {
  readonly field: IdentifierField;
  readonly column: number;
  readonly reader: PersonReader;
  readonly tally: FieldTally;
}

/** Cells of a column that identifies nobody. */
export class CellCounts {
  filled = 0;
  absent = 0;

  observe(cell: string): void {
    if (isAbsent(cell)) this.absent++;
    else this.filled++;
  }
}

/** Every column by itself, and each row as a person: the first usable cell wins. */
export class IdentifierCounts {
  /** In the order in which they are tried. */
  readonly lanes: readonly Lane[];
  readonly people = { rows: 0, both: 0, emailOnly: 0, phoneOnly: 0, neither: 0, noConsent: 0 };

  constructor(
    columns: PersonColumns,
    settings: IdentifySettings,
    consentValues: ReadonlySet<string>,
  ) {
    this.lanes = FIELDS.flatMap((field) =>
      (columns[field] ?? []).map((column) => {
        const tally = new PeopleTally();
        const { country = [], consent = [] } = columns;
        const only = { [field]: [column], country, consent };
        return {
          field,
          column,
          reader: new PersonReader(only, settings, consentValues, tally),
          tally: isEmail(field) ? tally.email : tally.phone,
        };
      }),
    );
  }

  observe(batch: RowBatch, row: number): void {
    const [first] = this.lanes;
    if (first === undefined) return;
    const { people } = this;
    people.rows++;
    // As in prepare: nothing of a person who did not agree is looked at.
    if (!first.reader.consents(batch, row)) {
      people.noConsent++;
      return;
    }
    let email = false;
    let phone = false;
    for (const { field, reader } of this.lanes) {
      const found = reader.identify(batch, row);
      if (isEmail(field)) email ||= found.email !== undefined;
      else phone ||= found.phone !== undefined;
    }
    if (email && phone) people.both++;
    else if (email) people.emailOnly++;
    else if (phone) people.phoneOnly++;
    else people.neither++;
  }
}

function isEmail(field: IdentifierField): boolean {
  return field === "email" || field === "hashed-email";
}
