/** What a file is compared with: the contacts, and the conversions where they are given too. */
import { usageError } from "../base/errors.ts";
import { loadZones } from "../conversion/time/zone.ts";
import { type Inputs, openInputs } from "../prepare/inputs.ts";
import type { RunOptions } from "../prepare/options.ts";
import { type Plan, planRun } from "../prepare/plan.ts";
import {
  type Columns,
  describeHeaders,
  findColumn,
  keyColumns,
  resolveColumns,
} from "../read/columns/columns.ts";
import { openTable } from "../read/open.ts";
import type { InputSource, Table } from "../read/types.ts";
import { CONVERSION_OPTIONS, type VerifyOptions } from "./options.ts";

/** The contacts, and what their columns hold. */
export interface ContactSource {
  readonly table: Table;
  readonly columns: Columns;
  /** The column that says which rows are one person. */
  readonly key: number | undefined;
}

export interface Sources {
  readonly contacts: ContactSource;
  /** The conversions, joined as `prepare` joins them. */
  readonly joined: { readonly inputs: Inputs; readonly plan: Plan } | undefined;
  close(): Promise<void>;
}

const FIELDS = ["email", "phone", "country", "hashed-email", "hashed-phone"] as const;

/**
 * Opens what a file is compared with; undefined where there is nothing.
 *
 * @throws FirsthashError "input" for what cannot be read, "usage" for columns that are missing or unclear
 */
export async function openSources(options: VerifyOptions): Promise<Sources | undefined> {
  const { against, conversions } = options;
  if (against === undefined) return undefined;
  if (conversions !== undefined) return openJoined(options, against, conversions);
  const { columns: choices = {}, key, read, signal } = options;
  const name = options.againstName ?? (typeof against === "string" ? against : "contacts");
  const knownNames = [key, ...Object.values(choices).flat()].filter((each) => each !== undefined);
  const table = await openTable(against, name, { ...read?.contacts, knownNames }, signal);
  try {
    const columns = contactColumns(table, resolveColumns(table, FIELDS, choices));
    const contacts = { table, columns, key: contactKey(table, options) };
    return { contacts, joined: undefined, close: () => table.close() };
  } catch (error) {
    await table.close();
    throw error;
  }
}

async function openJoined(
  options: VerifyOptions,
  contacts: InputSource,
  conversions: InputSource,
): Promise<Sources> {
  const { columns = {}, key, goal, goalMap, read, signal } = options;
  const { againstName, conversionsName, onProgress } = options;
  const names = {
    ...(againstName !== undefined && { contacts: againstName }),
    ...(conversionsName !== undefined && { conversions: conversionsName }),
  };
  const run: RunOptions = {
    ...Object.fromEntries(CONVERSION_OPTIONS.map((name) => [name, options[name]])),
    asOf: options.asOf,
    signal,
    onProgress: ({ rows, share }) => onProgress?.({ stage: "conversions", rows, share }),
    dryRun: true,
  };
  if (run.timeZone !== undefined) await loadZones();
  const plan = planRun(run, { layout: undefined, account: undefined }, []);
  const inputs = await openInputs({
    contacts,
    conversions,
    columns,
    key,
    goal,
    goalMap,
    read: {
      ...(read?.contacts !== undefined && { contacts: read.contacts }),
      ...(read?.conversions !== undefined && { conversions: read.conversions }),
    },
    signal,
    names,
  });
  const { table, columns: ofContacts, key: contactsKey } = inputs.contacts as Inputs["conversions"];
  const { consent: _, ...known } = ofContacts;
  return {
    contacts: { table, columns: known, key: contactsKey },
    joined: { inputs, plan },
    close: () => inputs.close(),
  };
}

/** @throws FirsthashError "usage" where no column holds an e-mail address or a phone number */
function contactColumns(table: Table, columns: Columns): Columns {
  if (FIELDS.some((field) => field !== "country" && columns[field] !== undefined)) return columns;
  throw usageError(
    `no column of ${table.findings.file} is known to hold an e-mail address or a phone number; ${describeHeaders(table)}`,
    "name it with `columns.email` or `columns.phone`",
  );
}

/** The id of a contact: the user's word, or the one header that can only name it. */
function contactKey(table: Table, { key, columns = {} }: VerifyOptions): number | undefined {
  const [named] = [columns["contacts.key"] ?? key ?? []].flat();
  if (named !== undefined) return findColumn(table, named, "key");
  const known = keyColumns(table);
  return known.length === 1 ? known[0] : undefined;
}
