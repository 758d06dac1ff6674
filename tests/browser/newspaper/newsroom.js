// What the newsroom does, as readers of the site see it.

import assert from "node:assert/strict";

import { look } from "./checks.js";

/** A headline that would run, and end the element in which structured data stands. */
const ATTACK = "</script><img src=x onerror=alert(1)> & “gates”";

/** A draft is seen by whoever has the link, and by nobody else. */
export async function preview({ page, site, admin }) {
  const { data } = await admin("GET", "/v1/editorial/articles?stage=in_review");
  const draft = data.find(({ slug }) => slug === "what-the-pilots-want");
  const { token } = await admin("POST", `/v1/editorial/articles/${draft.id}/preview-tokens`, {});
  await look(page, `${site}/preview/${token}`);
  const shown = await page.ask(() => ({
    banner: document.querySelector(".banner").textContent,
    headline: document.querySelector("h1").textContent,
    robots: document.querySelector("meta[name=robots]").content,
    comments: document.querySelectorAll("#reader_comments").length,
  }));
  assert.match(shown.banner, /Readers do not see it/);
  assert.equal(shown.headline, draft.headline);
  assert.equal(shown.robots, "noindex");
  assert.equal(shown.comments, 0);
  const { headers } = await fetch(`${site}/preview/${token}`);
  assert.equal(headers.get("cache-control"), "private, no-store");
  assert.equal(headers.get("referrer-policy"), "no-referrer");
  assert.match(headers.get("x-robots-tag"), /noindex/);
  await look(page, `${site}/what-the-pilots-want`, 404);
  await look(page, `${site}/preview/${token}x`, 404);
  console.log("a preview: a draft, for whoever has the link");
}

/** An article is there when it is published, and what somebody wrote into it is text. Tells its id. */
export async function published({ page, site, admin }) {
  const made = await admin("POST", "/v1/editorial/articles", {
    headline: ATTACK,
    slug: "an-attack",
    section: "city",
    no_byline: true,
    standfirst: [{ text: ATTACK }],
    body: [{ type: "paragraph", content: [{ text: ATTACK, marks: [{ type: "strong" }, { type: "link", href: "https://varn.example/?a=\"><b>" }] }] }],
  });
  await admin("POST", `/v1/editorial/articles/${made.id}/publish`, {}, { "if-match": "*" });
  await look(page, `${site}/an-attack`);
  const shown = await page.ask(() => ({
    headline: document.querySelector("h1").textContent,
    text: document.querySelector(".story-text p").textContent,
    structured: JSON.parse(document.querySelector("script").textContent).headline,
    images: document.querySelectorAll("main img, head img").length,
  }));
  assert.deepEqual(shown, { headline: ATTACK, text: ATTACK, structured: ATTACK, images: 0 });
  console.log("an attack: it is text wherever it stands");
  return made.id;
}

/** A correction is there at once, with its time, and leads to the passage that it is about. */
export async function corrected({ page, site, admin }, id) {
  const { content } = await admin("GET", `/v1/editorial/articles/${id}`);
  const order = { kind: "correction", text: "The gates were never open.", block: content.body[0].id };
  await admin("POST", `/v1/editorial/articles/${id}/corrections`, order, { "if-match": "*" });
  await look(page, `${site}/an-attack`);
  const shown = await page.ask(() => ({
    note: document.querySelector(".correction-note a").hash,
    text: document.querySelector("#all_corrections li > p + p").textContent,
    time: !Number.isNaN(Date.parse(document.querySelector("#all_corrections time").dateTime)),
    passage: document.querySelector(document.querySelector(".correction-head a").hash).nextElementSibling.textContent,
  }));
  assert.deepEqual(shown, { note: "#all_corrections", text: order.text, time: true, passage: ATTACK });
  console.log("a correction: noted at the top, told below, and where the passage is");
}

/** A long section comes page by page, there and back. */
export async function paged({ page, site, admin }) {
  for (let n = 1; n <= 11; n++) {
    const body = [{ type: "paragraph", content: [{ text: "It is about the sea." }] }];
    const made = await admin("POST", "/v1/editorial/articles", { headline: `Book ${n}`, section: "books", no_byline: true, body });
    await admin("POST", `/v1/editorial/articles/${made.id}/publish`, {}, { "if-match": "*" });
  }
  const listed = () => page.ask(() => [...document.querySelectorAll(".listing h2")].map((heading) => heading.textContent));
  const to = (rel) => page.ask((rel) => document.querySelector(`.pager [rel=${rel}]`)?.href ?? null, rel);
  await look(page, `${site}/sections/books`);
  const first = await listed();
  assert.equal(first.length, 10);
  assert.equal(await to("prev"), null);
  await look(page, await to("next"));
  const last = await listed();
  assert.deepEqual([...first, ...last].toSorted(), Array.from({ length: 11 }, (_, n) => `Book ${n + 1}`).toSorted());
  assert.equal(await to("next"), null);
  await look(page, await to("prev"));
  assert.deepEqual(await listed(), first);
  console.log("a long section: page by page, there and back");
}

/** A former address leads to the present one. */
export async function renamed({ site, admin }, id) {
  await admin("PATCH", `/v1/editorial/articles/${id}`, { slug: "an-attack-repelled" }, { "if-match": "*" });
  await admin("POST", `/v1/editorial/articles/${id}/publish`, {}, { "if-match": "*" });
  for (const [former, present] of [
    ["/an-attack", "/an-attack-repelled"],
    [`/${id}`, "/an-attack-repelled"],
    ["/an-attack/comments", "/an-attack-repelled/comments"],
  ]) {
    const answer = await fetch(site + former, { redirect: "manual" });
    assert.equal(answer.status, 308, former);
    assert.equal(answer.headers.get("location"), present);
  }
  console.log("a new slug: the former leads there");
}

/** What was withdrawn says why, and what stands in its place. */
export async function withdrawn({ page, site }) {
  await look(page, `${site}/kettle-row-bridge-to-close`, 410);
  const shown = await page.ask(() => ({
    reason: document.querySelector(".reason").textContent,
    instead: document.querySelector(".refusal a").pathname,
  }));
  assert.match(shown.reason, /^This report was wrong/);
  assert.equal(shown.instead, "/kettle-row-bridge-stays-open");
  console.log("a withdrawal: 410, with its reason");
}
