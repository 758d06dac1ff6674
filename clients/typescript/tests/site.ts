// The site on which the client is tried; the file that MASTHEAD_TEST_SITE names tells of it.

import { readFileSync } from "node:fs";

import { createMasthead, type Masthead } from "masthead-client";

interface Site {
  readonly url: string;
  /** What its clock tells, which stands still. */
  readonly now: string;
  readonly admin: { readonly email: string; readonly password: string };
  readonly editor: { readonly email: string; readonly password: string };
}

export const SITE: Site = JSON.parse(readFileSync(process.env["MASTHEAD_TEST_SITE"] ?? "", "utf8"));

/** A client whose editor has signed in, and the paths of all that it sends. */
export async function editor(): Promise<{ masthead: Masthead; sent: string[] }> {
  const sent: string[] = [];
  const masthead = createMasthead({
    url: `${SITE.url}/`,
    fetch: (request) => {
      sent.push(new URL((request as Request).url).pathname);
      return fetch(request);
    },
  });
  await masthead.session.signIn(SITE.editor);
  return { masthead, sent };
}
