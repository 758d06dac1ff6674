import assert from "node:assert/strict";
import { test } from "node:test";

import { answered, changes, createMasthead, items } from "masthead-client";

import { SITE } from "./site.js";

test("a copy that follows the feed to its end has what readers see", async () => {
  const { api } = createMasthead({ url: SITE.url });
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
  const list = (next: string | undefined) =>
    api.GET("/v1/articles", { params: { query: { limit: 100, ...(next !== undefined && { cursor: next }) } } });
  const all = new Map<string, string>();
  for await (const { id, headline } of items(list)) {
    all.set(id, headline);
  }
  assert(all.size >= 5);
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
