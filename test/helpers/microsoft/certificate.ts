/** A company's own certificate authority, and a certificate of it for 127.0.0.1, made anew by openssl. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "../run.ts";

export interface Certificates {
  /** Path of the authority's certificate, for NODE_EXTRA_CA_CERTS. */
  readonly authority: string;
  readonly cert: string;
  readonly key: string;
}

/** @returns undefined where there is no openssl */
export function makeCertificates(): Certificates | undefined {
  const folder = scratch();
  const openssl = (...args: string[]) =>
    void execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const EC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  try {
    openssl("version");
  } catch {
    return undefined;
  }
  openssl(
    ...["req", "-x509", ...EC, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2"],
    ...["-subj", "/CN=Contoso Inspection"],
  );
  openssl("req", ...EC, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=127.0.0.1");
  writeFileSync(join(folder, "names"), "subjectAltName=IP:127.0.0.1\n");
  openssl(
    ...["x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key"],
    ...["-CAcreateserial", "-out", "server.pem", "-days", "2", "-extfile", "names"],
  );
  return {
    authority: join(folder, "ca.pem"),
    cert: readFileSync(join(folder, "server.pem"), "utf8"),
    key: readFileSync(join(folder, "server.key"), "utf8"),
  };
}
