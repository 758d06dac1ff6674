// Who has signed in, and the tokens that show it.

import type { components } from "./contract.js";
import { ProblemError } from "./problem.js";

/** A pair of tokens, and whose it is. */
export type Tokens = components["schemas"]["Tokens"];

/** With what somebody signs in. */
export type Credentials = components["schemas"]["Login"];

/** Where tokens are kept between two runs. */
export interface TokenStore {
  /** The tokens that were kept last. */
  load(): Tokens | undefined | Promise<Tokens | undefined>;
  /** Keeps these instead, or none. */
  save(tokens: Tokens | undefined): void | Promise<void>;
}

/** Requests below these paths say who sends them. Those of readers do not: their answers are the same for all. */
const SIGNED = ["/v1/editorial/", "/v1/auth/"];

/**
 * Signs requests, and renews the access token when it has ended. However many requests find that out at the same time,
 * it is renewed once.
 */
export class Session {
  readonly #base: string;
  readonly #send: typeof fetch;
  readonly #store: TokenStore | undefined;
  #tokens: Promise<Tokens | undefined> | undefined;
  #renewal: Promise<Tokens | undefined> | undefined;

  constructor(base: string, send: typeof fetch, store: TokenStore | undefined) {
    this.#base = base;
    this.#send = send;
    this.#store = store;
  }

  /** Signs in, or throws a {@link ProblemError} (`invalid_credentials`, `rate_limited`). */
  async signIn(credentials: Credentials): Promise<Tokens> {
    const answer = await this.#post("/v1/auth/login", credentials);
    const tokens = await success(answer);
    await this.#keep(tokens);
    return tokens;
  }

  /** Ends the session, on the server too. Without one it does nothing. */
  async signOut(): Promise<void> {
    const tokens = await this.tokens();
    if (tokens === undefined) {
      return;
    }
    const answer = await this.fetch(new Request(`${this.#base}/v1/auth/logout`, { method: "POST" }));
    await this.#keep(undefined);
    // 401: it had ended already.
    if (!answer.ok && answer.status !== 401) {
      throw new ProblemError(answer, await json(answer));
    }
  }

  /** The present tokens; `undefined` while nobody has signed in. */
  tokens(): Promise<Tokens | undefined> {
    this.#tokens ??= Promise.resolve(this.#store?.load());
    return this.#tokens;
  }

  /** Sends a request, signed where it should be. A request with an `Authorization` of its own keeps it. */
  readonly fetch = async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname;
    const tokens = await this.tokens();
    if (tokens === undefined || request.headers.has("Authorization") || !SIGNED.some((under) => path.startsWith(under))) {
      return this.#send(request);
    }
    // A body can be sent once; the second is for after the renewal.
    const again = request.clone();
    const answer = await this.#send(signed(request, tokens));
    if (answer.status !== 401) {
      return answer;
    }
    const renewed = await this.#renewed(tokens);
    return renewed === undefined ? answer : this.#send(signed(again, renewed));
  };

  /** The tokens after those, which the server does not take any more; `undefined` where the session has ended. */
  async #renewed(stale: Tokens): Promise<Tokens | undefined> {
    const present = await this.tokens();
    if (present !== stale) {
      // Somebody else was faster.
      return present;
    }
    this.#renewal ??= this.#renew(stale).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renew(stale: Tokens): Promise<Tokens | undefined> {
    const answer = await this.#post("/v1/auth/refresh", { refresh_token: stale.refresh_token });
    const tokens = answer.status === 401 ? undefined : await success(answer);
    await this.#keep(tokens);
    return tokens;
  }

  async #keep(tokens: Tokens | undefined): Promise<void> {
    this.#tokens = Promise.resolve(tokens);
    await this.#store?.save(tokens);
  }

  #post(path: string, body: unknown): Promise<Response> {
    const headers = { "Content-Type": "application/json" };
    return this.#send(new Request(this.#base + path, { method: "POST", headers, body: JSON.stringify(body) }));
  }
}

function signed(request: Request, tokens: Tokens): Request {
  request.headers.set("Authorization", `Bearer ${tokens.access_token}`);
  return request;
}

async function success(answer: Response): Promise<Tokens> {
  const body = await json(answer);
  if (!answer.ok) {
    throw new ProblemError(answer, body);
  }
  return body as Tokens;
}

/** The body as JSON; `undefined` where it is none, as a proxy's page. */
async function json(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return undefined;
  }
}
