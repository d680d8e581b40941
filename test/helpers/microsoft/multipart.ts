/** Reads a multipart/form-data body as strictly as RFC 7578 and RFC 2046 say. */

export interface Part {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly type: string | undefined;
  readonly bytes: Buffer;
}

const CRLF = "\r\n";

/** @throws Error that says what is wrong with the body. */
export function parseMultipart(contentType: string | undefined, body: Buffer): Part[] {
  const boundary = /^multipart\/form-data;\s*boundary=(?:"([^"]+)"|([^;\s]+))$/i.exec(
    contentType ?? "",
  );
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined)
    throw new Error("content type is not multipart/form-data with a boundary");
  if (name.length > 70) throw new Error("boundary is longer than 70 characters");
  const delimiter = Buffer.from(`--${name}`);
  if (!body.subarray(0, delimiter.length).equals(delimiter)) {
    throw new Error("body does not begin with the boundary");
  }
  const parts: Part[] = [];
  let at = delimiter.length;
  for (;;) {
    const next = body.subarray(at, at + 2).toString("latin1");
    if (next === "--") break;
    if (next !== CRLF) throw new Error("boundary is not followed by a line end");
    const end = body.indexOf(Buffer.concat([Buffer.from(CRLF), delimiter]), at + 2);
    if (end < 0) throw new Error("last boundary is missing");
    parts.push(parsePart(body.subarray(at + 2, end)));
    at = end + 2 + delimiter.length;
  }
  const rest = body.subarray(at + 2).toString("latin1");
  if (rest !== "" && rest !== CRLF) throw new Error("something follows the last boundary");
  return parts;
}

function parsePart(bytes: Buffer): Part {
  const blank = bytes.indexOf(CRLF + CRLF);
  if (blank < 0) throw new Error("part has no blank line after its headers");
  const headers = new Map<string, string>();
  for (const line of bytes.subarray(0, blank).toString().split(CRLF)) {
    const colon = line.indexOf(":");
    if (colon < 1) throw new Error("part has a header without a colon");
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = headers.get("content-disposition") ?? "";
  if (!disposition.startsWith("form-data")) throw new Error("part is not form-data");
  return {
    name: /[; ]name="([^"]*)"/.exec(disposition)?.[1] ?? "",
    fileName: /[; ]filename="([^"]*)"/.exec(disposition)?.[1],
    type: headers.get("content-type"),
    bytes: bytes.subarray(blank + 4),
  };
}
