/**
 * Whose the digests of a row are. The contacts say whose each digest is, right or wrong; a row with both must have
 * those of one person, and where the conversions are given, those of the person that its conversion belongs to.
 */
import type { DigestField, DigestSink, UploadedRow } from "../form/rows.ts";
import { KeyReader } from "../join/key-reader.ts";
import type { KeySettings } from "../join/key-readings.ts";
import { KeyTable } from "../join/keys.ts";
import type { RowBatch } from "../read/types.ts";
import { DigestTable } from "./digests.ts";
import { haveCommon, Links, Numbers } from "./numbers.ts";

/** How the e-mail and the phone digests of the rows go together. */
export interface TogetherReport {
  /** Rows with both digests, each of which is some contact's. */
  readonly rows: number;
  /** Of these, rows in which no contact has both. */
  readonly apart: number;
}

/** Whether the rows carry the digests of their own person. */
export interface PersonReport {
  /** The conversions. */
  readonly file: string;
  /** Rows of the upload with a digest. */
  readonly rows: number;
  readonly right: number;
  /** Of these, rows that several people's conversions fit, by one name and time: theirs is one of them. */
  readonly shared: number;
  /** Rows with a digest of somebody else. */
  readonly other: number;
  /** Rows whose conversion is not there. */
  readonly unknown: number;
  /** Rows without a digest that is any contact's. */
  readonly untraced: number;
}

/** Told of a row, by its line. */
export type OnLine = (line: number) => void;

/** Told of the rows whose digests are somebody else's, or may be. */
export interface PersonLines {
  readonly onOther: OnLine;
  readonly onShared: OnLine;
  readonly onUnknown: OnLine;
}

/** A digest or a handle that is not there. */
const NONE = 0xffffffff;

/** The person of a conversion whose key no contact has. */
const NOBODY = 0xffffffff;

/** The rows of an upload file: their digests by number, and what tells their conversions. */
export class UploadedPeople implements DigestSink {
  readonly digests = new DigestTable();
  readonly #lines = new Numbers();
  readonly #emails = new Numbers();
  readonly #phones = new Numbers();
  /** What tells the conversion of a row: name and time, and these with the client id. */
  readonly #handles = new KeyTable();
  readonly #loose = new Numbers();
  readonly #exact = new Numbers();
  /** From digests to the people whose they are. */
  readonly #owners = new Links();
  readonly #contacts = new KeyTable();
  /** The keys of the contacts. */
  readonly keys: KeyReader;
  readonly #ofConversions: KeyReader;
  #withoutKey = 0;
  /** From handles to the people of their conversions. */
  readonly #conversions = new Links();

