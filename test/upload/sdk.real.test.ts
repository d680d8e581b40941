/**
 * Microsoft's own SDK takes the local service for the real one, and firsthash's files for upload files: it
 * sends them, polls, fetches, parses the answer, reads goals and reports, and renews its sign-in.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runSdk, sdkPython } from "../helpers/microsoft/sdk.ts";
import { type LocalService, startService } from "../helpers/microsoft/service.ts";
import { SAMPLES, scratch } from "../helpers/run.ts";

const FILES = [
  "microsoft-bulk.csv",
  "microsoft-bulk.zip",
  "microsoft-bulk.tsv",
  "microsoft-bulk.tsv.zip",
  "microsoft-bulk-sdk.csv",
  "microsoft-bulk-adjustments.csv",
  "microsoft-bulk-sdk-adjustments.csv",
] as const;
const WRONG = "wrong-sdk.csv";

interface SeenUpload {
  readonly percents: number[];
  readonly columns: number;
  readonly types: string[];
  readonly errors: [clientId: string, code: string, number: string][];
  readonly entities:
    | {
        clientId: string;
        name: string;
        email: string;
        phone: string;
        errors: [string, number][];
      }[]
    | null;
}

interface Seen {
  readonly refreshToken: string;
  readonly uploads: Readonly<Record<string, SeenUpload>>;
  readonly goals: [id: string, name: string, status: string, enhanced: boolean][];
  readonly byGoal: [
    name: string,
    success: string,
    unattributed: string,
    days: [string, number][],
    alerts: [string, string][],
  ][];
  readonly byRow: [day: string, success: number, failure: number, statuses: string[]][];
  readonly applyErrors: [number, number, string][];
  readonly adjustErrors: [number, number, string][];
  readonly user: string;
  readonly roles: string[];
  readonly account: [id: string, customer: string, name: string];
  readonly refused: ([status: number, type: string, errors: [number, string][]] | null)[];
}

let service: LocalService;
let seen: Seen | undefined;

/** Three rows that are not taken, one of them for two reasons. */
function wrongFile(): string {
  const lines = readFileSync(join(SAMPLES, "outputs/microsoft-bulk-sdk.csv"), "utf8").split("\r\n");
  const change = (index: number, from: string | RegExp, to: string) => {
    lines[index] = (lines[index] ?? "").replace(from, to);
  };
  change(2, "Closed Won", "closed won");
  change(3, /11\/\d\d\/2026/, "01/02/2026");
  change(4, "Phone Sale", "Old Leads");
  change(4, /11\/\d\d\/2026/, "12/24/2026");
  const path = join(scratch(), WRONG);
  writeFileSync(path, lines.join("\r\n"));
  return path;
}

const DIGEST = "ec81f3ac7b2b19675bab9d54cf416f9f18cff87c97da5cca82c0f0891bc40602";
const CONVERSION = {
  ConversionName: "Closed Won",
  ConversionTime: "2026-11-01T18:50:54",
  ConversionValue: 10.5,
  ConversionCurrencyCode: "USD",
  HashedEmailAddress: DIGEST,
};

beforeAll(async () => {
  service = await startService({ now: () => new Date("2026-11-20T12:00:00Z"), working: 2 });
  if (sdkPython === undefined) return;
  // For the calls of `refused`, which come last.
  service.order("goals", "rate-limited", { after: 1 });
  service.order("goals", "throttled");
  seen = await runSdk<Seen>(sdkPython, {
    endpoint: service.endpoint,
    clientId: service.clientId,
    refreshToken: service.refreshToken,
    developerToken: service.developerToken,
    account: "222",
    customer: "111",
    files: [...FILES.map((name) => join(SAMPLES, "outputs", name)), wrongFile()],
    from: "2026-11-12T00:00:00",
    to: "2026-11-18T00:00:00",
    apply: [CONVERSION, { ...CONVERSION, ConversionName: "No Such Goal" }],
    adjust: [
      { ...CONVERSION, AdjustmentType: "Restate", AdjustmentTime: "2026-11-02T00:00:00" },
      { ...CONVERSION, AdjustmentType: "Retract", AdjustmentTime: "2026-11-02T00:00:00" },
    ],
    refusedGoalIds: [null, null, [], null],
  });
  // To import the SDK alone takes ten seconds on a busy machine.
}, 300_000);

afterAll(async () => {
  await service?.stop();
});

function report(): Seen {
  if (seen === undefined) throw new Error("the SDK did not run");
  return seen;
}

/** Lines of conversions of a sample, read without the product. */
function conversions(name: string): string[] {
  const text = readFileSync(join(SAMPLES, "outputs", name.replace(/\.zip$/, "")), "utf8");
  return text.split("\r\n").filter((line) => line.startsWith("Offline Conversion"));
}

const textOf = (name: string) => (name === "microsoft-bulk.zip" ? "microsoft-bulk.csv" : name);

