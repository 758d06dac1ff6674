// What stands on the front page, and where.

import type { Masthead } from "masthead-client";

import { type Attempt, attempt } from "./attempt";
import type { Summary } from "./contract";

/** How many stories the page has. */
const STORIES = 20;

/** The newest articles, newest first. */
export async function front(api: Masthead["api"]): Promise<Attempt<Summary[]>> {
  const { data: newest, problem } = await attempt(api.GET("/v1/articles", { params: { query: { limit: STORIES } } }));
  return newest ? { data: newest.data } : { problem };
}

/** The places of the page. The order is that of the list; opinion has a column of its own, apart from the news. */
export function arranged(stories: readonly Summary[]) {
  const views = stories.filter(({ kind }) => kind === "opinion").slice(0, 3);
  const [lead, ...news] = stories.filter((story) => !views.includes(story));
  return { lead, beside: news.slice(0, 4), under: news.slice(4, 6), views, below: news.slice(6) };
}
