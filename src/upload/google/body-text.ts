/**
 * A request body as text: its events as they stand in the file, byte for byte, so that a body without some of them
 * has no number or digest that was written anew.
 */
import { byteDigest, utf8Bytes } from "#host";

/** What stands beside the events: destinations, encoding, consent. */
interface Envelope {
  readonly destinations?: readonly DestinationEntry[];
  readonly [member: string]: unknown;
}

interface DestinationEntry {
  readonly reference?: unknown;
  readonly operatingAccount?: { readonly accountId?: unknown };
}

/** One body of the file, which stands on one line. */
export interface Body {
  /** 1-based line. */
  readonly line: number;
  /** SHA-256 of the line, to know it again. */
  readonly digest: string;
  /** The events, each as it stands in the file. */
  readonly events: readonly string[];
  /** Accounts that the destinations name. */
  readonly accounts: readonly string[];
  /** References of the destinations, in their order; "" for one without. */
  readonly destinations: readonly string[];
  /** The members beside the events, without the last brace. */
  readonly open: string;
}

/** What of a body is sent. */
export interface SendOptions {
  /** Places of the events that are sent; all where it is left out. */
  readonly rows?: readonly number[];
  readonly validateOnly: boolean;
}

/** @returns undefined where the line is no body with a list of events */
export function readBody(text: string, line: number): Body | undefined {
  const events: string[] = [];
  const list = findEvents(text, events);
  if (list === undefined) return undefined;
  const beside = `${text.slice(0, list.from)}[]${text.slice(list.to)}`;
  let envelope: Envelope;
  try {
    envelope = JSON.parse(beside) as Envelope;
  } catch {
    // The parser's error quotes the text.
    return undefined;
  }
  // Whether it is a trial is said with each request.
  const { events: _, validateOnly: __, ...members } = envelope;
  const destinations = Array.isArray(envelope.destinations) ? envelope.destinations : [];
  return {
    line,
    digest: digestOf(text),
    events,
    accounts: destinations.map(({ operatingAccount }) => wordOf(operatingAccount?.accountId)),
    destinations: destinations.map(({ reference }) => wordOf(reference)),
    open: JSON.stringify(members).slice(0, -1),
  };
}

function digestOf(text: string): string {
  const digest = byteDigest();
  digest.update(utf8Bytes(text));
  return digest.hex();
}

function wordOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The body of a request with these events. */
export function requestText({ open, events }: Body, { rows, validateOnly }: SendOptions): string {
  const sent = rows === undefined ? events : rows.map((row) => events[row] ?? "");
  const comma = open === "{" ? "" : ",";
  const trial = validateOnly ? '"validateOnly":true,' : "";
  return `${open}${comma}${trial}"events":[${sent.join(",")}]}`;
}

/** What is asked of an event beside sending it. */
export interface EventFacts {
  /** The advertiser's own id of the conversion: with it a second sending is known as one. */
  readonly transactionId: string;
  /** Of the destination that it goes to; "" where the body has one. */
  readonly destination: string;
}

export function eventFacts(event: string): EventFacts {
  const { transactionId, destinationReferences } = JSON.parse(event) as Record<string, unknown>;
  const [reference] = Array.isArray(destinationReferences) ? destinationReferences : [];
  return { transactionId: wordOf(transactionId), destination: wordOf(reference) };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where the list of events stands, its brackets included; the events go into `events`. */
function findEvents(
  text: string,
  events: string[],
): { readonly from: number; readonly to: number } | undefined {
  let depth = 0;
  let key = "";
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      const end = endOfString(text, at);
      if (depth === 1) key = text.slice(at, end + 1);
      at = end;
    } else if (unit === 0x7b || unit === 0x5b) {
      if (depth === 1 && unit === 0x5b && key === '"events"') {
        const to = readItems(text, at, events);
        return to === undefined ? undefined : { from: at, to };
      }
      depth++;
    } else if (unit === 0x7d || unit === 0x5d) depth--;
  }
  return undefined;
}

/** @returns the place behind the list's bracket; undefined where it does not end */
function readItems(text: string, open: number, items: string[]): number | undefined {
  let depth = 0;
  let from = open + 1;
  const take = (to: number) => {
    const item = text.slice(from, to).trim();
    if (item !== "") items.push(item);
    from = to + 1;
  };
  for (let at = open + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at);
    else if (unit === 0x2c && depth === 0) take(at);
    else if (unit === 0x7b || unit === 0x5b) depth++;
    else if (unit === 0x7d || unit === 0x5d) {
      if (depth === 0) {
        take(at);
        return at + 1;
      }
      depth--;
    }
  }
  return undefined;
}

function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at++;
    else if (unit === QUOTE) return at;
  }
  return text.length;
}
