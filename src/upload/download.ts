/**
 * Fetches a file that the service points to: the answer of an upload, the rows of a report. No credential,
 * no cookie, no referrer; redirects by hand, each checked. What comes is kept packed in memory, and nothing
 * is written under a name of theirs.
 */
import { createGunzip } from "node:zlib";
import { FirsthashError } from "../base/errors.ts";
import { unpack, zipEntries } from "../read/workbook/zip.ts";
import { checkResultUrl } from "./endpoint.ts";
import { failure } from "./failures.ts";
import { type HttpReply, NoAnswer } from "./http.ts";
import type { Service } from "./service.ts";

const MOST_PACKED = 150_000_000;
const MOST_UNPACKED = 250_000_000;
const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** The address is not good any more, or not yet. */
const GONE: ReadonlySet<number> = new Set([401, 403, 404, 410]);

export type Download =
  | { readonly kind: "file"; readonly packed: Packed }
  /** A new address may help. */
  | { readonly kind: "gone" }
  /** The same address may help. */
  | { readonly kind: "broken"; readonly what: string };

/**
 * @param report told how many bytes have come
 * @throws FirsthashError "rejected" for an address that is refused or a file that is too large
 */
export async function download(
  service: Service,
  address: string,
  report: (bytes: number) => void = () => {},
): Promise<Download> {
  let url = checkResultUrl(address, service.endpoint);
  try {
    for (let redirects = 0; ; redirects++) {
      const reply = await service.http.send({
        method: "GET",
        url,
        headers: { Accept: "*/*" },
      });
      if (REDIRECTS.has(reply.status)) {
        await reply.drop();
        if (redirects >= MOST_REDIRECTS) throw failure("result-url-refused");
        url = checkResultUrl(reply.header("location") ?? "", service.endpoint, url);
        continue;
      }
      if (GONE.has(reply.status)) {
        await reply.drop();
        return { kind: "gone" };
      }
      if (reply.status !== 200) {
        await reply.drop();
        return { kind: "broken", what: `HTTP ${reply.status}` };
      }
      return { kind: "file", packed: new Packed(await readAll(reply, report)) };
    }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { kind: "broken", what: error.code };
  }
}

async function readAll(reply: HttpReply, report: (bytes: number) => void): Promise<Buffer[]> {
  const announced = Number(reply.header("content-length") ?? 0);
  if (announced > MOST_PACKED) {
    await reply.drop();
    throw failure("result-too-large");
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of reply.body()) {
    length += chunk.length;
    if (length > MOST_PACKED) throw failure("result-too-large");
    chunks.push(chunk);
    report(length);
  }
  return chunks;
}

/** What was fetched: a zip, a gzip, or the text itself. */
export class Packed {
  readonly #chunks: readonly Buffer[];
  #zip: Buffer | undefined;

  constructor(chunks: readonly Buffer[]) {
    const top = Buffer.concat(chunks.slice(0, 4).map((chunk) => chunk.subarray(0, 4)));
    const isZip = top.length >= 4 && top.readUInt32LE(0) === 0x04034b50;
    this.#zip = isZip ? Buffer.concat(chunks) : undefined;
    // One of the two at a time: a large file must not be in memory twice.
    this.#chunks = isZip ? [] : chunks;
  }

  /**
   * The text, unpacked piece by piece; of an archive the first entry. May be called again.
   *
   * @throws FirsthashError "input" where it is damaged, "rejected" where it is too large
   */
  async *bytes(): AsyncGenerator<Uint8Array> {
    let length = 0;
    for await (const piece of this.#pieces()) {
      length += piece.length;
      if (length > MOST_UNPACKED) throw failure("result-too-large");
      yield piece;
    }
  }

  async *#pieces(): AsyncGenerator<Uint8Array> {
    if (this.#zip !== undefined) {
      const [entry] = zipEntries(this.#zip, "the answer").values();
      if (entry === undefined) return;
      if (entry.size > MOST_UNPACKED) throw failure("result-too-large");
      yield* unpack(this.#zip, entry, "the answer", MOST_UNPACKED);
      return;
    }
    const [first] = this.#chunks;
    if (first?.[0] === 0x1f && first[1] === 0x8b) yield* gunzipped(this.#chunks);
    else yield* this.#chunks;
  }
}

async function* gunzipped(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  gunzip.on("error", () => {});
  const feed = async () => {
    for (const chunk of chunks) {
      if (gunzip.destroyed) return;
      if (!gunzip.write(chunk)) {
        await new Promise<void>((resolve) => {
          gunzip.once("drain", resolve);
          gunzip.once("close", resolve);
        });
      }
    }
    gunzip.end();
  };
  const feeding = feed();
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) yield piece;
  } catch {
    throw new FirsthashError("input", "a damaged gzip");
  } finally {
    gunzip.destroy();
    await feeding;
  }
}
