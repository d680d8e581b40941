/**
 * Credentials in a file of mode 0600 in a folder of mode 0700: for machines without a store of the system's, and
 * only where the user says so. Not encrypted: whoever reads the user's files reads it.
 */
import { chmod, lstat, mkdir, readFile } from "node:fs/promises";
import { platform } from "node:os";
import { join } from "node:path";
import { FirsthashError, systemCode } from "../../base/errors.ts";
import { cannotWrite } from "../../base/system.ts";
import { writeTextFile } from "../../write/data-file.ts";
import { failure } from "../failures.ts";
import { type Credential, type CredentialStore, parseCredential } from "./credential.ts";
import { withLock } from "./lock.ts";

const SCHEMA = "firsthash.credentials/1";

interface Content {
  readonly schema: typeof SCHEMA;
  readonly credentials: Readonly<Record<string, unknown>>;
}

export function openFileStore(folder: string): CredentialStore {
  return new FileStore(folder);
}

class FileStore implements CredentialStore {
  readonly kind = "file";
  readonly #folder: string;
  readonly #path: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, "credentials.json");
  }

  async check(): Promise<void> {
    await makeFolder(this.#folder);
    await this.#read();
  }

  async get(key: string): Promise<Credential | undefined> {
    const credentials = await this.#read();
    const found = Object.hasOwn(credentials, key) ? credentials[key] : undefined;
    return found === undefined ? undefined : parseCredential(JSON.stringify(found));
  }

  async set(key: string, credential: Credential): Promise<void> {
    const credentials = await this.#read();
    await this.#write({ ...credentials, [key]: credential });
  }

  async delete(key: string): Promise<boolean> {
    const { [key]: found, ...others } = await this.#read();
    if (found === undefined) return false;
    await this.#write(others);
    return true;
  }

  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return withLock(this.#folder, work);
  }

  async #read(): Promise<Readonly<Record<string, unknown>>> {
    let text: string;
    try {
      const status = await lstat(this.#path);
      // Windows has no such bits; there the folder is the user's own.
      const open = (status.mode & 0o077) !== 0 && platform() !== "win32";
      if (!status.isFile() || open) throw failure("store-unsafe", { file: this.#path });
      text = await readFile(this.#path, "utf8");
    } catch (error) {
      if (systemCode(error) === "ENOENT") return {};
      if (error instanceof FirsthashError) throw error;
      throw failure("store-unavailable", { file: this.#path });
    }
    const content = parse(text);
    if (content === undefined) throw failure("store-unsafe", { file: this.#path });
    return content.credentials;
  }

  async #write(credentials: Readonly<Record<string, unknown>>): Promise<void> {
    await makeFolder(this.#folder);
    const content: Content = { schema: SCHEMA, credentials };
    await writeTextFile(this.#path, `${JSON.stringify(content, null, 2)}\n`, { force: true });
  }
}

/** A folder for the user alone. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/** The parser's error quotes the text. */
function parse(text: string): Content | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { schema, credentials } = (value ?? {}) as Partial<Content>;
  return schema === SCHEMA && typeof credentials === "object" && credentials !== null
    ? { schema, credentials }
    : undefined;
}
