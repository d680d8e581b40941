/** Upload files made by hand, with times that are fit on any day, apart from the product's own writer. */
import { createHash } from "node:crypto";

const HEADER =
  "Type,Status,Id,Parent Id,Client Id,Name,Conversion Currency Code,Conversion Name,Conversion Time,Conversion Value,Microsoft Click Id,Hashed Email Address,Hashed Phone Number";

export interface BulkRow {
  readonly goal?: string;
  readonly daysAgo?: number;
  readonly clickId?: string;
}

/** `M/d/yyyy h:mm:ss tt` in UTC. */
export function bulkTimeText(date: Date): string {
  const hour = date.getUTCHours();
  const two = (value: number) => String(value).padStart(2, "0");
  return (
    `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()} ` +
    `${hour % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hour < 12 ? "AM" : "PM"}`
  );
}

export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A file of these rows; row n is about person n. */
export function bulkFile(rows: readonly BulkRow[], now = new Date(), seed = ""): string {
  const lines = rows.map(({ goal = "Closed Won", daysAgo = 3, clickId = "" }, index) => {
    const time = bulkTimeText(new Date(now.getTime() - daysAgo * 86_400_000 - index * 60_000));
    const email = digestOf(`person${index}${seed}@example.com`);
    const phone = digestOf(`+1425555${String(index).padStart(4, "0")}${seed}`);
    return `Offline Conversion,,,,row-${index + 2},,USD,${goal},${time},${index + 10},${clickId},${email},${phone}`;
  });
  return `\ufeff${[HEADER, "Format Version,,,,,6.0,,,,,,,", ...lines].join("\r\n")}\r\n`;
}

/** Five conversions of which the service takes all. */
export function goodFile(now?: Date, seed?: string): string {
  const goals = ["Closed Won", "Closed Won", "Phone Sale", "Closed Won", "Phone Sale"];
  return bulkFile(
    goals.map((goal, index) => ({ goal, daysAgo: 2 + index })),
    now,
    seed,
  );
}
