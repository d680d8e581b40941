/** How oauth4webapi reaches a sign-in service: by our own door to the network, with what may leave it. */
import * as oauth from "oauth4webapi";
import { FirsthashError } from "../../base/errors.ts";
import type { Clock } from "../clock.ts";
import { failure } from "../failures.ts";
import { ruleFor } from "../faults.ts";
import { type Http, type HttpReply, NoAnswer, readText } from "../http.ts";
import { waitOf, withoutAnswer } from "../service.ts";

/** What a sign-in gives. Both are secrets. */
export interface Tokens {
  readonly accessToken: string;
  /** Undefined where the answer has none: then the old one goes on. */
  readonly refreshToken: string | undefined;
  /** Seconds from now. */
  readonly expiresIn: number;
}

const MOST_ANSWER = 1024 * 1024;

export class OAuthTransport {
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #insecure: boolean;

  /** @param insecure the service is a local one, for tests */
  constructor(http: Http, clock: Clock, insecure: boolean) {
    this.#http = http;
    this.#clock = clock;
    this.#insecure = insecure;
  }

  /** @param repeat a call that fails is made again: not one whose code or assertion is good once */
  options(repeat: boolean) {
    return {
      [oauth.customFetch]: (url: string, init: { method: string; body?: unknown }) =>
        this.#request(new URL(url), String(init.body ?? ""), repeat),
      [oauth.allowInsecureRequests]: this.#insecure,
    };
  }

  async #request(url: URL, body: string, repeat: boolean): Promise<Response> {
    for (let tried = 0; ; tried++) {
      const { reply, text, fault } = await this.#post(url, body);
      const rule = fault === undefined ? undefined : ruleFor(fault);
      if (rule === undefined || fault === undefined) return asResponse(reply, text);
      const wait = repeat && rule.action === "wait" ? rule.waits[tried] : undefined;
      if (wait === undefined) {
        throw failure(rule.reason === "sign-in-expired" ? "sign-in-refused" : rule.reason);
      }
      await this.#clock.wait(waitOf(wait, rule, fault));
    }
  }

  async #post(url: URL, body: string) {
    try {
      const reply = await this.#http.send({
        method: "POST",
        url,
        headers: {
          Accept: "application/json",
          "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
        },
        body,
      });
      const text = (await readText(reply, MOST_ANSWER)) ?? "";
      const isAnswer = reply.status < 500 && reply.status !== 429 && /^\s*\{/.test(text);
      const fault = isAnswer
        ? undefined
        : { ...withoutAnswer(new NoAnswer("")), status: reply.status };
      return { reply, text, fault };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { reply: undefined, text: "", fault: withoutAnswer(error) };
    }
  }
}

/** Errors of the library carry whole answers, tokens among them: of them a word and a number leave here. */
export async function guarded<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translate(error);
  }
}

function asResponse(reply: HttpReply | undefined, text: string): Response {
  return new Response(text, {
    status: reply?.status ?? 500,
    headers: { "content-type": "application/json" },
  });
}

export function asTokens(answer: oauth.TokenEndpointResponse): Tokens {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresIn: answer.expires_in ?? 0,
  };
}

/** `error`, and the first number of `error_codes`: what can be looked up. The description names people. */
function translate(error: unknown): Error {
  if (error instanceof FirsthashError) return error;
  if (error instanceof oauth.ResponseBodyError) {
    const codes = (error.cause as { error_codes?: unknown }).error_codes;
    const number = Array.isArray(codes) && Number.isInteger(codes[0]) ? ` AADSTS${codes[0]}` : "";
    const word = /^[a-z_]{1,40}$/.test(error.error) ? error.error : "refused";
    return failure(
      word === "invalid_grant" ? "sign-in-expired" : (REASONS[word] ?? "sign-in-refused"),
      {
        more: `${word}${number}`,
      },
    );
  }
  if (error instanceof oauth.AuthorizationResponseError) {
    const word = /^[a-z_]{1,40}$/.test(error.error) ? error.error : "refused";
    return failure("sign-in-refused", { more: word });
  }
  const code = (error as { code?: unknown } | null)?.code;
  return failure("sign-in-refused", {
    more:
      typeof code === "string" && /^[A-Z_]{1,60}$/.test(code) ? code : "an answer in no known form",
  });
}

const REASONS: Readonly<Record<string, "sign-in-timeout" | "sign-in-refused" | "busy">> = {
  expired_token: "sign-in-timeout",
  temporarily_unavailable: "busy",
};
