// A refusal is a page too: withdrawn, not found, not now.

import { answered, type Answered, ProblemError, type Sent } from "masthead-client";

/** The data, or the problem that a page tells its reader. */
export type Attempt<T> = { data: T; problem?: never } | { data?: never; problem: ProblemError };

/** Waits for an answer. What is no answer at all is thrown on, and ends as 500. */
export async function attempt<T>(sent: Sent<T>): Promise<Attempt<T>> {
  try {
    const { data }: Answered<T> = await answered(sent);
    return { data };
  } catch (error) {
    if (error instanceof ProblemError) {
      return { problem: error };
    }
    throw error;
  }
}
