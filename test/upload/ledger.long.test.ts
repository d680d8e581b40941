/** `--ledger`: a conversion is sent once, also where the person's address has changed since. */
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { Client } from "../helpers/microsoft/client.ts";
import { goodFile } from "../helpers/microsoft/files.ts";
import { type LocalService, startService } from "../helpers/microsoft/service.ts";
import { firsthash } from "../helpers/run.ts";

const services: LocalService[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
});

const LEDGER = ["--ledger", "ledger.firsthash"];
const DAYS = [3, 4, 5].map((days) => new Date(Date.now() - days * 86_400_000).toISOString());

class Daily {
  readonly run: Client;

  private constructor(run: Client) {
    this.run = run;
    this.contacts(["ana@example.com", "ben@example.com", "eva@example.com"]);
    this.conversions([0, 1]);
  }

  static async start(): Promise<Daily> {
    const service = await startService();
    services.push(service);
    return new Daily(new Client(service, goodFile()));
  }

  path(name: string): string {
    return join(this.run.folder, name);
  }

  contacts(emails: readonly string[]): void {
    const rows = emails.map((email, index) => `C-${index},${email}\n`);
    writeFileSync(this.path("contacts.csv"), `Contact ID,Email\n${rows.join("")}`);
  }

  conversions(ids: readonly number[], goal = "Closed Won"): void {
    const rows = ids.map((id) => `C-${id},${goal},${DAYS[id]}\n`);
    writeFileSync(
      this.path("conversions.csv"),
      `Contact ID,Conversion Name,Conversion Time\n${rows.join("")}`,
    );
  }

  prepare(...more: string[]) {
    const args = [
      ...["prepare", "--contacts", "contacts.csv", "--conversions", "conversions.csv"],
      ...["--key", "Contact ID", "-o", "upload.csv", "--force", ...LEDGER, ...more],
    ];
    return firsthash(args, { cwd: this.run.folder });
  }

  upload(...more: string[]) {
    return this.run.run(["upload", "upload.csv", ...LEDGER, ...more]);
  }
}

describe("a daily job with a ledger", () => {
  it("sends what is new, and leaves out what was sent: the same, and changed", async () => {
    const daily = await Daily.start();
    expect(await daily.prepare()).toMatchObject({ code: 0 });
    expect(statSync(daily.path("upload.csv.ledger-keys")).mode & 0o777).toBe(0o600);
    expect(await daily.upload()).toMatchObject({ code: 0 });
    expect(existsSync(daily.path("upload.csv.ledger-keys"))).toBe(false);
    // Ben has a new address, which would be a new conversion to Microsoft.
    daily.contacts(["ana@example.com", "ben.new@example.com", "eva@example.com"]);
    daily.conversions([0, 1, 2]);
    const second = await daily.prepare();
    expect(second.code, second.stderr).toBe(0);
    expect(second.stderr).toContain("sent before, as the ledger knows (line 2)");
    expect(second.stderr).toContain("it would count twice (line 3)");
    expect(await daily.upload()).toMatchObject({ code: 0 });
    expect(daily.run.service.counted).toBe(3);
    const third = await daily.prepare();
    expect(third.code, third.stderr).toBe(0);
    expect(daily.run.service.violations).toEqual([]);
  });

  it("sends again what was refused", async () => {
    const daily = await Daily.start();
    daily.conversions([0, 1], "No Such Goal");
    await daily.prepare();
    expect(await daily.upload("--no-goals-check")).toMatchObject({ code: 1 });
    const again = await daily.prepare();
    expect(again.stderr).toContain("2 of 2");
    expect(again.code).toBe(0);
  });

  it("sends a second file of the same conversions not at all", async () => {
    const daily = await Daily.start();
    await daily.prepare();
    const other = await firsthash(
      [
        ...["prepare", "--contacts", "contacts.csv", "--conversions", "conversions.csv"],
        ...["--key", "Contact ID", "-o", "other.csv", ...LEDGER],
      ],
      { cwd: daily.run.folder },
    );
    expect(other.code).toBe(0);
    expect(await daily.upload()).toMatchObject({ code: 0 });
    const refused = await daily.run.run(["upload", "other.csv", ...LEDGER]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("already-sent");
    expect(existsSync(daily.path("other.csv.upload.json"))).toBe(false);
    expect(daily.run.service.copies).toBe(1);
  });

  it("uploads no file without its keys, and none with keys without the ledger", async () => {
    const daily = await Daily.start();
    expect(await daily.upload()).toMatchObject({ code: 2 });
    await daily.prepare();
    const without = await daily.run.run(["upload", "upload.csv"]);
    expect(without.code).toBe(2);
    expect(without.stderr).toContain("ledger-missing");
    expect(daily.run.service.copies).toBe(0);
  });

  it("sends a conversion that was taken back", async () => {
    const daily = await Daily.start();
    await daily.prepare();
    await daily.upload();
    const now = new Date().toISOString();
    writeFileSync(
      daily.path("corrections.csv"),
      `Order,Adjustment Type,Adjustment Time\nrow-2,Retract,${now}\n`,
    );
    const adjust = await firsthash(
      [
        ...[
          "adjust",
          "--corrections",
          "corrections.csv",
          "--original",
          "upload.csv",
          "--id",
          "Order",
        ],
        ...["-o", "back.csv"],
      ],
      { cwd: daily.run.folder },
    );
    expect(adjust.code, adjust.stderr).toBe(0);
    const back = await daily.run.run(["upload", "back.csv", ...LEDGER]);
    expect(back.code, back.stderr).toBe(0);
    const again = await daily.prepare();
    expect(again.code, again.stderr).toBe(0);
    expect(readFileSync(daily.path("upload.csv"), "utf8")).toContain("row-2,");
    expect(readFileSync(daily.path("upload.csv"), "utf8")).not.toContain("row-3,");
  });
});

describe("prepare", () => {
  it("replaces no file whose upload is unfinished, whatever is forced", async () => {
    const daily = await Daily.start();
    await daily.prepare();
    await daily.upload("--no-wait");
    const before = readFileSync(daily.path("upload.csv"));
    const refused = await daily.prepare();
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain("unfinished");
    expect(readFileSync(daily.path("upload.csv"))).toEqual(before);
    expect(await daily.upload("--resume")).toMatchObject({ code: 0 });
    expect(await daily.prepare()).toMatchObject({ code: 0 });
  });

  it("takes a ledger for microsoft-bulk alone, and a row of which nothing tells which it is not at all", async () => {
    const daily = await Daily.start();
    expect(await daily.prepare("--to", "microsoft-import")).toMatchObject({ code: 2 });
    writeFileSync(
      daily.path("own.csv"),
      `Email,Conversion Name,Conversion Time\nana@example.com,Closed Won,${DAYS[0]}\n`,
    );
    const args = ["prepare", "--conversions", "own.csv", "-o", "own-upload.csv", ...LEDGER];
    const result = await firsthash(args, { cwd: daily.run.folder });
    expect(result.code).toBe(1);
    expect(result.stderr).toContain("which conversion it is");
  });

  it("with --allow-empty is content with conversions without a row", async () => {
    const daily = await Daily.start();
    daily.conversions([]);
    expect(await daily.prepare()).toMatchObject({ code: 3 });
    const empty = await daily.prepare("--allow-empty");
    expect(empty.code, empty.stderr).toBe(0);
  });
});
