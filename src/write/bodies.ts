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
 * digit can change.
 */
function itemWriter({ columns, absent }: Pick<BodiesPlan, "columns" | "absent">): Writer {
  const members = membersOf(columns);
  const nothing = absent === "null" ? "null" : "";
  return (row) => objectText(members, row, nothing) || "{}";
}

/** An object's text; "" for one that would be empty. */
function objectText(members: readonly Member[], row: UploadRow, nothing: string): string {
  let text = "";
  for (const member of members) {
    const value = memberText(member, row, nothing);
    if (value !== "") text += `${text === "" ? "{" : ","}"${member.name}":${value}`;
  }
  return text === "" ? "" : `${text}}`;
}

function memberText({ cell, members, list }: Member, row: UploadRow, nothing: string): string {
  if (cell !== undefined) {
    const text = cell.cell(row);
    if (text === "") return nothing;
    const value = cell.type === "number" ? text : JSON.stringify(text);
    return list ? `[${value}]` : value;
  }
  if (!list) return objectText(members, row, nothing);
  const items = members
    .map((member) => objectText([member], row, ""))
    .filter((item) => item !== "");
  return items.length === 0 ? "" : `[${items.join(",")}]`;
}
