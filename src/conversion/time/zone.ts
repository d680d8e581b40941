/**
 * Local time to instant. Temporal (temporal-polyfill, or the engine's own) says where a zone's offset
 * changes; the conversion itself is arithmetic on those changes, kept a year at a time, because asking
 * Temporal for each of a million rows would cost more than all the rest. A property test holds the
 * two equal. This is the one place where Temporal is imported, and only where a zone is named: 20 ms.
 */
import type { Temporal as TemporalTypes } from "temporal-polyfill";
import { textCopy } from "#host";
import { SECONDS_PER_DAY } from "./calendar.ts";
import { microsoftZone } from "./zone-text.ts";

/** Answers of `toInstant` that are no instant. */
export const AMBIGUOUS: number = Number.POSITIVE_INFINITY;
export const NONEXISTENT: number = Number.NEGATIVE_INFINITY;

/**
 * What to do with a local time that happens twice or never, in Temporal's meaning.
 * Twice: the first or the second occurrence. Never (02:30 on the night when 02:00 becomes 03:00):
 * `earlier` reads it with the offset after the change (01:30 standard time), `later` with the offset
 * before it (03:30 daylight time).
 */
export type DstChoice = "earlier" | "later";

let loaded: typeof TemporalTypes | undefined;

/** Loads what `openZone` needs. To be awaited before, where a zone may be named. */
export async function loadZones(): Promise<void> {
  loaded ??= (await import("temporal-polyfill")).Temporal;
}

function temporal(): typeof TemporalTypes {
  if (loaded === undefined) throw new Error("a zone is asked for, and zones were not loaded");
  return loaded;
}

/** About 388 days: a span of local time whose offset changes are looked up together. */
const SPAN = 2 ** 25;
/** No offset, and no change of offset, is larger than a day and a bit (Apia skipped one in 2011). */
const MARGIN = 3 * SECONDS_PER_DAY;

/** The offsets in force around one span: `offsets[i]` from instant `starts[i]` on. */
interface Offsets {
  readonly starts: readonly number[];
  readonly offsets: readonly number[];
}

export class Zone {
  /** IANA name. */
  readonly id: string;
  readonly #spans = new Map<number, Offsets>();
  #lastKey = Number.NaN;
  #last: Offsets = { starts: [], offsets: [] };

  constructor(id: string) {
    this.id = id;
  }

  /**
   * The instant of a local time, both in whole seconds (`local`: as if the wall clock showed UTC).
   * `AMBIGUOUS` or `NONEXISTENT` where the clocks change and no choice is given.
   */
  toInstant(local: number, dst?: DstChoice): number {
    const { starts, offsets } = this.#around(local);
    let first = Number.NaN;
    let last = Number.NaN;
    for (let i = 0; i < offsets.length; i++) {
      const instant = local - (offsets[i] as number);
      if (instant < (starts[i] as number)) continue;
      const end = starts[i + 1];
      if (end !== undefined && instant >= end) continue;
      if (Number.isNaN(first)) first = instant;
      last = instant;
    }
    if (Number.isNaN(first)) return resolveGap(local, starts, offsets, dst);
    if (first === last) return first;
    if (dst === undefined) return AMBIGUOUS;
    return dst === "earlier" ? Math.min(first, last) : Math.max(first, last);
  }

  #around(local: number): Offsets {
    const key = Math.floor(local / SPAN);
    if (key === this.#lastKey) return this.#last;
    let found = this.#spans.get(key);
    if (found === undefined) {
      found = lookUpOffsets(this.id, key * SPAN - MARGIN, (key + 1) * SPAN + MARGIN);
      this.#spans.set(key, found);
    }
    this.#lastKey = key;
    this.#last = found;
    return found;
  }
}

/** No segment holds the local time, so it lies in the gap of one forward change. */
function resolveGap(
  local: number,
  starts: readonly number[],
  offsets: readonly number[],
  dst: DstChoice | undefined,
): number {
  if (dst === undefined) return NONEXISTENT;
  for (let i = 1; i < offsets.length; i++) {
    const before = local - (offsets[i - 1] as number);
    const after = local - (offsets[i] as number);
    const change = starts[i] as number;
    if (before >= change && after < change) return dst === "earlier" ? after : before;
  }
  return NONEXISTENT;
}

function lookUpOffsets(id: string, from: number, to: number): Offsets {
  let at: TemporalTypes.ZonedDateTime | null = temporal()
    .Instant.fromEpochMilliseconds(from * 1000)
    .toZonedDateTimeISO(id);
  const starts = [Number.NEGATIVE_INFINITY];
  const offsets = [at.offsetNanoseconds / 1e9];
  for (;;) {
    at = at.getTimeZoneTransition("next");
    if (at === null || at.epochMilliseconds > to * 1000) return { starts, offsets };
    starts.push(at.epochMilliseconds / 1000);
    offsets.push(at.offsetNanoseconds / 1e9);
  }
}

const opened = new Map<string, Zone | undefined>();
/** Rows may name their zones; a file of garbage must not fill the memory with them. */
const MAX_OPENED = 1000;

/**
 * The zone of an IANA name (or of one of Microsoft's own zone names), undefined when there is none.
 * Plain offsets and three-letter abbreviations are no zones here: `EST` has no daylight saving time,
 * and whoever writes it usually means New York.
 */
export function openZone(name: string): Zone | undefined {
  const known = opened.get(name);
  if (known !== undefined || opened.has(name)) return known;
  const id = microsoftZone(name) ?? name;
  const zone = isZoneName(id) ? new Zone(id) : undefined;
  if (opened.size < MAX_OPENED) opened.set(textCopy(name), zone);
  return zone;
}

function isZoneName(id: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{2,63}$/.test(id)) return false;
  if (id.length === 3 && !/^(?:UTC|GMT)$/i.test(id)) return false;
  const { Instant } = temporal();
  try {
    Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id);
    return true;
  } catch {
    return false;
  }
}
