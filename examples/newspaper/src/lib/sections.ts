// The bar of sections, which stands on every page.

import { answered, createMasthead } from "masthead-client";

import { MASTHEAD_URL } from "../site";
import type { Section } from "./contract";

/** How long it is kept here, in milliseconds: as long as the API lets a shared cache keep it. */
const KEPT_MS = 10_000;

const { api } = createMasthead({ url: MASTHEAD_URL });
let kept: Section[] = [];
let until = 0;

/**
 * The top of the tree, with all that is below. It is asked apart from what the page is about, and its surrogate keys are
 * not those of the page: the bar changes with every article anywhere, and no page should have to go for that.
 */
export async function sections(): Promise<Section[]> {
  if (Date.now() >= until) {
    until = Date.now() + KEPT_MS;
    // Without an answer the bar is as it was: no page fails for it.
    kept = await answered(api.GET("/v1/sections")).then(({ data }) => data.data, () => kept);
  }
  return kept;
}

/** A section of the tree with those that lead to it. */
export function found(slug: string, among: Section[], above: Section[] = []): { section: Section; above: Section[] } | undefined {
  for (const section of among) {
    const hit = section.slug === slug ? { section, above } : found(slug, section.sections, [...above, section]);
    if (hit !== undefined) {
      return hit;
    }
  }
  return undefined;
}
