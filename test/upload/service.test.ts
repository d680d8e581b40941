/** The local service answers as the live one did in recordings of September 2026, and notices what it must. */
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LocalService, startService } from "../helpers/microsoft/service.ts";
import { dotnetJson } from "../helpers/microsoft/wire.ts";
import { readArchive, writeArchive } from "../helpers/microsoft/zip-archive.ts";

const UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

let service: LocalService;

beforeAll(async () => {
  service = await startService({ now: () => new Date("2026-11-20T12:00:00Z") });
});
beforeEach(() => {
  service.clearOrders();
  service.violations.length = 0;
});
afterAll(() => service.stop());

async function call(path: string, body: object, headers: Record<string, string> = {}) {
  const reply = await fetch(service.endpoint + path, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${service.accessToken}`,
      DeveloperToken: service.developerToken,
      CustomerId: "111",
      CustomerAccountId: "222",
      "Content-Type": "application/json",
      "Accept-Encoding": "identity",
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
}

const askUrl = () =>
  call("/Bulk/v13/BulkUploadUrl/Query", { ResponseMode: "ErrorsAndResults", AccountId: "222" });

describe("the shapes of the live recordings", () => {
  it("hands out an upload address: UploadUrl, then RequestId, the id in the path, Ver=13", async () => {
    const { text } = await askUrl();
    expect(text).toMatch(
      new RegExp(
        `^\\{"UploadUrl":"http://127\\.0\\.0\\.1:\\d+/Api/Advertiser/CampaignManagement/FileUpload/File/UploadBulkFile/(${UUID})\\?Ver=13","RequestId":"\\1"\\}$`,
      ),
    );
  });

  it("says of a file that did not come, byte for byte, that it is pending", async () => {
    const { RequestId } = JSON.parse((await askUrl()).text);
    const { text } = await call("/Bulk/v13/BulkUploadStatus/Query", { RequestId });
    expect(text).toBe(
      '{"RequestStatus":"PendingFileUpload","ResultFileUrl":null,"PercentComplete":0,"ForwardCompatibilityMap":[],"Errors":null}',
    );
  });

  it("gives three equal tracking ids, Kestrel and the type of the recordings", async () => {
    const { headers } = await askUrl();
    const id = headers.get("TrackingId");
    expect(id).toMatch(new RegExp(`^${UUID}$`));
    expect(headers.get("x-ms-requestid")).toBe(id);
    expect(headers.get("x-ms-trackingid")).toBe(id);
    expect(headers.get("server")).toBe("Kestrel");
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(headers.get("vary")).toBe("Accept-Encoding");
  });

  it("packs an answer for who takes gzip", async () => {
    const reply = await fetch(`${service.endpoint}/CustomerManagement/v13/User/Query`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${service.accessToken}`,
        DeveloperToken: service.developerToken,
        "Accept-Encoding": "gzip",
      },
      body: "{}",
    });
    expect(reply.headers.get("content-encoding")).toBe("gzip");
    expect(JSON.parse(await reply.text()).User.Id).toMatch(/^\d+$/);
  });

  it("writes JSON as .NET does: ampersands, quotes and letters beyond ASCII are escaped", () => {
    // Allo D\u00E9barras and \u0026 stand so in the recordings.
    expect(dotnetJson({ a: 'D\u00e9barras & "x" <y> 1+1 =', b: null })).toBe(
      '{"a":"D\\u00E9barras \\u0026 \\u0022x\\u0022 \\u003Cy\\u003E 1\\u002B1 =","b":null}',
    );
  });

  it("lists a goal with the members of the recording, in its order", async () => {
    const { text } = await call("/CampaignManagement/v13/ConversionGoals/QueryByIds", {
      ConversionGoalTypes: "OfflineConversion",
      ConversionGoalIds: ["9004"],
    });
    expect(text).toBe(
      '{"ConversionGoals":[{"Type":"OfflineConversion","Name":"Web Form","Status":"Active","Scope":"Account","CountType":"All","Revenue":{"Type":"NoValue","Value":null,"CurrencyCode":null},"ConversionWindowInMinutes":43200,"TagId":null,"TrackingStatus":"RecordingConversions","ExcludeFromBidding":false,"Id":"9004"}],"PartialErrors":[]}',
    );
  });

  it("says whether a goal is enhanced only where it is asked", async () => {
    const ask = async (more: object) =>
      JSON.parse(
        (
          await call("/CampaignManagement/v13/ConversionGoals/QueryByIds", {
            ConversionGoalTypes: "OfflineConversion",
            ...more,
          })
        ).text,
      ).ConversionGoals[0];
    expect(await ask({})).not.toHaveProperty("IsEnhancedConversionsEnabled");
    for (const comma of [",", ", "]) {
      const fields = `IsEnhancedConversionsEnabled${comma}IsExternallyAttributed`;
      expect(await ask({ ReturnAdditionalFields: fields })).toMatchObject({
        IsEnhancedConversionsEnabled: true,
        IsExternallyAttributed: false,
      });
    }
  });

  it("gives an account with its customer, members in the order of the recording", async () => {
    const { text } = await call("/CustomerManagement/v13/Account/Query", { AccountId: "222" });
    const members = Object.keys(JSON.parse(text).Account);
    expect(members.slice(0, 5)).toEqual([
      "BillToCustomerId",
      "CurrencyCode",
      "AccountFinancialStatus",
      "Id",
      "Language",
    ]);
    expect(members.slice(-2)).toEqual(["AutoTagType", "SoldToPaymentInstrumentId"]);
    expect(text).toContain('"ParentCustomerId":"111"');
  });

  it("says 109 with HTTP 401: Errors, TrackingId, Type", async () => {
    service.order("user", "token-expired", { times: 1 });
    const token = "qzaccess-of-this-test";
    service.state.accessTokens.add(token);
    const { status, text } = await call(
      "/CustomerManagement/v13/User/Query",
      {},
      { Authorization: `Bearer ${token}` },
    );
    expect(status).toBe(401);
    const fault = JSON.parse(text);
    expect(Object.keys(fault)).toEqual(["Errors", "TrackingId", "Type"]);
    expect(fault.Errors[0].Code).toBe(109);
    expect(fault.Type).toBe("AdApiFaultDetail");
    // The token stays refused: only another one helps.
    const again = await call(
      "/CustomerManagement/v13/User/Query",
      {},
      {
        Authorization: `Bearer ${token}`,
      },
    );
    expect(again.status).toBe(401);
  });
});

