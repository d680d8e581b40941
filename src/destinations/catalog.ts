/** The catalog: one line for each destination. */
import { optionError } from "../base/errors.ts";
import { nearest } from "../base/options.ts";
import { adobe } from "./adobe.ts";
import { adobeGoogle } from "./adobe-google.ts";
import { googleDataManager } from "./google-data-manager.ts";
import { googleLeads } from "./google-leads.ts";
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
  googleLeads,
  googleDataManager,
  adobeGoogle,
];

/** A destination by its name. @throws FirsthashError "usage" naming those that there are. */
export function destinationById(id: string): Destination {
  const found = DESTINATIONS.find((destination) => destination.id === id);
  if (found !== undefined) return found;
  const ids = DESTINATIONS.map((destination) => destination.id);
  const known = ids.join(", ");
  const near = nearest(id, ids);
  throw optionError(
    "to",
    "names no destination",
    near === undefined ? `use one of ${known}` : `did you mean ${near}?`,
  );
}
