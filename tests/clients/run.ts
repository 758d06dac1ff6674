// Has both clients publish an article on the site of which standard input tells.

import { readFileSync } from "node:fs";

import type { Site } from "./told.js";
import { publishOne as byHeyApi } from "./with_hey_api.js";
import { publishOne as byOpenapiFetch } from "./with_openapi_fetch.js";

const site: Site = JSON.parse(readFileSync(0, "utf8"));
await byOpenapiFetch(site);
await byHeyApi(site);
