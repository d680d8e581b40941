/**
 * Forms of answers that the documentation allows and our stand-in of the service does not write: other cases of
 * members, faults without a type, answers in other packings. A service of a few lines, apart from the stand-in.
 */

import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { FirsthashError } from "../../src/base/errors.ts";
import type { UploadReport } from "../../src/upload/report.ts";
import { uploadWith } from "../../src/upload/upload.ts";
import { bulkFile } from "../helpers/microsoft/files.ts";
import { scratch } from "../helpers/run.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
type Script = Partial<Record<"goals" | "url" | "file" | "status" | "result", readonly Answer[]>>;

const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(value));
  };

const bytes =
  (content: Uint8Array | string): Answer =>
  (_, response) =>
    void response.end(content);

const ID = "0f8b2a44-7d5e-4c52-9a63-5f0e1d2c3b4a";
const GOAL = { Id: "9001", Name: "Closed Won", Type: "OfflineConversion", Status: "Active" };
const FILE = bulkFile([{}, {}, {}]);
/** The three rows, as the service gives them back. */
const ECHO = FILE.slice(1);

/** A service that gives its answers in turn, the last of them again and again. */
class Scripted {
  readonly calls: string[] = [];
  readonly #server: Server;
  #script: Script = {};

  constructor() {
    this.#server = createServer((request, response) => {
      const name = nameOf(request.url ?? "");
      request.resume().on("end", () => {
        const at = this.calls.filter((call) => call === name).length;
        this.calls.push(name);
        const answers = this.#script[name] ?? this.#usual()[name];
        const answer = answers[Math.min(at, answers.length - 1)] as Answer;
        answer(request, response);
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #usual(): Required<Script> {
    return {
      goals: [json({ ConversionGoals: [{ ...GOAL, IsEnhancedConversionsEnabled: true }] })],
      url: [json({ UploadUrl: `${this.endpoint}/store/1?Ver=13`, RequestId: ID })],
      file: [json({ TrackingId: ID, RequestId: ID })],
      status: [json({ RequestStatus: "Completed", ResultFileUrl: `${this.endpoint}/result` })],
      result: [bytes(ECHO)],
    };
  }

  async upload(script: Script): Promise<UploadReport> {
    this.#script = script;
    const file = join(scratch(), "upload.csv");
    writeFileSync(file, FILE);
    return uploadWith(
      file,
      { account: "222", customer: "111", token: "qzaccess", developerToken: "qzdeveloper" },
      { test: { endpoint: this.endpoint, tick: 0.001 } },
    );
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function nameOf(path: string): keyof Script {
  if (path.startsWith("/Bulk/v13/BulkUploadUrl/")) return "url";
  if (path.startsWith("/Bulk/v13/BulkUploadStatus/")) return "status";
  if (path.startsWith("/CampaignManagement/")) return "goals";
  return path.startsWith("/store/") ? "file" : "result";
}

const started: Scripted[] = [];
afterEach(async () => {
  for (const service of started.splice(0)) await service.stop();
});

async function scripted(): Promise<Scripted> {
  const service = new Scripted();
  await service.start();
  started.push(service);
  return service;
}

/** The reason of what is thrown, or the counts. */
async function endOf(script: Script): Promise<string> {
  const service = await scripted();
  try {
    const { accepted, refused, unanswered } = await service.upload(script);
    return `${accepted} accepted, ${refused} refused, ${unanswered} unanswered`;
  } catch (error) {
    if (!(error instanceof FirsthashError)) throw error;
    return error.reason ?? error.code;
  }
}

const ALL = "3 accepted, 0 refused, 0 unanswered";

describe("members of answers", () => {
  it("are taken in camel case, with others beside them, as numbers or as text", async () => {
    const service = await scripted();
    const { endpoint } = service;
    const report = await service.upload({
      goals: [
        json({
          conversionGoals: [
            { ...GOAL, id: 9001, isEnhancedConversionsEnabled: "true", goalCategory: "Purchase" },
            null,
          ],
          partialErrors: [null],
        }),
      ],
      url: [json({ requestId: ID, uploadUrl: `${endpoint}/store/2`, more: { deep: [1] } })],
      file: [json({ trackingId: null })],
      status: [
        json({ requestStatus: "InProgress", percentComplete: "30", errors: [] }),
        json({ requestStatus: "Completed", resultFileUrl: `${endpoint}/result`, errors: null }),
      ],
    });
    expect(report).toMatchObject({ accepted: 3, refused: 0, unanswered: 0, ok: true });
    expect(service.calls).toEqual(["goals", "url", "file", "status", "status", "result"]);
  });

  it.each([
    ["a missing list of status errors", { RequestStatus: "FileUploaded" }],
    ["a status with errors and no types", { RequestStatus: "InProgress", Errors: [{ Code: 1 }] }],
    ["a percentage that is none", { RequestStatus: "InProgress", PercentComplete: -1 }],
  ])("may be missing: %s", async (_, first) => {
    const service = await scripted();
    const { endpoint } = service;
    const done = { RequestStatus: "CompletedWithErrors", ResultFileUrl: `${endpoint}/result` };
    const report = await service.upload({ status: [json(first), json(done)] });
    expect(report.accepted).toBe(3);
  });
});

describe("faults", () => {
  const fault = (code: unknown, name?: string) => ({ Errors: [{ Code: code, ErrorCode: name }] });

  it.each([
    ["lists without a type", json(fault("117", "CallRateExceeded"), 400)],
    ["a name without a number", json(fault(undefined, "CallRateExceeded"), 400)],
    ["camel case", json({ operationErrors: [{ code: 117, errorCode: "x y" }] }, 500)],
    ["a date to come back at", json({}, 429, { "retry-after": new Date().toUTCString() })],
    ["a wait that is no time", json({}, 429, { "retry-after": "soon 5" })],
    ["a fault in a 200", json({ Type: "ApiFaultDetail", BatchErrors: [{ Code: 0 }] })],
    ["a bare 500", json({ message: "qz" }, 500)],
  ])("are known and waited for: %s", async (_, answer) => {
    const usual = await scripted();
    const url = json({ UploadUrl: `${usual.endpoint}/store/1`, RequestId: ID });
    const report = await usual.upload({ url: [answer, answer, url] });
    expect(report).toMatchObject({ accepted: 3, retries: 2 });
  });

  it.each([
    [fault(106, "UserIsNotAuthorized"), 400, "no-access"],
    [{ Type: "ApiFaultDetail", OperationErrors: [null, { Code: 1030 }] }, 400, "service-refused"],
    [{ Type: "AdApiFaultDetail", Errors: [{ Code: 9999 }, { Code: 106 }] }, 401, "no-access"],
    [fault(109), 401, "sign-in-expired"],
    [{ Errors: "no list" }, 403, "no-access"],
  ])(
    "end the run where they are no passing ones: %j with HTTP %i",
    async (body, status, reason) => {
      expect(await endOf({ url: [json(body, status)] })).toBe(reason);
    },
  );

  it("of the upload address are known without a name", async () => {
    expect(await endOf({ file: [json({ Code: "3223" }, 400)] })).toBe("upload-failed");
    expect(await endOf({ file: [json({ code: 3226 }, 400), json({})] })).toBe(ALL);
  });
});

const lines = ECHO.trim()
  .split("\r\n")
  .map((line) => line.split(","));

/** The same rows in another order of columns, among others, in a table of this delimiter. */
function rearranged(delimiter: string, end: string): string {
  const others = Array.from({ length: 468 }, (_, at) => `Column ${at}`);
  const rows = lines.map((cells, row) => {
    const more = others.map((name) => (row === 0 ? name : ""));
    return [...more.slice(0, 300), ...cells.toReversed(), ...more.slice(300)].join(delimiter);
  });
  return rows.join(end) + end;
}

/** As writers that do not know the length in advance: sizes stand behind the bytes. */
function streamedZip(text: string, method: 0 | 8): Buffer {
  const content = Buffer.from(text);
  const packed = method === 8 ? deflateRawSync(content) : content;
  const name = Buffer.from("result.csv");
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 6);
  local.writeUInt16LE(method, 8);
  local.writeUInt16LE(name.length, 26);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(crc32(content), 0);
  sizes.writeUInt32LE(packed.length, 4);
  sizes.writeUInt32LE(content.length, 8);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(8, 8);
  central.writeUInt16LE(method, 10);
  sizes.copy(central, 16);
  central.writeUInt16LE(name.length, 28);
  const signed = Buffer.concat([Buffer.from("PK\x07\x08", "latin1"), sizes]);
  const start = local.length + name.length + packed.length + signed.length;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([local, name, packed, signed, central, name, end]);
}

const error = (id: string, code: string, number: string) =>
  `Offline Conversion Error,,,,${id},,,"a, ""b""\r\nc",,,,,,${code},${number}\r\n`;
const [header = "", ...rest] = ECHO.split("\r\n");

describe("the answer about the rows", () => {
  it.each([
    ["without a mark of the encoding, with plain line ends", ECHO.replaceAll("\r\n", "\n")],
    ["with tabs and 481 columns in another order", rearranged("\t", "\r\n")],
    ["with 481 columns, commas and plain line ends", rearranged(",", "\n")],
    ["with headers in capitals", ECHO.replace(header, header.toUpperCase())],
    ["in UTF-16", Buffer.from(`\ufeff${ECHO}`, "utf16le")],
    ["packed by gzip", gzipSync(ECHO)],
    ["in a zip that was streamed", streamedZip(ECHO, 8)],
    ["in a zip that is not packed", streamedZip(ECHO, 0)],
    ["with rows of other kinds", `${ECHO}Account,Active,222,1,,Contoso,,,,,,,\r\n`],
    ["without a line end at its end", ECHO.trimEnd()],
    ["with all cells in quotes", lines.map((row) => `"${row.join('","')}"`).join("\r\n")],
  ])("is read %s", async (_, content) => {
    expect(await endOf({ result: [bytes(content)] })).toBe(ALL);
  });

  it("is read where only errors come, with line breaks in cells of other columns", async () => {
    const errors = `${header},Error,Error Number\r\nFormat Version,,,,,6.0\r\n${error("row-3", "OfflineConversionNameInvalid", "5606")}${error("row-3", "OfflineConversionTimeInvalid", "5607")}${error("row-4", "has a cell in it", "5,604")}`;
    expect(await endOf({ result: [bytes(errors)] })).toBe("0 accepted, 2 refused, 1 unanswered");
    expect(
      await endOf({
        result: [
          bytes(
            `${ECHO.replace(header, `${header},Error,Error Number`)}${error("row-3", "X", "1")}`,
          ),
        ],
      }),
    ).toBe("2 accepted, 1 refused, 0 unanswered");
  });

  it("is read without Client Ids, with the times of another form", async () => {
    const [head, version, ...rows] = rest.length > 0 ? [header, ...rest] : [];
    const iso = (time: string) => new Date(`${time} UTC`).toISOString().slice(0, 19);
    const bare = rows
      .filter((row) => row !== "")
      .map((row) => {
        const cells = row.split(",");
        cells[4] = "";
        cells[8] = iso(cells[8] ?? "");
        return cells.join(",");
      });
    expect(await endOf({ result: [bytes([head, version, ...bare, ""].join("\r\n"))] })).toBe(ALL);
  });

  it.each([
    ["nothing", ""],
    ["a page of HTML", "<html><body>qz</body></html>"],
    ["an empty zip", Buffer.concat([Buffer.from("PK\x05\x06", "latin1"), Buffer.alloc(18)])],
    ["a cut gzip", gzipSync(ECHO).subarray(0, 60)],
    ["a list of JSON", "[1,2]"],
  ])("is asked for again where it is none: %s", async (_, content) => {
    expect(await endOf({ result: [bytes(content), bytes(ECHO)] })).toBe(ALL);
    expect(await endOf({ result: [bytes(content)] })).toMatch(/^result-(?:damaged|gone)$/);
  });
});
