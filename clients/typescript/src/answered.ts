// From what was sent to what is wanted: the data, or an error.

import { ProblemError } from "./problem.js";

/** What a call of the API comes to. */
export type Sent<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** A success. */
export interface Answered<T> {
  /** Its body; `undefined` where it has none (204, 304). */
  readonly data: T;
  /** Its entity tag, as `If-Match` and `If-None-Match` want it back. */
  readonly etag: string | undefined;
  readonly response: Response;
}

/**
 * Waits for an answer and throws a {@link ProblemError} unless it is a success. 304 is one: who sends `If-None-Match` has
 * the body already.
 */
export async function answered<T>(sent: Sent<T>): Promise<Answered<T>> {
  const { data, error, response } = await sent;
  if (!response.ok && response.status !== 304) {
    throw new ProblemError(response, error);
  }
  return { data: data as T, etag: response.headers.get("ETag") ?? undefined, response };
}