describe("who is let in", () => {
  it.each([
    ["another customer's account", { CustomerId: "112" }, 106],
    ["an account that the user has not", { CustomerAccountId: "999" }, 106],
    ["a token that never was", { Authorization: "Bearer x" }, 105],
    ["another developer token", { DeveloperToken: "x" }, 105],
  ])("not %s", async (_, headers, code) => {
    const path = "/Bulk/v13/BulkUploadStatus/Query";
    const { text } = await call(path, { RequestId: "x" }, headers);
    expect(JSON.parse(text).Errors[0].Code).toBe(code);
  });

  it("not a body whose account is not that of the header", async () => {
    const { text } = await call("/Bulk/v13/BulkUploadUrl/Query", { AccountId: "333" });
    expect(JSON.parse(text).Errors[0].Code).toBe(106);
  });
});

describe("the sign-in", () => {
  const authorize = (more: Record<string, string>) =>
    fetch(
      `${service.endpoint}/common/oauth2/v2.0/authorize?${new URLSearchParams({
        client_id: service.clientId,
        response_type: "code",
        response_mode: "query",
        redirect_uri: "http://localhost:4321",
        scope: "https://ads.microsoft.com/msads.manage offline_access",
        state: "s",
        ...more,
      })}`,
      { redirect: "manual" },
    );
  const exchange = async (form: Record<string, string>) => {
    const reply = await fetch(`${service.endpoint}/common/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({ client_id: service.clientId, ...form }),
    });
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
  };

  it("gives a code for one exchange, to who has the verifier", async () => {
    // The pair of RFC 7636, appendix B.
    const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    const reply = await authorize({ code_challenge: challenge, code_challenge_method: "S256" });
    const back = new URL(reply.headers.get("location") ?? "");
    expect(back.origin).toBe("http://localhost:4321");
    expect(back.searchParams.get("state")).toBe("s");
    const form = {
      grant_type: "authorization_code",
      scope: "https://ads.microsoft.com/msads.manage offline_access",
      redirect_uri: "http://localhost:4321",
      code: back.searchParams.get("code") ?? "",
    };
    const first = await exchange({ ...form, code_verifier: verifier });
    expect(first.body).toMatchObject({ token_type: "Bearer", expires_in: 3599 });
    expect(service.state.accessTokens).toContain(first.body.access_token);
    const second = await exchange({ ...form, code_verifier: verifier });
    expect([second.status, second.body.error]).toEqual([400, "invalid_grant"]);
    expect(service.violations).toEqual([]);
  });

  it("refuses another verifier", async () => {
    const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    const reply = await authorize({ code_challenge: challenge, code_challenge_method: "S256" });
    const code = new URL(reply.headers.get("location") ?? "").searchParams.get("code") ?? "";
    const { body } = await exchange({
      grant_type: "authorization_code",
      scope: "https://ads.microsoft.com/msads.manage offline_access",
      redirect_uri: "http://localhost:4321",
      code,
      code_verifier: "x".repeat(43),
    });
    expect(body.error).toBe("invalid_grant");
  });

  it("notices members that are none of the flow's", async () => {
    await exchange({
      grant_type: "refresh_token",
      scope: "https://ads.microsoft.com/msads.manage offline_access",
      refresh_token: service.refreshToken,
      "x-client-OS": "linux",
    });
    expect(service.violations).toEqual(["refresh_token sends x-client-OS"]);
  });
});

describe("an upload", () => {
  const FILE = Buffer.from(
    "\ufeffType,Status,Id,Parent Id,Client Id,Name,Conversion Name,Conversion Time,Microsoft Click Id\r\n" +
      "Format Version,,,,,6.0,,,\r\n" +
      "Offline Conversion,,,,row-2,,Closed Won,11/12/2026 7:05:00 PM,f894f652ea334e739002f7167ab8f8e3\r\n" +
      "Offline Conversion,,,,row-3,,No Such Goal,11/12/2026 7:05:00 PM,f894f652ea334e739002f7167ab8f8e3\r\n",
  );
  const multipart = (bytes: Buffer, name: string) =>
    Buffer.concat([
      Buffer.from(
        `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/zip\r\n\r\n`,
      ),
      bytes,
      Buffer.from("\r\n--b--\r\n"),
    ]);
  const send = async (url: string, body: Buffer, headers: Record<string, string> = {}) => {
    const reply = await fetch(url, {
      method: "POST",
      body: new Uint8Array(body),
      headers: {
        AuthenticationToken: service.accessToken,
        DeveloperToken: service.developerToken,
        "Content-Type": "multipart/form-data; boundary=b",
        ...headers,
      },
    });
    return { status: reply.status, text: await reply.text() };
  };
  const zip = writeArchive([{ name: "upload.csv", bytes: FILE }]);
  const upload = async (body: Buffer) => {
    const { UploadUrl, RequestId } = JSON.parse((await askUrl()).text);
    return { UploadUrl, RequestId, ...(await send(UploadUrl, body)) };
  };
  const statusOf = async (RequestId: string) =>
    JSON.parse((await call("/Bulk/v13/BulkUploadStatus/Query", { RequestId })).text);

  it("is received, worked on, and answered row by row", async () => {
    const { RequestId, status, text } = await upload(multipart(zip, "upload.zip"));
    expect(status).toBe(200);
    expect(text).toMatch(new RegExp(`^\\{"TrackingId":"${UUID}","RequestId":"${RequestId}"\\}$`));
    expect((await statusOf(RequestId)).RequestStatus).toBe("FileUploaded");
    const done = await statusOf(RequestId);
    expect([done.RequestStatus, done.PercentComplete]).toEqual(["CompletedWithErrors", 100]);
    const reply = await fetch(done.ResultFileUrl);
    const [entry] = readArchive(Buffer.from(await reply.arrayBuffer()));
    const rows = (entry?.bytes.toString() ?? "").split("\r\n").map((line) => line.split(","));
    expect(rows.map(([type]) => type)).toEqual([
      "\ufeffType",
      "Format Version",
      "Offline Conversion",
      "Offline Conversion",
      "Offline Conversion Error",
      "",
    ]);
    const error = rows[0]?.indexOf("Error") ?? -1;
    expect(rows[4]?.slice(error, error + 2)).toEqual(["OfflineConversionNameInvalid", "5606"]);
  });

  it("is refused at an address that was used, and what came there first stands", async () => {
    const { UploadUrl, RequestId } = await upload(multipart(zip, "upload.zip"));
    const { status, text } = await send(UploadUrl, multipart(zip, "upload.zip"));
    expect([status, JSON.parse(text)]).toMatchObject([
      400,
      { RequestId, Code: 3224, ErrorCode: "BulkServiceUrlAlreadyUsedForUpload" },
    ]);
    const arrived = service.arrivals.filter((each) => each.requestId === RequestId);
    expect(arrived.map(({ complete, taken }) => [complete, taken])).toEqual([
      [true, true],
      [true, false],
    ]);
  });

  it.each([
    ["a body that ends too early", multipart(zip, "upload.zip").subarray(0, -8), 3221],
    ["an archive without its end", multipart(zip.subarray(0, -22), "upload.zip"), 3221],
    ["another extension", multipart(zip, "upload.txt"), 3223],
    [
      "two files in the archive",
      multipart(
        writeArchive([
          { name: "a.csv", bytes: FILE },
          { name: "b.csv", bytes: FILE },
        ]),
        "upload.zip",
      ),
      3222,
    ],
  ])("is refused for %s", async (_, body, code) => {
    const { status, text } = await upload(body);
    expect([status, JSON.parse(text).Code]).toEqual([400, code]);
  });

  it("fails as a whole without the format version", async () => {
    const bytes = Buffer.from(FILE.toString().replace(/Format Version.*\r\n/, ""));
    const { RequestId } = await upload(
      multipart(writeArchive([{ name: "upload.csv", bytes }]), "upload.zip"),
    );
    expect((await statusOf(RequestId)).RequestStatus).toBe("UploadFileFormatNotSupported");
  });

  it("lets storage notice each header that is not its business", async () => {
    const { RequestId } = await upload(multipart(zip, "upload.zip"));
    await statusOf(RequestId);
    const { ResultFileUrl } = await statusOf(RequestId);
    await fetch(ResultFileUrl, {
      headers: { Authorization: "Bearer x", CustomerId: "111", Cookie: "a=b" },
    });
    expect(service.violations.sort()).toEqual([
      "storage got the header authorization",
      "storage got the header cookie",
      "storage got the header customerid",
    ]);
  });

  it("counts an identical row once, and the same conversion with another digest again", async () => {
    const digest = "ec81f3ac7b2b19675bab9d54cf416f9f18cff87c97da5cca82c0f0891bc40602";
    const file = (digests: string) =>
      Buffer.from(
        "Type,Status,Id,Parent Id,Client Id,Name,Conversion Name,Conversion Time,Hashed Email Address\r\n" +
          "Format Version,,,,,6.0,,,\r\n" +
          `Offline Conversion,,,,row-2,,Phone Sale,11/11/2026 7:05:00 PM,${digests}\r\n`,
      );
    const before = service.counted;
    for (const digests of [digest, digest, digest.replace("ec", "ed")]) {
      const bytes = file(digests);
      const { RequestId } = await upload(
        multipart(writeArchive([{ name: "upload.csv", bytes }]), "upload.zip"),
      );
      await statusOf(RequestId);
      await statusOf(RequestId);
    }
    expect(service.counted - before).toBe(2);
  });

  it("can be handed out packed, plain, cut, or as a bomb", async () => {
    const { RequestId } = await upload(multipart(zip, "upload.zip"));
    await statusOf(RequestId);
    const fetched = async (...order: Parameters<typeof service.order<"result">>) => {
      service.order(...order);
      const { ResultFileUrl } = await statusOf(RequestId);
      return Buffer.from(await (await fetch(ResultFileUrl)).arrayBuffer());
    };
    expect((await fetched("result", "plain-csv")).subarray(3, 7).toString()).toBe("Type");
    expect(
      gunzipSync(await fetched("result", "gzip"))
        .subarray(3, 7)
        .toString(),
    ).toBe("Type");
    const truncated = await fetched("result", "truncated");
    expect(() => readArchive(truncated)).toThrow("end record");
    const spoiled = await fetched("result", "wrong-checksum");
    expect(() => readArchive(spoiled)).toThrow("checksum");
    const bomb = await fetched("result", "bomb", { amount: 30_000_000 });
    expect(bomb.length).toBeLessThan(100_000);
    expect(readArchive(bomb)[0]?.bytes.length).toBe(30_000_000);
    const named = await fetched("result", "paths-in-names");
    expect(readArchive(named)[0]?.name).toContain("../");
  });
});

describe("orders", () => {
  it("hit the call that they were given for, as often as they say", async () => {
    service.order("user", "rate-limited", { after: 1, times: 2, retryAfter: 7 });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index++) {
      const { status } = await call("/CustomerManagement/v13/User/Query", {});
      statuses.push(status);
    }
    expect(statuses).toEqual([200, 429, 429, 200]);
  });

  it("are refused where the endpoint has no such fault", () => {
    expect(() => service.order("token", "bomb" as never)).toThrow('token has no fault "bomb"');
  });
});
