/** What the service knows: its users' tokens, accounts, goals, uploads, and what was counted. */
import { createHash, randomUUID } from "node:crypto";
import type { UploadedRow, UploadedRows } from "./uploaded-file.ts";

export interface Account {
  readonly id: string;
  readonly customer: string;
  readonly name: string;
  readonly number: string;
  /** AutoTagType: whether Microsoft adds its click id to landing pages. */
  readonly autoTag: "Inactive" | "Preserve" | "Replace";
}

export interface Goal {
  readonly id: string;
  readonly name: string;
  readonly status: "Active" | "Paused";
  readonly enhanced: boolean;
  readonly countType: "All" | "Unique";
  readonly windowMinutes: number;
  readonly revenue: "NoValue" | "FixedValue" | "VariableValue";
  /** Uploads are refused until two hours after this. */
  readonly createdAt?: Date;
  readonly externallyAttributed?: boolean;
}

export const ACCOUNTS: readonly Account[] = [
  { id: "222", customer: "111", name: "Contoso", number: "F110XP1K", autoTag: "Preserve" },
  {
    id: "333",
    customer: "111",
    name: "Contoso \u00E9t\u00E9",
    number: "F132D463",
    autoTag: "Inactive",
  },
  { id: "444", customer: "112", name: "Fabrikam & Sons", number: "F1423KGC", autoTag: "Preserve" },
];

export function goal(id: string, name: string, more: Partial<Goal> = {}): Goal {
  return {
    id,
    name,
    status: "Active",
    enhanced: true,
    countType: "All",
    windowMinutes: 43_200,
    revenue: "VariableValue",
    ...more,
  };
}

export const GOALS: readonly Goal[] = [
  goal("9001", "Closed Won"),
  goal("9002", "Phone Sale"),
  goal("9003", "Old Leads", { status: "Paused" }),
  goal("9004", "Web Form", { enhanced: false, revenue: "NoValue" }),
  goal("9005", "First Sale", { countType: "Unique", windowMinutes: 10_080 }),
];

/** One body that came to an upload address. */
export interface Arrival {
  /** Undefined where the address is none of ours. */
  readonly requestId: string | undefined;
  /** Bytes of the body that were read. */
  bytes: number;
  /** The whole body was read, whatever was answered. */
  complete: boolean;
  /** It is the one that the service works on. */
  taken: boolean;
  /** The code with which it was refused: a clear answer, after which it may be sent again. */
  refused?: number;
  /** SHA-256 of the file inside, unpacked, where it was read whole. */
  sha256?: string;
  /** Bytes of the file inside. */
  fileBytes?: number;
  entryName?: string;
  fileName?: string;
  partName?: string;
}

export interface Upload {
  readonly requestId: string;
  readonly trackingId: string;
  readonly account: string;
  readonly responseMode: "ErrorsOnly" | "ErrorsAndResults";
  readonly createdAt: Date;
  /** Set when the file was taken. */
  rows?: UploadedRows;
  separator: "," | "\t";
  /** Why the file as a whole is not taken, as a status. */
  refusal?: string;
  /** How often the status was asked since the file came. */
  asked: number;
  /** How many questions pass before the service notices the file. */
  unnoticed: number;
  /** How many questions it stays in progress. */
  working: number;
}

export class ServiceState {
  accounts: readonly Account[] = ACCOUNTS;
  goals: readonly Goal[] = GOALS;
  developerTokens = new Set<string>();
  /** Access tokens that work now. */
  readonly accessTokens = new Set<string>();
  /** Those that worked once: 109 instead of 105. */
  readonly expiredTokens = new Set<string>();
  readonly refreshTokens = new Set<string>();
  readonly uploads = new Map<string, Upload>();
  readonly arrivals: Arrival[] = [];
  /** Rows that the service counted, by Microsoft's duplicate key. */
  readonly counted = new Map<string, { requestId: string; row: UploadedRow; adjusted?: string }>();
  /** When each click id was clicked. Where there are none, every click is taken to be known and in time. */
  readonly clicks = new Map<string, Date>();
  /** Rows of finished uploads, for the reports. */
  readonly finished: {
    requestId: string;
    row: UploadedRow;
    error: string | undefined;
    at: Date;
  }[] = [];

  newUpload(account: string, responseMode: Upload["responseMode"], createdAt: Date): Upload {
    const upload: Upload = {
      requestId: randomUUID(),
      trackingId: randomUUID(),
      account,
      responseMode,
      createdAt,
      separator: ",",
      asked: 0,
      unnoticed: 0,
      working: 0,
    };
    this.uploads.set(upload.requestId, upload);
    return upload;
  }

  /** Files that the service works on, or has worked on. */
  taken(): Arrival[] {
    return this.arrivals.filter((arrival) => arrival.taken);
  }

  expire(token: string): void {
    if (this.accessTokens.delete(token)) this.expiredTokens.add(token);
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
