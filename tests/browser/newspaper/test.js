// The newspaper of examples/newspaper on the demo edition, in headless Chromium: every page, and what readers do there.

import assert from "node:assert/strict";

import { signIn } from "../api.js";
import { open } from "../chromium.js";
import { accessible, fits, listen, look } from "./checks.js";
import { comments } from "./comments.js";
import { corrected, paged, preview, published, renamed, withdrawn } from "./newsroom.js";
import { cropped } from "./photos.js";
import { goOn } from "./tour.js";
import { frame, front, walk } from "./walk.js";

const tour = await goOn();
console.log("the tour: what the README says has led to a page");
const { page, close } = await open([tour.masthead, tour.site]);
try {
  await listen(page);
  const admin = await signIn(tour.masthead, tour.admin);
  const at = { ...tour, page, admin };
  await frame(at);
  await front(at);
  await walk(at);
  await kinds(at);
  await search(at);
  await comments(at);
  await preview(at);
  const attack = await published(at);
  await corrected(at, attack);
  await cropped(at);
  await renamed(at, attack);
  await paged(at);
  await withdrawn(at);
  await unreachable(at);
  assert.deepEqual(page.misdeeds, []);
} finally {
  await close();
  await tour.end();
}

/** A page of each kind, by axe in either colour scheme, and on a narrow screen. */
async function kinds({ page, site }) {
  const paths = [
    ["/"],
    ["/where-the-herring-went"],
    ["/storm-night-on-the-mole"],
    ["/lantern-week-when-and-where"],
    ["/die-nacht-der-dreihundert-laternen"],
    ["/morning-ferry-loses-a-crossing/comments"],
    ["/sections/harbour"],
    ["/tags/ravik"],
    ["/contributors/mara-lind"],
    ["/search?q=gates"],
    ["/kettle-row-bridge-to-close", 410],
    ["/nothing-is-here", 404],
    ["/no/such/page", 404],
  ];
  for (const [path, status] of paths) {
    await look(page, site + path, status);
    await accessible(page, path);
    await fits(page, path, 360);
  }
  console.log(`axe: nothing to complain of on ${paths.length} kinds of page, by day and by night`);
}

async function search({ page, site }) {
  await look(page, site);
  await page.type("#search_above", "\"sea gates\" <b>");
  const loaded = page.client.Page.loadEventFired();
  await page.press(".search button");
  await loaded;
  const found = await page.ask(() => ({
    asked: document.querySelector("h1").textContent,
    hits: [...document.querySelectorAll(".listing a")].length,
  }));
  assert.equal(found.asked, "Articles with “\"sea gates\" <b>”");
  assert.equal(found.hits, 0, "no article has a b");
  await look(page, `${site}/search?q=${encodeURIComponent("\"sea gates\"")}`);
  const marks = await page.ask(() => [...document.querySelectorAll(".listing mark")].map((mark) => mark.textContent.toLowerCase()));
  assert.ok(marks.some((mark) => mark.includes("gates")), `${marks}`);
  await look(page, `${site}/search?q=${"x".repeat(201)}`, 422);
  assert.match(await page.ask(() => document.querySelector("[role=alert]").textContent), /200/);
  console.log("search: finds, marks what it found, and says what it cannot");
}

/** Without the newsroom's server there is a page that says so, kept by nobody. */
async function unreachable({ page, site, server }) {
  await server.end();
  await look(page, `${site}/harbour-talks-resume`, 503);
  const answer = await fetch(site);
  assert.equal(answer.status, 503);
  assert.equal(answer.headers.get("cache-control"), "private, no-store");
  await nothingLost(site);
  await stillTheirs(site);
  console.log("without Masthead: 503, on a page");
}

/** What a reader writes at that moment stays in the form, and so does what it replies to. */
async function nothingLost(site) {
  const parent = "0197f3c2-9b1e-7a44-8c55-2f6d0a9e1b77";
  const body = new URLSearchParams({ author_name: "Ines", author_email: "ines@post.example", body: "An hour’s work.", parent_id: parent });
  const answer = await fetch(`${site}/harbour-talks-resume/comments`, { method: "POST", body });
  const page = await answer.text();
  assert.equal(answer.status, 503);
  assert.equal(answer.headers.get("cache-control"), "private, no-store");
  assert.match(page, /role="alert">[^<]*Your text is still here/);
  assert.match(page, /<textarea [^>]*>An hour’s work\.<\/textarea>/);
  for (const [name, value] of [["author_name", "Ines"], ["author_email", "ines@post.example"], ["parent_id", parent]]) {
    assert.match(page, new RegExp(`name="${name}" value="${value}"`));
  }
}

/** What a reader wants to take back at that moment is not said to be there for good, and can be taken back later. */
async function stillTheirs(site) {
  const id = "0197f3c2-9b1e-7a44-8c55-2f6d0a9e1b77";
  const body = new URLSearchParams({ id, edit_token: "a-token" });
  const answer = await fetch(`${site}/harbour-talks-resume/comments`, { method: "POST", body });
  const page = await answer.text();
  assert.equal(answer.status, 503);
  assert.match(page, /could not be taken back just now\. Please try again/);
  assert.doesNotMatch(page, /too late/);
  assert.match(page, new RegExp(`name="id" value="${id}"`));
  assert.match(page, /name="edit_token" value="a-token"/);
  assert.match(page, /Take it back/);
}
