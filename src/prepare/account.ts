/** What the user says of the account that gets a file, for the destinations whose files name it. */
import { optionError } from "../base/errors.ts";
import type { AccountSettings } from "../destinations/types.ts";
import type { PrepareOptions } from "./options.ts";

type AccountOptions = Pick<
  PrepareOptions,
  | "googleAccount"
  | "googleLoginAccount"
  | "googleAction"
  | "eventSource"
  | "adUserData"
  | "adPersonalization"
>;

/** @throws FirsthashError "usage", naming the option */
export function planAccount(options: AccountOptions): AccountSettings {
  const { googleAccount, googleLoginAccount, googleAction, eventSource } = options;
  const { adUserData, adPersonalization } = options;
  return {
    account: googleAccount,
    loginAccount: googleLoginAccount,
    actions: googleAction === undefined ? undefined : actionsOf(googleAction),
    eventSource,
    adUserData,
    adPersonalization,
  };
}

function actionsOf(
  given: NonNullable<AccountOptions["googleAction"]>,
): ReadonlyMap<string, string> {
  return new Map(typeof given === "string" ? [["", given]] : Object.entries(given));
}

/** `987` for all names, or `Closed Won=987` for one; as often as given. */
export function parseActions(texts: readonly string[], option: string): Record<string, string> {
  const actions: Record<string, string> = {};
  for (const text of texts) {
    const at = text.lastIndexOf("=");
    const name = at === -1 ? "" : text.slice(0, at);
    const id = text.slice(at + 1).trim();
    if (!/^\d+$/.test(id)) {
      throw optionError(
        option,
        "accepts only the number of a conversion action, or a name and the number",
        `for example \`${option}: "Closed Won=987654321"\`; the number stands as ctId in the address of the action's page`,
      );
    }
    if (name in actions)
      throw optionError(option, "names one conversion twice", "give each name once");
    actions[name] = id;
  }
  return actions;
}