describe.skipIf(sdkPython === undefined)("Microsoft's SDK and the local service", () => {
  it("renews its sign-in and is given a new refresh token", () => {
    const { refreshToken } = report();
    expect(refreshToken).not.toBe(service.refreshToken);
    expect(service.state.refreshTokens).toContain(refreshToken);
    expect(service.calls("token")).toHaveLength(1);
  });

  it.for(FILES)("uploads %s, polls it, and reads a row for each conversion", (file) => {
    const upload = report().uploads[file];
    expect(upload?.percents).toEqual([0, 50, 100]);
    expect(upload?.columns).toBe(481);
    expect(upload?.types).toEqual([
      "Format Version",
      ...conversions(textOf(file)).map(() => "Offline Conversion"),
    ]);
  });

  it("brings each file once, its bytes as they are", () => {
    report();
    const sent = service.taken().map(({ sha256 }) => sha256);
    const files = FILES.map((name) => {
      const bytes = readFileSync(join(SAMPLES, "outputs", textOf(name).replace(/\.zip$/, "")));
      return createHash("sha256").update(bytes).digest("hex");
    });
    expect(sent.slice(0, -1)).toEqual(files);
    expect(service.arrivals).toHaveLength(FILES.length + 1);
    expect(service.violations).toEqual([]);
  });

  it("parses the rows to the SDK's entities, with the digests of the file", () => {
    const { entities } = report().uploads["microsoft-bulk-sdk.csv"] ?? {};
    const lines = conversions("microsoft-bulk-sdk.csv").map((line) => line.split(","));
    expect(
      entities?.map(({ clientId, name, email, phone }) => [clientId, name, email, phone]),
    ).toEqual(lines.map((cells) => [cells[4], cells[7], cells[11] ?? "", cells[12] ?? ""]));
  });

  it("reads the errors of a row by its client id, several of one row too", () => {
    const { entities, errors } = report().uploads[WRONG] ?? {};
    const wrong = [
      ["row-2", [["OfflineConversionNameInvalid", 5606]]],
      ["row-3", [["OfflineConversionTimeOutOfWindow", 5609]]],
      [
        "row-4",
        [
          ["OfflineConversionNameInvalid", 5606],
          ["FutureConversionTimeCannotBeSet", 5614],
        ],
      ],
    ];
    const withErrors = entities?.filter((entity) => entity.errors.length > 0);
    expect(withErrors?.map((entity) => [entity.clientId, entity.errors])).toEqual(wrong);
    expect(errors).toHaveLength(4);
  });

  it("lists the goals, with what enhanced conversions need", () => {
    expect(report().goals).toEqual([
      ["9001", "Closed Won", "Active", true],
      ["9002", "Phone Sale", "Active", true],
      ["9003", "Old Leads", "Paused", true],
      ["9004", "Web Form", "Active", false],
      ["9005", "First Sale", "Active", true],
    ]);
  });

  it("reports by goal and day: an identical row is counted once, and the others are duplicates", () => {
    const { byGoal } = report();
    const inRange = conversions("microsoft-bulk.csv").filter((line) =>
      /,11\/1[2-8]\/2026/.test(line),
    );
    const unchanged = inRange.filter((line) => !/,row-[234],/.test(line));
    const duplicates = byGoal.flatMap(([, , , , alerts]) =>
      alerts
        .filter(([reason]) => reason === "DuplicateConversionKey")
        .map(([, count]) => Number(count)),
    );
    // Five files hold each conversion, the wrong one holds all but three.
    const expected = 4 * inRange.length + unchanged.length;
    expect(duplicates.reduce((sum, count) => sum + count, 0)).toBe(expected);
    expect(byGoal.find(([name]) => name === "Web Form")?.slice(1)).toEqual(["0", "0", [], []]);
  });

  it("reports by row, in a file that storage hands out", () => {
    const { byRow, byGoal } = report();
    for (const [, success, failure, statuses] of byRow) {
      expect(statuses).toHaveLength(success + failure);
      expect(statuses.filter((status) => status === "Success")).toHaveLength(success);
    }
    const succeeded = byRow.reduce((sum, [, success]) => sum + success, 0);
    expect(succeeded).toBe(byGoal.reduce((sum, [, success]) => sum + Number(success), 0));
  });

  it("applies conversions without a file, and is told which item was refused", () => {
    expect(report().applyErrors).toEqual([[1, 5606, "OfflineConversionNameInvalid"]]);
    expect(report().adjustErrors).toEqual([[0, 5625, "OfflineConversionAdjustmentValueRequired"]]);
  });

  it("reads who is signed in and the account", () => {
    expect(report().roles).toEqual(["111", "112"]);
    expect(report().account).toEqual(["222", "111", "Contoso"]);
  });

  it("reads the faults of the service, and that an empty list of goals is none", () => {
    expect(report().refused).toEqual([
      [429, "AdApiFaultDetail", [[117, "CallRateExceeded"]]],
      [400, "ApiFaultDetail", [[4204, "BulkServiceNoMoreCallsPermittedForTheTimePeriod"]]],
      [400, "ApiFaultDetail", [[206, "NullArrayArgument"]]],
      null,
    ]);
  });
});
