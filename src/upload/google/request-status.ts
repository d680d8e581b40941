/**
 * What became of a request, as the service counts it: by destination, by reason, not by row
 * (request_status_per_destination.proto, processing_errors.proto). The proto says FAILED, the guide FAILURE.
 */
import { asWord } from "./refusals.ts";

/** Events that ended for one reason. */
export interface ReasonCount {
  readonly name: string;
  readonly rows: number;
}

export interface DestinationStatus {
  readonly status: "success" | "processing" | "failed" | "partial" | "unknown";
  /** The service's word for it. */
  readonly word: string;
  /** Of the destination, as the request named it; "" where it has none. */
  readonly reference: string;
  /** Events that the request held; undefined where it is not said. */
  readonly events: number | undefined;
  readonly errors: readonly ReasonCount[];
  readonly warnings: readonly ReasonCount[];
}

/** In the order of the destinations of the request. */
export interface RequestStatus {
  readonly destinations: readonly DestinationStatus[];
}

const STATUSES: Readonly<Record<string, DestinationStatus["status"]>> = {
  SUCCESS: "success",
  PROCESSING: "processing",
  FAILED: "failed",
  FAILURE: "failed",
  PARTIAL_SUCCESS: "partial",
};

type Fields = Readonly<Record<string, unknown>>;

export function requestStatusIn(body: Fields): RequestStatus {
  const list = body.requestStatusPerDestination;
  return { destinations: Array.isArray(list) ? list.map((item) => destinationOf(item ?? {})) : [] };
}

function destinationOf(item: Fields): DestinationStatus {
  const word = asWord(item.requestStatus) ?? "unknown";
  const { reference } = (item.destination ?? {}) as Fields;
  return {
    status: STATUSES[word] ?? "unknown",
    word,
    reference: typeof reference === "string" ? reference : "",
    events: countOf((item.eventsIngestionStatus as Fields | undefined)?.recordCount),
    errors: countsOf((item.errorInfo as Fields | undefined)?.errorCounts),
    warnings: countsOf((item.warningInfo as Fields | undefined)?.warningCounts),
  };
}

function countsOf(list: unknown): ReasonCount[] {
  if (!Array.isArray(list)) return [];
  return list.map((entry) => {
    const { reason, recordCount } = (entry ?? {}) as Fields;
    return { name: shortName(asWord(reason) ?? "unknown"), rows: countOf(recordCount) ?? 0 };
  });
}

/** The prefix says nothing; one reason of the proto has a shorter one. */
function shortName(word: string): string {
  return word.replace(/^PROCESSING_(?:ERROR|WARNING)_(?:REASON_)?/, "");
}

/** 64-bit numbers are strings in Google's JSON. */
function countOf(value: unknown): number | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Whether the service is done with it: each destination has a last word. */
export function isFinal({ destinations }: RequestStatus): boolean {
  return (
    destinations.length > 0 &&
    destinations.every(({ status }) => status !== "processing" && status !== "unknown")
  );
}
