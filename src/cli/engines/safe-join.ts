/**
 * A join that gives each conversion one row, as a query that all these engines read. It does what `prepare` does
 * with contacts of one key: fields that contradict each other are dropped, and a refused consent holds for all
 * rows (docs/rules.md). A plain LEFT JOIN would repeat a conversion for each row of its key.
 */

/** Contacts with their digests: columns `person`, `hashed_email`, `hashed_phone` and `agreed`. */
export interface DigestsQuery {
  /** The query, without a line end after it. */
  readonly text: string;
  /** Whether it has `agreed`; false where people without consent are not among its rows. */
  readonly agreed: boolean;
}

const indented = (text: string) => text.replace(/^(?=.)/gm, "  ");

/** @returns the query, without a semicolon */
export function safeJoin(digests: DigestsQuery): string {
  const consent = "\n  HAVING COUNT(*) = SUM(CASE WHEN agreed THEN 1 ELSE 0 END)";
  return `WITH digests AS (
${indented(digests.text)}
),
people AS (
  -- One row for each key. Digests that contradict each other are dropped.${
    digests.agreed ? " Who said no in one row said no." : ""
  }
  SELECT
    person,
    CASE WHEN COUNT(DISTINCT hashed_email) = 1 THEN MAX(hashed_email) END AS hashed_email,
    CASE WHEN COUNT(DISTINCT hashed_phone) = 1 THEN MAX(hashed_phone) END AS hashed_phone
  FROM digests
  WHERE person <> ''
  GROUP BY person${digests.agreed ? consent : ""}
)
SELECT conversions.*, people.hashed_email, people.hashed_phone
FROM conversions
LEFT JOIN people ON people.person = TRIM(conversions.customer_id)`;
}

/** What the functions are called, and the values that they get. */
export interface Calls {
  /** Before the names of functions. */
  readonly schema: string;
  /** As they stand in a statement: a text in quotes, or NULL. */
  readonly rules: string;
  readonly country: string;
}

/** The contacts, hashed by functions of the engine. */
export function hashedByFunctions({ schema, rules, country }: Calls): DigestsQuery {
  return {
    agreed: true,
    text: `-- The columns of your contacts. Without a country column write NULL, without consent TRUE.
-- Keys are texts: cast those that are numbers.
SELECT
  TRIM(customer_id) AS person,
  ${schema}hash_email(email, ${rules}) AS hashed_email,
  ${schema}hash_phone(phone, country, ${country}) AS hashed_phone,
  consent = 'yes' AS agreed
FROM contacts`,
  };
}
