// What stands on the front page, and where.

import type { Masthead } from "masthead-client";

import { type Attempt, attempt } from "./attempt";
import type { Summary } from "./contract";

/** How many stories the page has while nobody has composed one. */
const STORIES = 20;

/** A story of the page. Editors may give it another headline here than it has on its own page. */
export type Story = Summary & { front_headline?: string };

/** What editors put on the front `home`, in their order; without such a front the newest articles. */
export async function front(api: Masthead["api"]): Promise<Attempt<Story[]>> {
  const { data: composed, problem } = await attempt(api.GET("/v1/fronts/{slug}", { params: { path: { slug: "home" } } }));
  if (composed) return { data: composed.data };
  if (problem.status !== 404) return { problem };
  const { data: newest, problem: other } = await attempt(api.GET("/v1/articles", { params: { query: { limit: STORIES } } }));
  return newest ? { data: newest.data } : { problem: other };
}

/** The places of the page. The order is that of the list; opinion has a column of its own, apart from the news. */
export function arranged(stories: readonly Story[]) {
  const views = stories.filter(({ kind }) => kind === "opinion").slice(0, 3);
  const [lead, ...news] = stories.filter((story) => !views.includes(story));
  return { lead, beside: news.slice(0, 4), under: news.slice(4, 6), views, below: news.slice(6) };
}
