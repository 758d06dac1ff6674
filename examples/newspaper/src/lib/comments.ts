// A comment on its way from the form to the API.

import { createHash } from "node:crypto";

import { answered, type Masthead, ProblemError } from "masthead-client";

import { attempt } from "./attempt";

/** The fields of the form. */
export interface Written {
  readonly author_name: string;
  readonly author_email: string;
  readonly body: string;
  readonly parent_id: string;
  readonly website: string;
}

/** Why it was not taken: in one sentence, and field by field. */
export interface Refused {
  readonly status: number;
  readonly text: string;
  readonly faults: Partial<Record<keyof Written, string>>;
}

/** A comment that was taken: now, with a token, or before, without. What has become of that one since is not told. */
export interface Taken {
  readonly id: string;
  readonly state: string;
  readonly edit_token: string | null;
}

/** What became of it. */
export type Sent = { taken: Taken; refused?: never } | { taken?: never; refused: Refused };

/** A comment that its writer may take back, and the token that says that it is theirs. */
export interface Own {
  readonly id: string;
  readonly edit_token: string;
}

/** What became of taking it back, in one sentence, and whether it is worth another try. */
export interface TakenBack {
  readonly status: number;
  readonly text: string;
  readonly again: boolean;
}

/** Reads the form. What is missing is empty, and the API says so. */
export function written(form: FormData): Written {
  const text = (name: keyof Written) => String(form.get(name) ?? "");
  return {
    author_name: text("author_name"),
    author_email: text("author_email"),
    // Forms send line ends as CR LF.
    body: text("body").replaceAll("\r\n", "\n"),
    parent_id: text("parent_id"),
    website: text("website"),
  };
}

/**
 * Hands a comment in. `from` are the addresses that it came through, as `X-Forwarded-For` has them: Masthead counts how many
 * come from one network, so it must know the reader's, and believe us (`server.trusted_proxies`).
 */
export async function handIn(api: Masthead["api"], slug: string, comment: Written, from: string): Promise<Sent> {
  const { parent_id, ...rest } = comment;
  try {
    const { data } = await answered(
      api.POST("/v1/articles/{name}/comments", {
        params: { path: { name: slug }, header: { "Idempotency-Key": keyOf(slug, comment) } },
        headers: { "X-Forwarded-For": from },
        body: { ...rest, parent_id: parent_id || null },
      }),
    );
    return { taken: data };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { refused: refusal(error) };
  }
}

/**
 * Takes a comment back. A token that counts no longer finds nothing, and where the article is withdrawn there is nothing to
 * find; whatever else stands in the way may pass.
 */
export async function takeBack(api: Masthead["api"], slug: string, { id, edit_token }: Own): Promise<TakenBack> {
  const { problem } = await attempt(
    api.DELETE("/v1/articles/{name}/comments/{cid}", {
      params: { path: { name: slug, cid: id } },
      headers: { Authorization: `Bearer ${edit_token}` },
    }),
  );
  if (!problem) {
    return { status: 200, text: "Your comment is gone.", again: false };
  }
  if (problem.status === 404 || problem.status === 410) {
    return { status: problem.status, text: "It is too late to take this comment back, or it is gone already.", again: false };
  }
  const when = problem.retryAfter === undefined ? "in a moment" : `in ${problem.retryAfter} seconds`;
  return { status: problem.status, text: `Your comment could not be taken back just now. Please try again ${when}.`, again: true };
}

/**
 * The key is made of what was written: pressed twice, or sent again by a reload, it is one comment, and for a day the answer
 * is the first, also when its writer has taken it back. A key in the form would be the same for all readers to whom a cache
 * gives the page.
 */
function keyOf(slug: string, comment: Written): string {
  const hash = createHash("sha256").update(JSON.stringify([slug, comment])).digest("hex");
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** The problem in its own words, each fault at its field. */
function refusal(error: ProblemError): Refused {
  const faults: Record<string, string> = {};
  for (const { pointer, detail } of error.faults) {
    faults[pointer?.slice(1) ?? ""] ??= detail;
  }
  const again = error.retryAfter === undefined ? "" : ` Please try again in ${error.retryAfter} seconds.`;
  const text = error.problem
    ? `${error.problem.title}. ${error.faults.length > 0 ? "Please look at the fields below." : error.problem.detail}${again}`
    : "The newsroom’s server does not answer. Your text is still here: please send it again in a moment.";
  return { status: error.status, text, faults };
}
