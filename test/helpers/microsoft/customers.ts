/** Customer management: who is signed in, and which accounts that user may use. */
import type { Account, ServiceState } from "./state.ts";
import { answerJson, apiFault, type Call } from "./wire.ts";

type Body = Readonly<Record<string, unknown>>;

const USER_ID = "96163927";

export class Customers {
  readonly #state: ServiceState;
  readonly #words: string;

  constructor(state: ServiceState, words: string) {
    this.#state = state;
    this.#words = words;
  }

  /** GetUser: the signed-in one where no id is given. */
  user(call: Call): void {
    const customers = [...new Set(this.#state.accounts.map(({ customer }) => customer))];
    answerJson(call, 200, {
      User: {
        ContactInfo: null,
        CustomerId: customers[0] ?? null,
        Id: USER_ID,
        JobTitle: null,
        LastModifiedByUserId: USER_ID,
        LastModifiedTime: "2026-09-03T09:38:14.497",
        Lcid: "EnglishUS",
        Name: { FirstName: "Jane", LastName: "Doe", MiddleInitial: null },
        Password: null,
        SecretAnswer: null,
        SecretQuestion: "None",
        UserLifeCycleStatus: "Active",
        TimeStamp: "AAAAAf3eP4o=",
        UserName: "jane.doe@contoso.com",
        ForwardCompatibilityMap: null,
        AuthenticationToken: null,
      },
      CustomerRoles: customers.map((customer) => ({
        RoleId: 41,
        CustomerId: customer,
        AccountIds: null,
        LinkedAccountIds: null,
        CustomerLinkPermission: null,
      })),
    });
  }

  /** GetAccount, member for member as recorded. */
  account(call: Call, body: Body): void {
    const account = this.#state.accounts.find(({ id }) => id === String(body.AccountId));
    if (account === undefined) {
      this.#notAuthorized(call);
      return;
    }
    answerJson(call, 200, { Account: accountShape(account) });
  }

  /** SearchAccounts by user, account or customer. */
  search(call: Call, body: Body): void {
    const predicates = (body.Predicates ?? []) as readonly Readonly<Record<string, string>>[];
    const { Index = 0, Size = 100 } = (body.PageInfo ?? {}) as { Index?: number; Size?: number };
    const matches = this.#state.accounts.filter((account) =>
      predicates.every(({ Field, Value }) => {
        if (Field === "UserId") return Value === USER_ID;
        if (Field === "AccountId") return Value === account.id;
        return Field === "CustomerId" ? Value === account.customer : true;
      }),
    );
    answerJson(call, 200, {
      Accounts: matches.slice(Index * Size, (Index + 1) * Size).map(accountShape),
    });
  }

  /** GetAccountsInfo and FindAccounts. */
  info(call: Call, body: Body): void {
    const wanted = body.CustomerId === undefined || body.CustomerId === null;
    const accounts = this.#state.accounts.filter(
      ({ customer }) => wanted || customer === String(body.CustomerId),
    );
    answerJson(call, 200, {
      AccountsInfo: accounts.map(({ id, name, number }) => ({
        Id: id,
        Name: name,
        Number: number,
        AccountLifeCycleStatus: "Active",
        PauseReason: null,
      })),
    });
  }

  /** FindAccountsOrCustomersInfo. */
  infoWithCustomers(call: Call): void {
    answerJson(call, 200, {
      AccountInfoWithCustomerData: this.#state.accounts.map((account) => ({
        CustomerId: account.customer,
        CustomerName: `Customer of ${account.name}`,
        AccountId: account.id,
        AccountName: account.name,
        AccountNumber: account.number,
        AccountLifeCycleStatus: "Active",
        PauseReason: null,
      })),
    });
  }

  #notAuthorized(call: Call): void {
    const error = { code: 106, errorCode: "UserIsNotAuthorized" };
    answerJson(call, 403, apiFault(call, [error], this.#words));
  }
}

function accountShape(account: Account): object {
  return {
    BillToCustomerId: account.customer,
    CurrencyCode: "EUR",
    AccountFinancialStatus: "ClearFinancialStatus",
    Id: account.id,
    Language: "English",
    LastModifiedByUserId: USER_ID,
    LastModifiedTime: "2026-09-03T09:38:14.497",
    Name: account.name,
    Number: account.number,
    ParentCustomerId: account.customer,
    PaymentMethodId: null,
    PaymentMethodType: null,
    PrimaryUserId: USER_ID,
    AccountLifeCycleStatus: "Active",
    TimeStamp: "AAAAAf3eP4o=",
    TimeZone: "BrusselsCopenhagenMadridParis",
    PauseReason: null,
    ForwardCompatibilityMap: null,
    LinkedAgencies: [],
    SalesHouseCustomerId: null,
    TaxInformation: [],
    BackUpPaymentInstrumentId: null,
    BillingThresholdAmount: null,
    BusinessAddress: null,
    AutoTagType: account.autoTag,
    SoldToPaymentInstrumentId: null,
  };
}
