/** What the ledger tells conversions by. */
import { copyOf, keyedHash } from "#host";
import { CONTENT, KEY } from "./records.ts";

/** What of a row says which conversion it is. */
export interface LedgerSubject {
  readonly name: string;
  /** Seconds since 1970. */
  readonly time: number;
  /** Its own id; else its click id; else the key that joins it to a contact. */
  readonly orderId?: string | undefined;
  readonly clickId?: string | undefined;
  readonly joinKey?: string | undefined;
}

/** What Microsoft tells duplicates by, besides name and time. */
export interface LedgerContent {
  readonly clickId?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** Makes keys under the secret of one ledger: with another ledger the same conversion has another key. */
export class LedgerKeys {
  readonly #hash: (text: string) => Uint8Array;

  constructor(secret: Uint8Array) {
    this.#hash = keyedHash(secret);
  }

  /**
   * Which conversion it is: goal, time to the second, and its own id, click id or join key. Never a digest of a
   * person: those change with the person's address, and the conversion stays the same.
   *
   * @returns 16 bytes, or undefined where nothing tells it from another one
   */
  key({ name, time, orderId, clickId, joinKey }: LedgerSubject): Uint8Array | undefined {
    const id =
      orderId !== undefined
        ? `order ${orderId}`
        : clickId !== undefined
          ? `click ${clickId}`
          : joinKey === undefined || joinKey === ""
            ? undefined
            : `join ${joinKey}`;
    if (id === undefined) return undefined;
    // The lengths part the texts, whatever stands in them.
    return this.#part(`microsoft-bulk ${time} ${name.length} ${name} ${id}`, KEY);
  }

  /** What is sent of it: where this changes, Microsoft counts the conversion a second time. */
  content(name: string, time: number, { clickId, email, phone }: LedgerContent): Uint8Array {
    const ids = `${clickId ?? ""} ${email ?? ""} ${phone ?? ""}`;
    return this.#part(`content ${time} ${ids} ${name}`, CONTENT);
  }

  /** Tells ledgers apart without telling the secret. */
  get id(): string {
    return hexOfBytes(this.#part("ledger id", 8));
  }

  /** The account that a ledger is for, as it stands in it. */
  account(environment: string, account: string): Uint8Array {
    return this.#part(`account ${environment} ${account}`, 32);
  }

  #part(text: string, length: number): Uint8Array {
    return copyOf(this.#hash(text).subarray(0, length));
  }
}

function hexOfBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
