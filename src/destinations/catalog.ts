/** The catalog: one line for each destination. */
import { usageError } from "../base/errors.ts";
import { adobe } from "./adobe.ts";
import { microsoftApi } from "./microsoft-api.ts";
import { microsoftBulk } from "./microsoft-bulk.ts";
import { microsoftImport } from "./microsoft-import.ts";
import type { Destination } from "./types.ts";

/** All destinations, the default first. */
export const DESTINATIONS: readonly Destination[] = [
  microsoftBulk,
  microsoftImport,
  adobe,
  microsoftApi,
];

/** A destination by its name. @throws FirsthashError "usage" naming those that there are. */
export function destinationById(id: string): Destination {
  const found = DESTINATIONS.find((destination) => destination.id === id);
  if (found !== undefined) return found;
  const known = DESTINATIONS.map((destination) => destination.id).join(", ");
  throw usageError(`no destination is called "${id}"`, `destinations: ${known}`);
}
