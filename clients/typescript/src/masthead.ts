// The client.

import createClient, { type Client } from "openapi-fetch";

import type { paths } from "./contract.js";
import { Session, type TokenStore } from "./session.js";

/** What a client needs to know. */
export interface Options {
  /** Where the server answers, such as `https://cms.varn.example`. */
  url: string;
  /** Where tokens are kept; in memory unless told. */
  tokens?: TokenStore;
  /**
   * An API key to act with, in place of a session: for programs, never for pages, where everybody could read it. It signs the
   * requests of readers too, which raises their limit.
   */
  apiKey?: string;
  /** How requests are sent; the platform's `fetch` unless told. */
  fetch?: typeof fetch;
}

/** A client of one server. */
export interface Masthead {
  /** Every operation of the API, by its method and path. */
  readonly api: Client<paths>;
  /** Who has signed in. */
  readonly session: Session;
}

/** How the contract wants lists in a query: `include=related,comments`. */
const LISTS = { style: "form", explode: false } as const;

/** Makes a client. Nothing is sent yet. */
export function createMasthead(options: Options): Masthead {
  const base = options.url.replace(/\/+$/, "");
  const send: typeof fetch = options.fetch ?? ((...sent) => fetch(...sent));
  const session = new Session(base, send, options.tokens);
  const sends = options.apiKey === undefined ? session.fetch : keyed(options.apiKey, send);
  return { api: createClient<paths>({ baseUrl: base, fetch: sends, querySerializer: { array: LISTS } }), session };
}

/** Sends requests with an API key. A request with an `Authorization` of its own keeps it. */
function keyed(key: string, send: typeof fetch): (request: Request) => Promise<Response> {
  return (request) => {
    if (!request.headers.has("Authorization")) {
      request.headers.set("Authorization", `Bearer ${key}`);
    }
    return send(request);
  };
}
