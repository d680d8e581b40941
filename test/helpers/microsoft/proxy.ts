/** A company's proxy: opens tunnels (CONNECT) for who gives the password, and notes what it was asked. */
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";

export interface CompanyProxy {
  /** With user and password. */
  readonly url: string;
  readonly password: string;
  /** Hosts and ports of the tunnels that were asked for. */
  readonly asked: string[];
  /** Requests that came without a tunnel: they would have been readable. */
  readonly plain: string[];
  stop(): Promise<void>;
}

export async function startProxy(password = "qzproxypassword"): Promise<CompanyProxy> {
  const asked: string[] = [];
  const plain: string[] = [];
  const server: Server = createServer((request, response) => {
    plain.push(request.url ?? "");
    response.writeHead(405).end();
  });
  const right = `Basic ${Buffer.from(`jane:${password}`).toString("base64")}`;
  server.on("connect", (request, socket, head) => {
    asked.push(request.url ?? "");
    socket.on("error", () => {});
    if (request.headers["proxy-authorization"] !== right) {
      socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n',
      );
      return;
    }
    const [host = "", port = ""] = (request.url ?? "").split(":");
    const target = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    target.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://jane:${password}@127.0.0.1:${port}`,
    password,
    asked,
    plain,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
