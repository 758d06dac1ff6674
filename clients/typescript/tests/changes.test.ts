import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { answered, changes, createMasthead, items, type Masthead } from "masthead-client";

import { SITE } from "./site.js";

/** How long the server may take to tell of what has happened, in milliseconds. */
const PATIENCE_MS = 60_000;

/** A copy of the articles, made by following the feed to its end, and where that is. */
async function copied(api: Masthead["api"]): Promise<{ copy: Map<string, string>; cursor: string }> {
  const copy = new Map<string, string>();
  let cursor = "";
  for await (const page of changes(api, { limit: 3, wait: 0 })) {
    for (const change of page.data) {
      if (change.type !== "article") continue;
      if (change.resource === null) copy.delete(change.id);
      else copy.set(change.id, change.resource.headline);
    }
    cursor = page.cursor;
  }
  return { copy, cursor };
}

test("a copy that follows the feed to its end has what readers see", async () => {
  const { api } = createMasthead({ url: SITE.url });
  const list = (next: string | undefined) =>
    api.GET("/v1/articles", { params: { query: { limit: 100, ...(next !== undefined && { cursor: next }) } } });
  const all = new Map<string, string>();
  for await (const { id, headline } of items(list)) {
    all.set(id, headline);
  }
  assert(all.size >= 5);
  const until = Date.now() + PATIENCE_MS;
  let { copy, cursor } = await copied(api);
  while (copy.size < all.size && Date.now() < until) {
    await sleep(100);
    ({ copy, cursor } = await copied(api));
  }
  assert.deepEqual(new Map([...copy].sort()), new Map([...all].sort()));
  const rest = await answered(api.GET("/v1/changes", { params: { query: { cursor } } }));
  assert.deepEqual(rest.data.data, []);
});

test("a follower who waits ends when it is told to", async () => {
  const { api } = createMasthead({ url: SITE.url });
  const stop = new AbortController();
  const following = changes(api, { from: "now", signal: stop.signal });
  await following.next();
  const waiting = following.next();
  setTimeout(() => stop.abort(), 200);
  await assert.rejects(waiting, { name: "AbortError" });
});
