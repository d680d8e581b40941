/**
 * The system's own store: Keychain, Credential Manager, Secret Service. Windows takes 2,560 bytes a credential and
 * keeps passwords as UTF-16, so bytes are kept (`setSecret`), in pieces of 2,000 with a head that counts them.
 */
import { failure } from "../failures.ts";
import { type Credential, type CredentialStore, parseCredential } from "./credential.ts";
import { withLock } from "./lock.ts";

const SERVICE = "firsthash";
const PIECE = 2000;
const MOST_PIECES = 20;

/** What is used of `AsyncEntry` of @napi-rs/keyring. */
export interface KeychainEntry {
  setSecret(secret: Uint8Array): Promise<void>;
  getSecret(): Promise<ArrayLike<number> | null | undefined>;
  deleteCredential(): Promise<unknown>;
}

/** Opens an entry of the system's store. */
export type OpenEntry = (service: string, user: string) => KeychainEntry;

/** @returns undefined where the optional package is not installed, or does not load on this system */
async function systemEntries(): Promise<OpenEntry | undefined> {
  try {
    const { AsyncEntry } = await import("@napi-rs/keyring");
    return (service, user) => new AsyncEntry(service, user);
  } catch {
    return undefined;
  }
}

/**
 * @param folder where the lock lies
 * @param open other than the system's, for tests
 * @throws FirsthashError "signIn" (`store-unavailable`)
 */
export async function openKeychain(folder: string, open?: OpenEntry): Promise<CredentialStore> {
  const entries = open ?? (await systemEntries());
  if (entries === undefined) {
    throw failure("store-unavailable", { more: "the package @napi-rs/keyring is not there" });
  }
  return new Keychain(entries, folder);
}

class Keychain implements CredentialStore {
  readonly kind = "keychain";
  readonly #open: OpenEntry;
  readonly #folder: string;

  constructor(open: OpenEntry, folder: string) {
    this.#open = open;
    this.#folder = folder;
  }

  async check(): Promise<void> {
    await guarded(async () => {
      const entry = this.#open(SERVICE, "a test of the store");
      await entry.setSecret(Buffer.from("test"));
      await entry.deleteCredential();
    });
  }

  async get(key: string): Promise<Credential | undefined> {
    return guarded(async () => {
      const head = await this.#read(key);
      if (head === undefined) return undefined;
      const pieces = piecesOf(head);
      if (pieces === undefined) return parseCredential(Buffer.from(head).toString("utf8"));
      const read: Uint8Array[] = [];
      for (const user of usersOf(key, pieces)) {
        const bytes = await this.#read(user);
        if (bytes === undefined) return undefined;
        read.push(bytes);
      }
      return parseCredential(Buffer.concat(read).toString("utf8"));
    });
  }

  /**
   * Pieces go under names of the other generation, then the head that names them is written, then the older pieces
   * go: killed anywhere, one of the two credentials is whole.
   */
  async set(key: string, credential: Credential): Promise<void> {
    await guarded(async () => {
      const head = await this.#read(key);
      const older = head === undefined ? undefined : piecesOf(head);
      const bytes = Buffer.from(JSON.stringify(credential), "utf8");
      const count = Math.ceil(bytes.length / PIECE);
      if (count > MOST_PIECES) throw new Error("a credential of more than 40,000 bytes");
      if (count === 1) {
        await this.#open(SERVICE, key).setSecret(bytes);
      } else {
        const pieces: Pieces = { count, generation: older?.generation === "a" ? "b" : "a" };
        for (const [index, user] of usersOf(key, pieces).entries()) {
          await this.#open(SERVICE, user).setSecret(
            bytes.subarray(index * PIECE, (index + 1) * PIECE),
          );
        }
        const text = `firsthash pieces ${count}${pieces.generation}`;
        await this.#open(SERVICE, key).setSecret(Buffer.from(text));
      }
      if (older !== undefined) await this.#forget(usersOf(key, older));
    });
  }

  async delete(key: string): Promise<boolean> {
    return guarded(async () => {
      const head = await this.#read(key);
      if (head === undefined) return false;
      const pieces = piecesOf(head);
      await this.#forget([key, ...(pieces === undefined ? [] : usersOf(key, pieces))]);
      return true;
    });
  }

  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return withLock(this.#folder, work);
  }

  async #read(user: string): Promise<Uint8Array | undefined> {
    const bytes = await this.#open(SERVICE, user).getSecret();
    return bytes === null || bytes === undefined || bytes.length === 0
      ? undefined
      : Uint8Array.from(bytes);
  }

  async #forget(users: readonly string[]): Promise<void> {
    for (const user of users) {
      if ((await this.#read(user)) !== undefined)
        await this.#open(SERVICE, user).deleteCredential();
    }
  }
}

/** A credential that is longer than one entry may be. */
interface Pieces {
  readonly count: number;
  readonly generation: "a" | "b";
}

function usersOf(key: string, { count, generation }: Pieces): string[] {
  return Array.from({ length: count }, (_, index) => `${key}#${generation}${index + 1}`);
}

function piecesOf(head: Uint8Array): Pieces | undefined {
  const text = Buffer.from(head.subarray(0, 40)).toString("latin1");
  const match = /^firsthash pieces (\d{1,2})([ab])$/.exec(text);
  const count = Number(match?.[1]);
  if (match === null || !(count >= 1 && count <= MOST_PIECES)) return undefined;
  return { count, generation: match[2] === "a" ? "a" : "b" };
}

/** Errors of the package are about the system's store; what they say is not ours to print. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw failure("store-unavailable");
  }
}
