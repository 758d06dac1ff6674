// A server that is played here, for what the real one does only after a while: it takes each refresh token once.

import type { Tokens } from "masthead-client";

/** Where it answers: below a path. */
export const BASE = "https://varn.example/cms";

/** A server with one session at a time. */
export class Played {
  /** What it was sent: where to, and as whom. */
  readonly heard: [string, string | null][] = [];
  /** What happens while somebody waits for a refresh. */
  meanwhile: () => void = () => undefined;
  #person = "una";
  #family = 1;
  #generation = 0;
  #expired = false;
  #ended = false;

  /** The pair that counts. */
  get pair(): Tokens {
    const name = `${this.#family}-${this.#generation}`;
    const tokens = { access_token: `access-${name}`, refresh_token: `refresh-${name}`, user: { id: this.#person } };
    return tokens as Tokens;
  }

  /** Lets the access token end. */
  expire(): void {
    this.#expired = true;
  }

  /** Ends the session. */
  end(): void {
    this.#ended = true;
  }

  /** Begins another session. */
  begin(person = this.#person): Tokens {
    this.#person = person;
    [this.#family, this.#generation, this.#expired, this.#ended] = [this.#family + 1, 0, false, false];
    return this.pair;
  }

  /** How often a path was asked for. */
  times(path: string): number {
    return this.heard.filter(([to]) => to === path).length;
  }

  readonly fetch: typeof fetch = async (sent) => {
    const request = sent as Request;
    const [to, by] = [request.url.replace(BASE, ""), request.headers.get("Authorization")];
    this.heard.push([to, by]);
    switch (to) {
      case "/v1/auth/refresh":
        return this.#refresh(((await request.json()) as Tokens).refresh_token);
      case "/v1/auth/password":
      case "/v1/auth/login":
        return problem("invalid_credentials");
      case "/v1/auth/logout":
        this.end();
        return new Response(null, { status: 204 });
      default:
        return this.#counts(by) ? Response.json({ said: await request.text() }) : problem("unauthenticated");
    }
  };

  #counts(by: string | null): boolean {
    return by === `Bearer ${this.pair.access_token}` && !this.#expired && !this.#ended;
  }

  #refresh(token: string): Response {
    this.meanwhile();
    if (token !== this.pair.refresh_token) {
      // Of two who have the same token one is a thief.
      this.#ended ||= token.startsWith(`refresh-${this.#family}-`);
      return problem("unauthenticated");
    }
    if (this.#ended) {
      return problem("unauthenticated");
    }
    this.#generation++;
    this.#expired = false;
    return Response.json(this.pair);
  }
}

function problem(code: string): Response {
  const told = { type: "about:blank", title: "Not you", status: 401, code, detail: "it is somebody else" };
  return Response.json(told, { status: 401, headers: { "Content-Type": "application/problem+json" } });
}
