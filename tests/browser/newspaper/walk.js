// Every page that a link of another leads to, and what the pages promise to machines.

import assert from "node:assert/strict";

import { look } from "./checks.js";

/** How each type of block is found on a page. */
const BLOCKS = {
  code: "pre.code code",
  divider: "hr.divider",
  embed: ".embed a[href^=https]",
  fact_box: ".fact-box h2",
  gallery: ".gallery figure + figure",
  heading: ".story-text > h2[id]",
  list: ".story-text > ul > li",
  paragraph: ".story-text > p",
  photo: ".story-text > figure.photo img",
  pull_quote: ".pull-quote blockquote",
  quote: "figure.quote figcaption",
  related: ".read-also a",
  table: "table caption",
  update: ".update time",
};

/** What else the demo edition has to show. */
const SHOWN = {
  "a lead photo with caption and credit": ".story > figure.photo figcaption .credit",
  "a cropped photo": ".picture[class*=crop-]",
  "a byline with a profile": ".byline a[href^='/contributors/']",
  "a dateline": ".story-text .dateline",
  "a correction with its time": "#all_corrections time",
  "a note of it at the top": ".correction-note a",
  "structured data": "script[type='application/ld+json']",
  "a canonical address": "link[rel=canonical]",
  "a preview of links": "meta[property='og:image']",
  "another language": "article[lang=de] h1",
  "a subscript": ".story-text sub",
  "a comment": ".comment .author",
  "a reply": ".comment.depth-1",
  "a recommended comment": ".comment.featured",
  "a reply of the newsroom": ".comment .staff",
  "a comment that is gone": ".comment .gone",
  "a closed thread": ".comments .closed",
  "a form for comments": "form.comment-form [name=website]",
};

/** Walks from the front page until every address has been seen. */
export async function walk({ page, site }) {
  const seen = new Set();
  const feeds = new Set();
  const missing = new Map(Object.entries({ ...BLOCKS, ...SHOWN }));
  const ahead = [`${site}/`];
  while (ahead.length > 0) {
    const url = ahead.shift();
    // A reply is written on the page of the thread.
    if (seen.has(url) || url.includes("?reply=")) continue;
    seen.add(url);
    const { links } = await look(page, url);
    ahead.push(...links);
    const { found, alternates } = await page.ask((selectors) => ({
      found: selectors.filter(([, selector]) => document.querySelector(selector)).map(([name]) => name),
      alternates: [...document.querySelectorAll("link[rel=alternate]")].map(({ href }) => href),
    }), [...missing]);
    found.forEach((name) => missing.delete(name));
    alternates.forEach((href) => feeds.add(href));
  }
  assert.deepEqual([...missing.keys()], [], "all that the edition has to show is shown");
  for (const feed of feeds) {
    assert.equal((await fetch(feed)).status, 200, feed);
  }
  await headers(site);
  console.log(`a walk: ${seen.size} pages, ${feeds.size} feeds, nothing amiss`);
}

/** The paper is called, and tells times, as the newsroom has set it. */
export async function frame({ page, site, masthead }) {
  const { name, publisher, time_zone: timeZone } = await (await fetch(`${masthead}/v1/site`)).json();
  await look(page, `${site}/`);
  const shown = await page.ask(() => ({
    name: document.querySelector("h1.name").textContent,
    foot: document.querySelector(".foot").textContent,
    moment: document.querySelector(".card time").dateTime,
    time: document.querySelector(".card time").textContent,
  }));
  assert.deepEqual([name, publisher, timeZone], ["The Varn Courier", "Varn Press", "Pacific/Kiritimati"]);
  assert.equal(shown.name, name);
  assert.ok(shown.foot.includes(`Published by ${publisher}.`), shown.foot);
  const hour = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  assert.ok(shown.time.endsWith(`, ${hour.format(new Date(shown.moment))}`), `${shown.time} is not ${shown.moment} in ${timeZone}`);
  console.log("the frame: name, publisher and time zone are the newsroom’s");
}

/** The front page has what editors put there, under their headlines; without a front of theirs, what is newest. */
export async function front({ page, site, masthead }) {
  const composed = await fetch(`${masthead}/v1/fronts/home`);
  const { data } = await (composed.ok ? composed : await fetch(`${masthead}/v1/articles`)).json();
  await look(page, `${site}/`);
  const shown = await page.ask(() => [...document.querySelectorAll(".card :is(h2, h3)")].map((heading) => heading.textContent));
  const wanted = data.map(({ front_headline, headline }) => front_headline ?? headline);
  assert.deepEqual(shown.toSorted(), wanted.toSorted());
  const lead = data.find(({ kind }) => kind !== "opinion");
  assert.equal(shown[0], lead.front_headline ?? lead.headline);
  console.log(`the front page: ${data.length} stories, ${composed.ok ? "as editors have put them" : "the newest"}`);
}

/** What caches and browsers are told. */
async function headers(site) {
  const { headers } = await fetch(`${site}/where-the-herring-went`);
  assert.match(headers.get("cache-control"), /^public, max-age=\d+, s-maxage=\d+/);
  assert.match(headers.get("surrogate-key"), /(^| )a:where-the-herring-went( |$)/);
  assert.equal(headers.get("cache-tag"), headers.get("surrogate-key").replaceAll(" ", ","), "Cloudflare knows pages by no other field");
  const policy = headers.get("content-security-policy");
  assert.match(policy, /^default-src 'none';/);
  assert.doesNotMatch(policy, /unsafe|\*|script-src/);
  const again = await fetch(`${site}/where-the-herring-went`, { headers: { "if-none-match": headers.get("etag") } });
  assert.equal(again.status, 304);
  const robots = await (await fetch(`${site}/robots.txt`)).text();
  for (const [, sitemap] of robots.matchAll(/^Sitemap: (.+)$/gm)) {
    assert.equal((await fetch(sitemap)).status, 200, sitemap);
  }
}