  /** @param settings how keys are read */
  constructor(settings: KeySettings) {
    this.keys = new KeyReader(this.#contacts, settings);
    this.#ofConversions = new KeyReader(this.#contacts, settings);
  }

  add(digest: string, field: DigestField): number {
    return this.digests.add(digest, field);
  }

  endRow(row: UploadedRow): void {
    if (row.email === "" && row.phone === "") return;
    this.#lines.push(row.line);
    this.#emails.push(row.email === "" ? NONE : this.digests.find(row.email));
    this.#phones.push(row.phone === "" ? NONE : this.digests.find(row.phone));
    const { time } = row;
    const handles = time === undefined ? undefined : handlesOf({ ...row, time });
    this.#loose.push(handles === undefined ? NONE : this.#handles.intern(handles.loose));
    const isExact = handles !== undefined && row.clientId !== "";
    this.#exact.push(isExact ? this.#handles.intern(handles.exact) : NONE);
  }

  /**
   * The person of a row of the contacts: rows of one key are one person, and so is each row without a key.
   *
   * @param digests numbers of those digests of the file that are this person's
   */
  addContact(batch: RowBatch, row: number, key: number | undefined, digests: Iterable<number>) {
    if (key !== undefined) this.keys.intern(batch, row, key);
    const slots = key === undefined ? "no-key" : this.keys.findAll(batch, row, key);
    const people = typeof slots === "string" ? [NOBODY - 1 - this.#withoutKey++] : slots;
    for (const digest of digests) for (const person of people) this.#owners.add(digest, person);
  }

  /** A conversion, and the key of its person. */
  addConversion(conversion: ToldBy, batch: RowBatch, row: number, key: number): void {
    const slots = this.#ofConversions.findAll(batch, row, key);
    const people = typeof slots === "string" ? [NOBODY] : slots;
    const { loose, exact } = handlesOf(conversion);
    for (const handle of [this.#handles.find(loose), this.#handles.find(exact)]) {
      if (handle < 0) continue;
      for (const person of people) this.#conversions.add(handle, person);
    }
  }

  /** To be called when the contacts, and the conversions if there are any, have been read. */
  end(): void {
    this.#owners.sort(this.digests.size);
    this.#conversions.sort(this.#handles.size);
  }

  /** Holds the two digests of each row to be one person's. */
  together(onApart: OnLine): TogetherReport {
    let rows = 0;
    let apart = 0;
    const isOnePerson = remembering((email, phone) =>
      haveCommon(this.#owners.of(email), this.#owners.of(phone)),
    );
    for (let row = 0; row < this.#lines.length; row++) {
      const email = this.#emails.at(row);
      const phone = this.#phones.at(row);
      if (!this.#hasOwner(email) || !this.#hasOwner(phone)) continue;
      rows++;
      if (isOnePerson(email, phone)) continue;
      apart++;
      onApart(this.#lines.at(row));
    }
    return { rows, apart };
  }

  /** Holds the digests of each row to be those of its conversion's person. */
  persons({ onOther, onShared, onUnknown }: PersonLines): Omit<PersonReport, "file"> {
    const counts = {
      rows: this.#lines.length,
      right: 0,
      shared: 0,
      other: 0,
      unknown: 0,
      untraced: 0,
    };
    const isOwn = remembering((digest, handle) =>
      haveCommon(this.#owners.of(digest), this.#conversions.of(handle)),
    );
    for (let row = 0; row < this.#lines.length; row++) {
      const handle = this.#handleOf(row);
      const traced = [this.#emails.at(row), this.#phones.at(row)].filter((digest) =>
        this.#hasOwner(digest),
      );
      if (traced.length === 0) counts.untraced++;
      else if (handle === NONE) {
        counts.unknown++;
        onUnknown(this.#lines.at(row));
      } else if (traced.every((digest) => isOwn(digest, handle))) {
        counts.right++;
        if (!isOfSeveral(this.#conversions.of(handle))) continue;
        counts.shared++;
        onShared(this.#lines.at(row));
      } else {
        counts.other++;
        onOther(this.#lines.at(row));
      }
    }
    return counts;
  }

  /** Tells of the rows whose digest in a column is one of those that the marks of the contacts make so. */
  rowsOf(field: DigestField, test: (marks: number) => boolean, onLine: OnLine): void {
    const digests = field === "email" ? this.#emails : this.#phones;
    for (let row = 0; row < this.#lines.length; row++) {
      const digest = digests.at(row);
      if (digest !== NONE && test(this.digests.marksOf(digest, field))) onLine(this.#lines.at(row));
    }
  }

  #hasOwner(digest: number): boolean {
    return digest !== NONE && this.#owners.of(digest).length > 0;
  }

  /** What tells a row's conversion most exactly, of what the conversions know. */
  #handleOf(row: number): number {
    for (const handle of [this.#exact.at(row), this.#loose.at(row)]) {
      if (handle !== NONE && this.#conversions.of(handle).length > 0) return handle;
    }
    return NONE;
  }
}

/** Whether a sorted list has two different numbers. */
function isOfSeveral(people: Uint32Array): boolean {
  return people[0] !== people[people.length - 1];
}

/** What is in an upload of that by which a conversion is told. */
type ToldBy = Pick<UploadedRow, "clientId" | "name"> & { readonly time: number };

function handlesOf({ clientId, name, time }: ToldBy): { loose: string; exact: string } {
  const loose = `${time} ${name}`;
  return { loose, exact: `${loose}\n${clientId}` };
}

/** Answers are kept, because a placeholder that many contacts share stands on many rows. */
function remembering(ask: (a: number, b: number) => boolean): typeof ask {
  const known = new Map<string, boolean>();
  return (a, b) => {
    const key = `${a} ${b}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = ask(a, b);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, answer);
    return answer;
  };
}

const MOST_REMEMBERED = 10_000;
