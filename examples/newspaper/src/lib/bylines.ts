// The sentence that the newsroom prints, with links from the names of those who have a page.

import type { Byline } from "./contract";

/** A part of the sentence; `slug` is that of the contributor whom it names. */
export interface Part {
  readonly text: string;
  readonly slug?: string;
}

/** Cuts `text` at the names of `bylines`. A name that the sentence does not have is passed over. */
export function linked(text: string, bylines: readonly Byline[]): Part[] {
  const named = bylines
    .flatMap(({ name, contributor }) => (contributor ? [{ name, slug: contributor.slug, at: text.indexOf(name) }] : []))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  const parts: Part[] = [];
  let end = 0;
  for (const { name, slug, at } of named) {
    if (at < end) continue;
    parts.push({ text: text.slice(end, at) }, { text: name, slug });
    end = at + name.length;
  }
  return [...parts, { text: text.slice(end) }].filter((part) => part.text !== "");
}
