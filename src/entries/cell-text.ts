/** Databases give numbers as numbers. What is no text and no whole number is read as what it is not: "?". */
export function textOf(cell: unknown): string {
  if (typeof cell === "string") return cell;
  if (cell === undefined || cell === null) return "";
  if (typeof cell === "bigint" || Number.isSafeInteger(cell)) return String(cell);
  return "?";
}
