// The site of which standard input tells, as an editor's and a moderator's client would use it.

import { readFileSync } from "node:fs";

import { signIn } from "./api.js";

const site = JSON.parse(readFileSync(0, "utf8"));

/** Where it answers. */
export const url = site.url;

/** An article that takes comments and has none. */
export const article = site.live[0];

/** Who decides about comments. */
export const moderator = () => signIn(url, site.moderator);
