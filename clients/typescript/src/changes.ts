// The feed of changes, page after page.

import type { Client } from "openapi-fetch";

import { answered } from "./answered.js";
import type { components, paths } from "./contract.js";

/** A part of the feed: items, and the cursor to keep with what was made of them. */
export type ChangePage = components["schemas"]["ChangePage"];

/** A thing that changed, as it is now. */
export type Change = ChangePage["data"][number];

/** How the feed is followed. */
export interface Following {
  /** Where to go on; the beginning unless told. */
  cursor?: string;
  /** Where to begin without a cursor: with the first change, or with what changes from now on. */
  from?: "first" | "now";
  /** Most items of a page. */
  limit?: number;
  /** Seconds to wait for something to change, up to 30. With 0 it ends where there is nothing more. */
  wait?: number;
  /** Ends it. */
  signal?: AbortSignal;
}

/**
 * The pages of the feed. It goes on for ever, unless `wait` is 0. Keep `page.cursor` together with what you made of
 * `page.data`, and begin with it when you come again.
 */
export async function* changes(api: Client<paths>, following: Following = {}): AsyncGenerator<ChangePage, void, void> {
  const { from, limit = 100, wait = 30, signal } = following;
  let { cursor } = following;
  for (;;) {
    const query = { limit, wait, ...(cursor !== undefined ? { cursor } : from !== undefined ? { from } : {}) };
    const { data: page } = await answered(api.GET("/v1/changes", { params: { query }, ...(signal && { signal }) }));
    cursor = page.cursor;
    yield page;
    if (wait === 0 && page.is_end) {
      return;
    }
  }
}
