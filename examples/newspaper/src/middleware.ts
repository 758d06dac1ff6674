// Around every page: the API for it, and the headers that follow from what the API said.

import { createHash } from "node:crypto";

import { defineMiddleware } from "astro:middleware";
import { createMasthead } from "masthead-client";

import { Keeping } from "./lib/keeping";
import { hash, rules } from "./lib/looks";
import { paper } from "./lib/paper";
import { sections } from "./lib/sections";
import { timesIn } from "./lib/times";
import { MASTHEAD_PUBLIC_URL, MASTHEAD_URL } from "./site";

export const onRequest = defineMiddleware(async ({ locals, request }, next) => {
  const keeping = new Keeping();
  const [told, bar] = await Promise.all([paper(), sections()]);
  Object.assign(locals, {
    api: createMasthead({ url: MASTHEAD_URL, fetch: keeping.fetch }).api,
    paper: told,
    times: timesIn(told.time_zone),
    sections: bar,
    photos: [],
  });
  const page = await next();
  const headers = new Headers({
    "Cache-Control": page.ok ? keeping.cacheControl : "private, no-store",
    "Content-Security-Policy": policy(rules(locals.photos)),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    ...names(keeping),
  });
  // What a page says itself counts.
  page.headers.forEach((value, name) => headers.set(name, value));
  // It is sent whole: all that it needs has been waited for, and in a page that comes piece by piece things move.
  const body = await page.arrayBuffer();
  if (page.ok && request.method === "GET") {
    const tag = `"${createHash("sha256").update(new Uint8Array(body)).digest("base64url")}"`;
    headers.set("ETag", tag);
    if (request.headers.get("If-None-Match") === tag) {
      return new Response(null, { status: 304, headers });
    }
  }
  return new Response(body, { status: page.status, headers });
});

/**
 * Under which names a CDN keeps the page. Cloudflare finds it by `Cache-Tag` alone, and takes that field off answers that come
 * through it: so it is always made here, whether or not answers of the API still have theirs.
 */
function names({ surrogateKey }: Keeping): Record<string, string> {
  return surrogateKey === "" ? {} : { "Surrogate-Key": surrogateKey, "Cache-Tag": surrogateKey.replaceAll(" ", ",") };
}

/** Nothing but what the site itself brings, and photos of the newsroom's server. No script runs at all. */
function policy(css: string): string {
  return [
    "default-src 'none'",
    `img-src 'self' ${new URL(MASTHEAD_PUBLIC_URL).origin}`,
    `style-src 'self' ${hash(css)}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
