/** Google Ads, request bodies of the Data Manager API: `events:ingest`. */
import { optionError } from "../base/errors.ts";
import {
  chooseLayout,
  consentColumn,
  conversionTime,
  currency,
  emailDigest,
  gbraid,
  gclid,
  orderId,
  phoneDigest,
  value,
  wbraid,
} from "./columns.ts";
import { GOOGLE_TERMS } from "./google.ts";
import { textChecks } from "./safety.ts";
import { isoUtc } from "./times.ts";
import type { AccountSettings, Column, Destination, UploadRow } from "./types.ts";

const CONSENT = { granted: "CONSENT_GRANTED", denied: "CONSENT_DENIED" } as const;

const columns: readonly Column[] = [
  // "Order ID" of the import page. Without one of its own a row has none: a row's number comes again tomorrow,
  // and Google would take that conversion for one that it has already.
  orderId("transactionId"),
  conversionTime("eventTimestamp", isoUtc),
  value("conversionValue"),
  currency("currency"),
  emailDigest("userData.userIdentifiers[].emailAddress"),
  phoneDigest("userData.userIdentifiers[].phoneNumber"),
  gclid("adIdentifiers.gclid"),
  gbraid("adIdentifiers.gbraid"),
  wbraid("adIdentifiers.wbraid"),
  consentColumn("ad-user-data", "consent.adUserData", CONSENT),
  consentColumn("ad-personalization", "consent.adPersonalization", CONSENT),
];

function constant(header: string, text: string): Column {
  return { role: "none", header, type: "text", alphabet: "closed", always: text, cell: () => text };
}

/** Ten digits, with or without the dashes that the account's page shows. */
function accountOption(text: string, option: string): string {
  const digits = text.trim().replaceAll("-", "");
  if (/^\d{10}$/.test(digits)) return digits;
  throw optionError(option, "is not an account of Google Ads", "give its ten digits: 123-456-7890");
}

/** The members of every body beside its events. */
function besideEvents(account: AccountSettings, actions: readonly string[]): object {
  const { account: operating, loginAccount, adUserData, adPersonalization } = account;
  const product = (id: string) => ({ accountType: "GOOGLE_ADS", accountId: id });
  const destination = {
    operatingAccount: product(operating ?? ""),
    ...(loginAccount !== undefined && { loginAccount: product(loginAccount) }),
  };
  const consent = {
    ...(adUserData !== undefined && { adUserData: CONSENT[adUserData] }),
    ...(adPersonalization !== undefined && { adPersonalization: CONSENT[adPersonalization] }),
  };
  return {
    destinations: actions.map((action) => ({
      ...(actions.length > 1 && { reference: action }),
      ...destination,
      productDestinationId: action,
    })),
    encoding: "HEX",
    ...(Object.keys(consent).length > 0 && { consent }),
  };
}

interface Settings extends AccountSettings {
  readonly account: string;
  readonly actions: ReadonlyMap<string, string>;
}

/** @throws FirsthashError "usage" where the account or the conversion action is missing or is none */
function settingsOf(settings: AccountSettings | undefined): Settings {
  const { account, loginAccount, actions } = settings ?? {};
  if (account === undefined) {
    throw optionError(
      "googleAccount",
      "is missing: request bodies name the account",
      "give the ten digits at the top of the page of Google Ads",
    );
  }
  if (actions === undefined || actions.size === 0) {
    throw optionError(
      "googleAction",
      "is missing: Google accepts only the number of a conversion action and not its name",
      "it stands as ctId in the address of the action's page; give one for all rows, or one for each conversion name",
    );
  }
  for (const id of actions.values()) {
    if (!/^\d{1,20}$/.test(id)) {
      throw optionError(
        "googleAction",
        "accepts only the number of a conversion action",
        "it stands as ctId in the address of the action's page",
      );
    }
  }
  return {
    ...settings,
    account: accountOption(account, "googleAccount"),
    loginAccount: loginAccount && accountOption(loginAccount, "googleLoginAccount"),
    actions,
  };
}

export const googleDataManager: Destination = {
  id: "google-data-manager",
  title: "Google Ads, request bodies for events:ingest of the Data Manager API",
  next: "send it with `firsthash upload`; Google reads it within about half an hour, and says counts and not rows",
  ...GOOGLE_TERMS,
  sources: [
    "https://developers.google.com/data-manager/api/reference/rest/v1/events/ingest",
    "https://developers.google.com/data-manager/api/devguides/concepts/formatting",
  ],
  formats: ["jsonl"],
  layouts: ["v1"],
  requires: [],
  takes: ["account"],
  limits: { rows: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
  timeForms: {
    documented: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/,
    untried: /^(?!)/,
  },
  plan(options) {
    const layout = chooseLayout(this, options);
    const settings = settingsOf(options.account);
    const { actions, eventSource = "other" } = settings;
    const ids = [...new Set(actions.values())];
    const actionOf = (row: UploadRow) => actions.get(row.name) ?? actions.get("");
    const reference: Column = {
      role: "none",
      header: "destinationReferences[]",
      type: "text",
      alphabet: "closed",
      cell: (row) => actionOf(row) ?? "",
    };
    const beside = besideEvents(settings, ids);
    const texts = textChecks(options.format, "server", [(row) => row.orderId]);
    return {
      kind: "bodies",
      format: options.format,
      layout,
      limits: this.limits,
      notes: [],
      open: `${JSON.stringify(beside).slice(0, -1)},"events":[`,
      close: "]}",
      itemsPerBody: 2000,
      list: "events",
      beside: ["destinations", "encoding", "consent", "validateOnly"],
      absent: "left-out",
      columns: [
        ...(ids.length > 1 ? [reference] : []),
        ...columns,
        constant("eventSource", eventSource.toUpperCase().replace("-", "_")),
      ],
      check: (row) => (actionOf(row) === undefined ? "no-conversion-action" : texts.check(row)),
      warning: texts.warning,
    };
  },
};
