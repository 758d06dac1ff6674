// Who has signed in, and the tokens that show it.

import type { components } from "./contract.js";
import { ProblemError } from "./problem.js";

/** A pair of tokens, and whose it is. */
export type Tokens = components["schemas"]["Tokens"];

/** With what somebody signs in. */
export type Credentials = components["schemas"]["Login"];

/**
 * Where tokens are kept between two runs, and among those who share them, such as the tabs of a browser: what another has
 * kept is found when the access token has ended.
 */
export interface TokenStore {
  /** The tokens that were kept last. */
  load(): Tokens | undefined | Promise<Tokens | undefined>;
  /** Keeps these instead, or none. */
  save(tokens: Tokens | undefined): void | Promise<void>;
}

/** Requests below these paths say who sends them. Those of readers do not: their answers are the same for all. */
const SIGNED = ["/v1/editorial/", "/v1/auth/"];

/** Those that show by their body who sends them: what is said of that says nothing of the session. */
const SHOWN_BY_BODY = ["/v1/auth/login", "/v1/auth/refresh", "/v1/auth/accept-invitation"];

/** How often one request is sent anew: with a pair that another kept, which may have ended too, and with one after that. */
const MOST_RENEWALS = 2;

/**
 * Signs requests, and renews the access token when it has ended. However many requests find that out at the same time,
 * it is renewed once, also by those who share a store: the server takes a refresh token that is used again later for stolen.
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
    if (this.#tokens === undefined) {
      const loading = Promise.resolve(this.#store?.load());
      this.#tokens = loading;
      // Nothing that was found is nothing to keep: whoever shares the store may sign in later.
      const forget = () => {
        if (this.#store !== undefined && this.#tokens === loading) {
          this.#tokens = undefined;
        }
      };
      loading.then((found) => found ?? forget(), forget);
    }
    return this.#tokens;
  }

  /** Sends a request, signed where it should be. A request with an `Authorization` of its own keeps it. */
  readonly fetch = async (request: Request): Promise<Response> => {
    let tokens = await this.tokens();
    if (tokens === undefined || request.headers.has("Authorization") || !this.#isSigned(request)) {
      return this.#send(request);
    }
    for (let renewals = 0; ; renewals++) {
      // A body can be sent once: what is sent is a copy, and the next is for after a renewal.
      const answer: Response = await this.#send(signed(request.clone(), tokens));
      const mayRenew = renewals < MOST_RENEWALS && (await hasEnded(answer));
      const renewed: Tokens | undefined = mayRenew ? await this.#renewed(tokens) : undefined;
      if (renewed === undefined) {
        return answer;
      }
      tokens = renewed;
    }
  };

  /** Whether a request goes to our server, which may itself lie below a path, and there below one that is signed. */
  #isSigned({ url }: Request): boolean {
    const under = (path: string) => url.startsWith(new Request(this.#base + path).url);
    return SIGNED.some(under) && !SHOWN_BY_BODY.some(under);
  }

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

  /** Renews, one after the other of those who share a store where the platform has locks, as browsers on pages of https. */
  async #renew(stale: Tokens): Promise<Tokens | undefined> {
    const locks = this.#store && globalThis.navigator?.locks;
    const renew = () => this.#next(stale);
    return locks ? await locks.request(`masthead ${this.#base}`, renew) : renew();
  }

  /** What another has kept meanwhile, else what the server gives; `undefined` where the session has ended. */
  async #next(stale: Tokens): Promise<Tokens | undefined> {
    const before = await this.#store?.load();
    if (before !== undefined && !isSame(before, stale)) {
      return this.#take(before, stale);
    }
    const answer = await this.#post("/v1/auth/refresh", { refresh_token: stale.refresh_token });
    if (answer.status !== 401) {
      const tokens = await success(answer);
      await this.#keep(tokens);
      return tokens;
    }
    // Another may have been faster even so: what they have kept is not ours to clear.
    const after = await this.#store?.load();
    if (after !== undefined && isSame(after, stale)) {
      await this.#store?.save(undefined);
      return this.#take(undefined, stale);
    }
    return this.#take(after, stale);
  }

  /** Goes on with what the store has, unless somebody else signed in: what one has asked for is not sent as another. */
  #take(found: Tokens | undefined, stale: Tokens): Tokens | undefined {
    const ours = found?.user.id === stale.user.id ? found : undefined;
    this.#tokens = Promise.resolve(ours);
    return ours;
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

/** Whether two pairs are the same: each refresh token is given once. */
function isSame(one: Tokens, other: Tokens): boolean {
  return one.refresh_token === other.refresh_token;
}

/** Whether the access token counts no more. Another 401 is about something else, such as a password in the body. */
async function hasEnded(answer: Response): Promise<boolean> {
  return answer.status === 401 && new ProblemError(answer, await json(answer.clone())).code === "unauthenticated";
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
