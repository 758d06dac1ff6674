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

/** Makes a client. Nothing is sent yet. */
export function createMasthead(options: Options): Masthead {
  const base = options.url.replace(/\/+$/, "");
  const session = new Session(base, options.fetch ?? ((...sent) => fetch(...sent)), options.tokens);
  return { api: createClient<paths>({ baseUrl: base, fetch: session.fetch }), session };
}
