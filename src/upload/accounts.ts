/** Who is signed in, and which accounts that user may use. */
import { failure } from "./failures.ts";
import { asErrorName } from "./faults.ts";
import type { Json, Service } from "./service.ts";

/** An advertising account. */
export interface AccountEntry {
  readonly account: string;
  readonly customer: string;
  readonly name: string;
  /** The number with letters that the web pages show. */
  readonly number: string;
  readonly status: string;
}

/** The signed-in user. The name is that of the sign-in, mostly an e-mail address: for the user's own screen. */
export interface User {
  readonly id: string;
  readonly name: string;
}

/** `User/Query` without an id: a harmless call that shows whether a sign-in works. */
export async function whoAmI(service: Service): Promise<User> {
  const { User } = await service.call("clientcenter", "/CustomerManagement/v13/User/Query", {});
  const user = (User ?? {}) as Json;
  const id = String(user.Id ?? "");
  if (!/^\d{1,19}$/.test(id)) throw failure("no-access", { more: "the user is not told" });
  return { id, name: typeof user.UserName === "string" ? user.UserName : "" };
}

const PAGE = 1000;
const MOST_PAGES = 20;

/** `Accounts/Search` by the signed-in user. */
export async function listAccounts(service: Service): Promise<AccountEntry[]> {
  const user = await whoAmI(service);
  const accounts: AccountEntry[] = [];
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await service.call("clientcenter", "/CustomerManagement/v13/Accounts/Search", {
      Predicates: [{ Field: "UserId", Operator: "Equals", Value: user.id }],
      PageInfo: { Index: page, Size: PAGE },
    });
    const list = Array.isArray(answer.Accounts) ? answer.Accounts : [];
    accounts.push(...list.map((entry: unknown) => entryOf((entry ?? {}) as Json)));
    if (list.length < PAGE) break;
  }
  return accounts.sort((a, b) => a.name.localeCompare(b.name, "en"));
}

function entryOf(entry: Json): AccountEntry {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    account: String(entry.Id ?? ""),
    customer: String(entry.ParentCustomerId ?? ""),
    name: text(entry.Name),
    number: text(entry.Number),
    status: asErrorName(entry.AccountLifeCycleStatus) ?? "unknown",
  };
}
