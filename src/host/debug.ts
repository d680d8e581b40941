/** What Node itself prints where its environment asks for it. */
import { debuglog } from "node:util";
import { usageError } from "../base/errors.ts";

/**
 * Node prints every piece that goes through one of its streams with NODE_DEBUG=stream: bytes and cells of the inputs.
 *
 * @throws FirsthashError "usage" where it is asked to
 */
export function refuseDebugOutput(): void {
  if (!debuglog("stream").enabled) return;
  throw usageError(
    "with this NODE_DEBUG, Node prints the cells that it reads",
    "unset NODE_DEBUG, or take `stream` out of it",
  );
}
