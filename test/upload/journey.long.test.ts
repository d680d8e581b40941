/** From the files of a user to what Microsoft counts: prepare, upload, and the answer told by the user's own lines. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
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

async function client(): Promise<Client> {
  const service = await startService();
  services.push(service);
  return new Client(service);
}

const DAY = 86_400_000;
const iso = (date: Date) => date.toISOString();
const daysAgo = (days: number) => new Date(Date.now() - days * DAY);

/** `prepare` in the folder of the client, over the file that it will upload. */
async function prepare(run: Client, conversions: string, contacts?: string, ...more: string[]) {
  writeFileSync(join(run.folder, "conversions.csv"), conversions);
  if (contacts !== undefined) writeFileSync(join(run.folder, "contacts.csv"), contacts);
  const args = [
    ...["prepare", "--conversions", "conversions.csv", "--max-refused", "90", "--force"],
    ...(contacts === undefined ? [] : ["--contacts", "contacts.csv", "--key", "Contact ID"]),
    ...["-o", "upload.csv", "--manifest", "upload.manifest.json", ...more],
  ];
  const result = await firsthash(args, { cwd: run.folder });
  expect(result.code, result.stderr).toBe(0);
  return result;
}

describe("Microsoft's example of three clicks", () => {
  const IDS = [1, 2, 3].map((last) => `f894f652ea334e739002f7167ab8f8e${last}`);
  const HEADER = "Microsoft Click ID,Conversion Name,Conversion Time\n";
  const file = (times: readonly string[]) =>
    HEADER + times.map((time, index) => `${IDS[index]},Closed Won,${time}\n`).join("");

  it("as it is printed: on 31 July the conversion of 30 April is refused, the other two are written", async () => {
    const run = await client();
    const times = [
      "2017-04-30T17:02:35.6853793Z",
      "2017-05-15T17:02:35.6853793Z",
      "2017-06-15T17:02:35.6853793Z",
    ];
    const { stderr } = await prepare(
      run,
      file(times),
      undefined,
      "--as-of",
      "2017-07-31T17:00:00Z",
    );
    expect(stderr).toContain("1 older than 90 days (line 2)");
    const written = readFileSync(run.file, "utf8").split("\r\n").slice(2, -1);
    expect(written.map((line) => line.split(",").slice(8, 11))).toEqual([
      ["5/15/2017 5:02:35 PM", "", IDS[1]],
      ["6/15/2017 5:02:35 PM", "", IDS[2]],
    ]);
  });

  it("uploaded today, as many days later: two are accepted, and one of them is counted", async () => {
    const run = await client();
    // 30 April, 15 May and 15 June lie 92, 77 and 46 days before 31 July.
    const times = [92, 77, 46].map(daysAgo);
    for (const id of IDS) run.service.state.clicks.set(id, daysAgo(92));
    await prepare(run, file(times.map(iso)));
    const { code, stderr } = await run.upload();
    expect(code, stderr).toBe(0);
    expect(run.state).toMatchObject({ phase: "done", rows: 2, accepted: 2, refused: 0 });
    expect(
      run.service.state.finished.map(({ row, error }) => [row["Microsoft Click Id"], error]),
    ).toEqual([
      [IDS[1], undefined],
      [IDS[2], "OutsideGoalLookbackWindow"],
    ]);
    run.checkArrivals(1);
  });
});

