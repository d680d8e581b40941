/** Request bodies as JSON Lines: one body a line, LF, so that a script can send a line as it stands. */
import type { BodiesPlan, Column, UploadRow } from "../destinations/types.ts";
import { type Encoder, TextBlocks } from "./encoder.ts";

/** The bodies of a run, each filled up to its limit. */
export function bodiesEncoder(plan: BodiesPlan): Encoder {
  const blocks = new TextBlocks();
  const write = itemWriter(plan);
  let items = 0;
  return {
    add(row) {
      const item = write(row);
      const last = items === plan.itemsPerBody;
      const before = items === 0 ? plan.open : last ? `${plan.close}\n${plan.open}` : ",";
      blocks.push(before + item);
      items = last ? 1 : items + 1;
      return true;
    },
    take: () => blocks.take(),
    end() {
      if (items > 0) blocks.push(`${plan.close}\n`);
      return blocks.end();
    },
  };
}

/** Writes an item. */
type Writer = (row: UploadRow) => string;

/** A member of an object: a cell, an object of members, or a list of objects. */
interface Member {
  readonly name: string;
  readonly cell?: Column;
  readonly members: Member[];
  readonly list: boolean;
}

/** The members that columns name by their paths, in the order in which they first come. */
function membersOf(columns: readonly Column[]): Member[] {
  const top: Member[] = [];
  for (const column of columns) {
    const path = column.header.split(".");
    let members = top;
    for (const part of path.slice(0, -1)) {
      const list = part.endsWith("[]");
      const name = list ? part.slice(0, -2) : part;
      let member = members.find((known) => known.name === name);
      if (member === undefined) {
        member = { name, members: [], list };
        members.push(member);
      }
      members = member.members;
    }
    const last = path.at(-1) ?? "";
    const list = last.endsWith("[]");
    members.push({ name: list ? last.slice(0, -2) : last, cell: column, members: [], list });
  }
  return top;
}

/**
 * Makes what writes an item as JSON. A decimal is a JSON number as it stands: it never becomes a float, so no
 * digit can change. What does not depend on the row is made once.
 */
function itemWriter({ columns, absent }: Pick<BodiesPlan, "columns" | "absent">): Writer {
  const nothing = absent === "null" ? "null" : "";
  const write = objectWriter(membersOf(columns), nothing);
  return (row) => write(row) || "{}";
}

/** An object's text; "" for one that would be empty. */
function objectWriter(members: readonly Member[], nothing: string): Writer {
  const writers = members.map((member) => namedWriter(member, nothing));
  return (row) => {
    let text = "";
    for (const write of writers) {
      const member = write(row);
      if (member !== "") text += text === "" ? member : `,${member}`;
    }
    return text === "" ? "" : `{${text}}`;
  };
}

/** `"name":value`, or "" where there is none. */
function namedWriter(member: Member, nothing: string): Writer {
  const name = `"${member.name}":`;
  const { cell } = member;
  if (cell?.always !== undefined && cell.always !== "") {
    const whole = `${name}${valueWriter(cell, member.list)(cell.always)}`;
    return () => whole;
  }
  if (cell !== undefined) {
    const write = valueWriter(cell, member.list);
    const missing = nothing === "" ? "" : `${name}${nothing}`;
    return (row) => {
      const text = cell.cell(row);
      return text === "" ? missing : `${name}${write(text)}`;
    };
  }
  const write = member.list ? listWriter(member.members) : objectWriter(member.members, nothing);
  return (row) => {
    const text = write(row);
    return text === "" ? "" : `${name}${text}`;
  };
}

/** A cell as JSON. Nothing of a closed alphabet needs an escape. */
function valueWriter({ type, alphabet }: Column, list: boolean): (text: string) => string {
  if (type === "number") return list ? (text) => `[${text}]` : (text) => text;
  if (alphabet === "closed") return list ? (text) => `["${text}"]` : (text) => `"${text}"`;
  return list ? (text) => `[${JSON.stringify(text)}]` : (text) => JSON.stringify(text);
}

/** A list of objects with one member each; those that would be empty are not there. */
function listWriter(members: readonly Member[]): Writer {
  const writers = members.map((member) => objectWriter([member], ""));
  return (row) => {
    let text = "";
    for (const write of writers) {
      const item = write(row);
      if (item !== "") text += text === "" ? item : `,${item}`;
    }
    return text === "" ? "" : `[${text}]`;
  };
}
