/** Request bodies made by hand, with times that are fit on any day, apart from the product's own writer. */
import { digestOf } from "../microsoft/files.ts";

export interface BodiesOptions {
  /** Events of each body. */
  readonly sizes: readonly number[];
  /** Whether each event has an order id. */
  readonly ids?: boolean;
  /** Currency of an event, by its number in the file. */
  readonly currency?: (event: number) => string;
  /** Ids of conversion actions; events go to them in turn. */
  readonly actions?: readonly string[];
  readonly now?: Date;
}

export const GOOGLE_ACCOUNT = "1234567890";

/** A file of request bodies. Event n is about person n. */
export function bodiesFile({
  sizes,
  ids = false,
  currency = () => "USD",
  actions = ["987654321"],
  now = new Date(),
}: BodiesOptions): string {
  let number = 0;
  const several = actions.length > 1;
  const lines = sizes.map((size) => {
    const events = Array.from({ length: size }, () => {
      const at = number++;
      const time = new Date(now.getTime() - 3 * 86_400_000 - (at % 86_400) * 1000);
      return {
        ...(several && { destinationReferences: [actions[at % actions.length]] }),
        ...(ids && { transactionId: `order-${at}` }),
        eventTimestamp: time.toISOString().replace(/\.\d+/, ""),
        conversionValue: 10 + at,
        currency: currency(at),
        userData: {
          userIdentifiers: [
            { emailAddress: digestOf(`person${at}@example.com`) },
            { phoneNumber: digestOf(`+1425555${String(at).padStart(4, "0")}`) },
          ],
        },
        eventSource: "OTHER",
      };
    });
    const destinations = actions.map((action) => ({
      ...(several && { reference: action }),
      operatingAccount: { accountType: "GOOGLE_ADS", accountId: GOOGLE_ACCOUNT },
      productDestinationId: action,
    }));
    const consent = { adUserData: "CONSENT_GRANTED" };
    return JSON.stringify({ destinations, encoding: "HEX", consent, events });
  });
  return `${lines.join("\n")}\n`;
}
