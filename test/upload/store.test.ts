/** Where a sign-in is kept. The system's stores of Windows, macOS and desktops are not here: their limits are played. */
import { chmodSync, existsSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type Credential,
  credentialKey,
  parseCredential,
} from "../../src/upload/store/credential.ts";
import { openFileStore } from "../../src/upload/store/file.ts";
import { openKeychain } from "../../src/upload/store/keychain.ts";
import { scratch } from "../helpers/run.ts";

const credential = (length: number): Credential => ({
  schema: "firsthash.credential/1",
  refreshToken: "r".repeat(length),
  developerToken: "DEV",
  signedInAt: "2026-11-25T10:00:00Z",
  usedAt: "2026-11-25T10:00:00Z",
});

/** Credential Manager's limit (CRED_MAX_CREDENTIAL_BLOB_SIZE). */
const WINDOWS_LIMIT = 2560;

class Entries {
  readonly kept = new Map<string, Uint8Array>();
  /** Writes that still succeed; then the process is killed. */
  left = Number.POSITIVE_INFINITY;

  readonly open = (service: string, user: string) => {
    const key = `${service}|${user}`;
    const step = () => {
      if (this.left-- <= 0) throw new Error("killed");
    };
    return {
      setSecret: async (secret: Uint8Array) => {
        step();
        if (secret.length > WINDOWS_LIMIT) throw new Error("TooLong");
        this.kept.set(key, Uint8Array.from(secret));
      },
      getSecret: async () => {
        const found = this.kept.get(key);
        return found === undefined ? null : [...found];
      },
      deleteCredential: async () => {
        step();
        return this.kept.delete(key);
      },
    };
  };
}

describe("the system's store", () => {
  it.each([10, 1500, 1900, 3000, 9000])(
    "gives back a refresh token of %i bytes",
    async (length) => {
      const entries = new Entries();
      const store = await openKeychain(scratch(), entries.open);
      await store.set("production/client", credential(length));
      expect(await store.get("production/client")).toEqual(credential(length));
      for (const bytes of entries.kept.values()) expect(bytes.length).toBeLessThanOrEqual(2000);
    },
  );

  it("leaves no piece of a longer credential behind", async () => {
    const entries = new Entries();
    const store = await openKeychain(scratch(), entries.open);
    await store.set("k", credential(9000));
    await store.set("k", credential(3000));
    expect(entries.kept.size).toBe(3);
    await store.set("k", credential(10));
    expect(entries.kept.size).toBe(1);
    await store.set("k", credential(5000));
    expect(await store.delete("k")).toBe(true);
    expect(entries.kept.size).toBe(0);
    expect(await store.delete("k")).toBe(false);
  });

  it("holds the older credential or the newer one, wherever a change is cut off", async () => {
    for (const [before, after] of [
      [9000, 9001],
      [10, 9001],
      [9000, 11],
    ] as const) {
      for (let left = 0; left < 12; left++) {
        const entries = new Entries();
        const store = await openKeychain(scratch(), entries.open);
        await store.set("k", credential(before));
        entries.left = left;
        await store.set("k", credential(after)).catch(() => {});
        entries.left = Number.POSITIVE_INFINITY;
        const kept = await store.get("k");
        expect([credential(before), credential(after)]).toContainEqual(kept);
        // And it can be gone on with.
        await store.set("k", credential(7000));
        expect(await store.get("k")).toEqual(credential(7000));
      }
    }
  });

  it("says that it cannot be used, and nothing of what the system says", async () => {
    const open = () => ({
      setSecret: async () => {
        throw new Error("Couldn't access platform storage: secret words");
      },
      getSecret: async () => null,
      deleteCredential: async () => false,
    });
    const store = await openKeychain(scratch(), open);
    const failed = await store.check().catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: "signIn", reason: "store-unavailable" });
    expect(String((failed as Error).stack)).not.toContain("secret words");
  });
});

describe("the file", () => {
  it("is of mode 0600 in a folder of mode 0700, and keeps several", async () => {
    const folder = join(scratch(), "firsthash");
    const store = openFileStore(folder);
    await store.set("a", credential(10));
    await store.set("b", credential(20));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, "credentials.json")).mode & 0o777).toBe(0o600);
    expect(await store.get("a")).toEqual(credential(10));
    expect(await store.delete("a")).toBe(true);
    expect(await store.get("a")).toBeUndefined();
    expect(await store.get("b")).toEqual(credential(20));
    expect(readdirSync(folder)).toEqual(["credentials.json"]);
  });

  it("is not read where others can read it", async () => {
    const folder = join(scratch(), "firsthash");
    const store = openFileStore(folder);
    await store.set("a", credential(10));
    chmodSync(join(folder, "credentials.json"), 0o640);
    await expect(store.get("a")).rejects.toMatchObject({ reason: "store-unsafe" });
  });

  it.each(["", "{", "[]", '{"schema":"other/1","credentials":{}}'])(
    "is not taken for a store where it holds %j",
    async (text) => {
      const folder = join(scratch(), "firsthash");
      const store = openFileStore(folder);
      await store.set("a", credential(10));
      writeFileSync(join(folder, "credentials.json"), text, { mode: 0o600 });
      await expect(store.get("a")).rejects.toMatchObject({ reason: "store-unsafe" });
    },
  );

  it("lets one at a time read, use and store a token", async () => {
    const folder = join(scratch(), "firsthash");
    const store = openFileStore(folder);
    let inside = 0;
    let most = 0;
    const work = () =>
      store.exclusively(async () => {
        inside++;
        most = Math.max(most, inside);
        await new Promise((resolve) => setTimeout(resolve, 20));
        inside--;
      });
    await Promise.all([work(), work(), work()]);
    expect(most).toBe(1);
    expect(existsSync(join(folder, "credentials.lock"))).toBe(false);
  });

  it("takes the lock of a process that died over a minute ago", async () => {
    const folder = join(scratch(), "firsthash");
    const store = openFileStore(folder);
    await store.set("a", credential(10));
    const lock = join(folder, "credentials.lock");
    writeFileSync(lock, "");
    utimesSync(lock, new Date(Date.now() - 61_000), new Date(Date.now() - 61_000));
    expect(await store.exclusively(async () => "done")).toBe("done");
  });
});

describe("a credential", () => {
  it("is taken where all of it is there", () => {
    expect(parseCredential(JSON.stringify(credential(10)))).toEqual(credential(10));
    for (const text of ["", "null", "{}", '{"schema":"firsthash.credential/1"}']) {
      expect(parseCredential(text)).toBeUndefined();
    }
  });

  it("lies under environment and client id, and the profile where it is another than the usual", () => {
    expect(credentialKey("production", "id", "default")).toBe("production/id");
    expect(credentialKey("sandbox", "id", "agency")).toBe("sandbox/id/agency");
  });
});
