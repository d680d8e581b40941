/** Numbers and times as the report writes them: by rules of its own, so that each machine gives the same bytes. */

import { grouped } from "../../base/report-lines.ts";

export { grouped };

/** "4.2 %"; what is not all or nothing never reads as 100 or 0. */
export function percentOf(count: number, sum: number): string {
  if (sum === 0 || count === 0) return "0 %";
  if (count === sum) return "100 %";
  const share = (count / sum) * 100;
  if (share < 0.1) return "< 0.1 %";
  if (share > 99.9) return "> 99.9 %";
  return `${share.toFixed(1)} %`;
}

/** 3748 → "3.7 kB" */
export function byteCount(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0 ? `${grouped(bytes)} bytes` : `${value.toFixed(1)} ${units[unit] ?? ""}`;
}

/** "2026-11-20T12:00:00Z" → "2026-11-20 12:00 UTC" */
export function instant(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** More are not drawn. */
const DAYS_DRAWN = 400;

/** All days from the first to the last, as ISO dates; none where they are too many to draw. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  const end = Date.parse(last);
  if (!(end - Date.parse(first) < DAYS_DRAWN * 86_400_000)) return [];
  for (let day = Date.parse(first); day <= end; day += 86_400_000) {
    days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}