describe("rows that Microsoft refuses", () => {
  const CONTACTS =
    "Contact ID,Email\nA1,jane.doe@example.com\nA2,john@contoso.com\nA3,mary@example.com\n";
  const conversions = () => {
    const time = iso(daysAgo(3));
    return [
      "Contact ID,Conversion Name,Conversion Time",
      `A1,Closed Won,${time}`,
      `A9,Closed Won,${time}`,
      `A2,Too Young,${time}`,
      `A3,Phone Sale,${time}`,
      "",
    ].join("\n");
  };

  async function refusing(): Promise<Client> {
    const run = await client();
    const young = { ...run.service.state.goals[0], id: "9009", name: "Too Young" };
    run.service.state.goals = [
      ...run.service.state.goals,
      { ...(young as (typeof run.service.state.goals)[0]), createdAt: new Date() },
    ];
    await prepare(run, conversions(), CONTACTS);
    return run;
  }

  it("are counted by reason: exit 1, and the others are accepted", async () => {
    const run = await refusing();
    const { code, stderr } = await run.upload(["--report", "report.json"]);
    expect(code, stderr).toBe(1);
    expect(stderr).toContain("OfflineConversionNotAcceptedForGoal");
    expect(run.state).toMatchObject({ phase: "done", rows: 3, accepted: 2, refused: 1 });
    const report = JSON.parse(readFileSync(join(run.folder, "report.json"), "utf8"));
    expect(report).toMatchObject({
      schema: "firsthash.upload-report/1",
      rows: 3,
      accepted: 2,
      refused: 1,
      unanswered: 0,
    });
    run.checkArrivals(1);
  });

  it("are led back to file and line of the user's conversions", async () => {
    const run = await refusing();
    expect((await run.upload(["--rejects", "rejects.csv"])).code).toBe(1);
    const [header, ...lines] = readFileSync(join(run.folder, "rejects.csv"), "utf8")
      .replace("\ufeff", "")
      .trimEnd()
      .split(/\r?\n/);
    expect(lines).toHaveLength(1);
    const cells = Object.fromEntries(
      (header ?? "").split(",").map((name, index) => [name, lines[0]?.split(",")[index]]),
    );
    // The third conversion stands on line 4.
    expect(cells).toMatchObject({ line: "4", code: expect.stringContaining("5615") });
    expect(Object.values(cells)).toContain("conversions.csv");
  });

  it("can be read in the service's own words in --result alone, with mode 0600", async () => {
    const run = await refusing();
    expect((await run.upload(["--result", "result.csv"])).code).toBe(1);
    const text = readFileSync(join(run.folder, "result.csv"), "utf8");
    expect(text).toContain("OfflineConversionNotAcceptedForGoal");
    const { statSync } = await import("node:fs");
    expect(statSync(join(run.folder, "result.csv")).mode & 0o777).toBe(0o600);
  });
});

describe("an upload of several parts", () => {
  const NAMES = [1, 2, 3].map((part) => `upload-000${part}-of-0003.csv`);

  async function parts(): Promise<Client> {
    const run = await client();
    for (const name of NAMES) writeFileSync(join(run.folder, name), goodFile(undefined, name));
    return run;
  }
  const phase = (run: Client, name: string) => {
    const path = join(run.folder, `${name}.upload.json`);
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).phase : undefined;
  };

  it("sends them in order, each with a state of its own", async () => {
    const run = await parts();
    const { code, stderr } = await run.run(["upload", ...NAMES]);
    expect(code, stderr).toBe(0);
    expect(NAMES.map((name) => phase(run, name))).toEqual(["done", "done", "done"]);
    run.checkArrivals(3);
    expect(run.service.timesArrived().size).toBe(3);
    expect(run.service.counted).toBe(15);
  });

  it("stops at the part that cannot be sent, and --resume sends what is missing, each once", async () => {
    const run = await parts();
    run.service.order("upload", "reset-in-body", { after: 1, times: Number.POSITIVE_INFINITY });
    expect((await run.run(["upload", ...NAMES])).code).toBe(6);
    expect(NAMES.map((name) => phase(run, name))).toEqual(["done", "sending", undefined]);
    run.service.clearOrders();
    const { code, stderr } = await run.run(["upload", ...NAMES, "--resume"]);
    expect(code, stderr).toBe(0);
    expect(NAMES.map((name) => phase(run, name))).toEqual(["done", "done", "done"]);
    run.checkArrivals(3);
  });

  it("sends nothing at all of parts of which one is unfinished", async () => {
    const run = await parts();
    expect((await run.run(["upload", NAMES[1] ?? "", "--no-wait"])).code).toBe(0);
    expect((await run.run(["upload", ...NAMES])).code).toBe(2);
    run.checkArrivals(1);
  });
});

describe("a conversion that is uploaded twice", () => {
  it("counts once where the row is identical, and twice where the address has changed since", async () => {
    const run = await client();
    const conversions = `Contact ID,Conversion Name,Conversion Time\nA1,Closed Won,${iso(daysAgo(3))}\n`;
    const contact = (email: string) => `Contact ID,Email\nA1,${email}\n`;
    for (const email of ["jane@example.com", "jane@example.com", "jane.doe@contoso.com"]) {
      await prepare(run, conversions, contact(email));
      expect((await run.upload(["--again"])).code).toBe(0);
    }
    // So "uploading twice is safe" holds for identical rows alone.
    expect(run.service.counted).toBe(2);
  });
});
