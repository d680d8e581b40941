/**
 * The local service as a process of its own, for runs by hand and for tests that measure or trace the client:
 *
 *     npx rolldown test/helpers/microsoft/main.ts --platform node -o service.mjs && node service.mjs
 *
 * It prints one line of JSON: `endpoint`, `control` and `env`, the environment for firsthash. Orders go to
 * the control address: POST /order {"endpoint":"upload","fault":"reset-in-body","times":1}, POST /clear,
 * POST /revoke; GET /record gives the transcript, the arrivals and the violations. It takes its options as JSON
 * in the first argument: {"now":"2026-11-20T12:00:00Z","working":2,"goals":[{"id":"1","name":"Sale"}]}.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Order } from "./orders.ts";
import { type LocalService, type ServiceOptions, startService } from "./service.ts";
import { goal } from "./state.ts";

type GoalSettings = { id: string; name: string; createdAt?: string };
type Settings = Omit<ServiceOptions, "now"> & {
  readonly now?: string;
  readonly goals?: readonly GoalSettings[];
};

async function start(text: string | undefined): Promise<LocalService> {
  const { now, goals, ...rest } = JSON.parse(text ?? "{}") as Settings;
  const service = await startService(
    now === undefined ? rest : { ...rest, now: () => new Date(now) },
  );
  if (goals !== undefined) {
    service.state.goals = goals.map(({ id, name, createdAt }) =>
      goal(id, name, createdAt === undefined ? {} : { createdAt: new Date(createdAt) }),
    );
  }
  return service;
}

function record(service: LocalService): object {
  return {
    transcript: service.transcript,
    arrivals: service.arrivals,
    violations: service.violations,
    counted: service.counted,
  };
}

function command(service: LocalService, path: string, body: string): object {
  switch (path) {
    case "/order": {
      const { endpoint, fault, times, ...rest } = JSON.parse(body) as Order;
      // JSON has no number for "always".
      service.order(endpoint, fault as never, { ...rest, times: times ?? 1 });
      return {};
    }
    case "/clear":
      service.clearOrders();
      return {};
    case "/revoke":
      service.revokeAddresses();
      return {};
    default:
      return record(service);
  }
}

const service = await start(process.argv[2]);
const control = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = command(service, request.url ?? "", Buffer.concat(chunks).toString());
  response.end(JSON.stringify(answer));
});
control.listen(0, "127.0.0.1", () => {
  const { port } = control.address() as AddressInfo;
  const { endpoint, env } = service;
  console.log(JSON.stringify({ endpoint, env, control: `http://127.0.0.1:${port}` }));
});
// Whoever started the service holds its standard input; without them nobody needs it.
process.stdin.on("end", () => process.exit(0)).resume();
