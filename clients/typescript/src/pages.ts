// Lists, page after page.

import { answered, type Sent } from "./answered.js";

/** A page of a list. */
export interface Page<T> {
  data: T[];
  page: { next_cursor: string | null };
}

/**
 * The pages of a list, each asked for when it is wanted. `ask` sends the request for the page at a cursor, which is
 * `undefined` for the first.
 */
export async function* pages<T>(ask: (cursor: string | undefined) => Sent<Page<T>>): AsyncGenerator<T[], void, void> {
  let cursor: string | undefined;
  do {
    const { data: told } = await answered(ask(cursor));
    yield told.data;
    cursor = told.page.next_cursor ?? undefined;
  } while (cursor !== undefined);
}

/** The items of a list, over all its pages. */
export async function* items<T>(ask: (cursor: string | undefined) => Sent<Page<T>>): AsyncGenerator<T, void, void> {
  for await (const page of pages(ask)) {
    yield* page;
  }
}
