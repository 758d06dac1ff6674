// The site of which standard input tells, as an editor's and a moderator's client would use it.

import { readFileSync } from "node:fs";

const site = JSON.parse(readFileSync(0, "utf8"));

/** Where it answers. */
export const url = site.url;

/** An article that takes comments and has none. */
export const article = site.live[0];

/** Somebody who is signed in. */
export async function signIn({ email, password }) {
  const { access_token } = await call("POST", "/v1/auth/login", { email, password });
  return (method, path, body, headers) => call(method, path, body, { authorization: `Bearer ${access_token}`, ...headers });
}

/** Who decides about comments. */
export const moderator = () => signIn(site.moderator);

async function call(method, path, body, headers = {}) {
  const answer = await fetch(url + path, {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const told = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${told}`);
  return told === "" ? null : JSON.parse(told);
}
