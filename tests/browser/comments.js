// A thread on a page of another origin, from "be the first" to the approved comment, and a comment that attacks the page.

import assert from "node:assert/strict";

import { open } from "./chromium.js";
import { serve } from "./pages.js";
import { article, moderator, url } from "./site.js";

/** What would run, load, restyle, break out of its place or turn the direction of what follows. A paragraph each. */
const ATTACKS = [
  "<script>window.ran = 'script'; alert(1)</script>",
  "<img src=x onerror=\"window.ran = 'img'\"><svg onload=\"window.ran = 'svg'\">",
  "</div></li></ol><style>* { display: none !important } body { background: url(http://evil.example/css) }</style>",
  "<iframe srcdoc=\"<script>parent.ran = 'iframe'</script>\"></iframe><base href=http://evil.example/>",
  "javascript:window.ran='link' data:text/html,<script>alert(2)</script>",
  "https://varn.example/\"onmouseover=\"window.ran='attribute'",
  "<a href=\"javascript:window.ran='anchor'\">press</a> <form id=form><input name=author_email></form>",
  "\u202eezilaiceps a ton\u202c \u2066isolated\u2069 \u200f",
  "&lt;b&gt; &amp; &#x3c;script> <!-- --!> <![CDATA[ x ]]> {{7*7}} ${7*7}",
  "two\nlines",
];

const { origin, server } = await serve(new URL("../../examples/comments/", import.meta.url), (text) =>
  text.replace('data-api="http://127.0.0.1:8080"', `data-api="${url}"`),
);
const { page, close } = await open([origin, url]);
try {
  await beFirst();
  await attack();
  await lure();
  await takeBack();
  assert.deepEqual(page.misdeeds, []);
} finally {
  await close();
  server.close();
}

async function beFirst() {
  await show();
  assert.ok(await visible("#none"), "be the first to comment");
  assert.equal(await text("#none"), "Be the first to comment.");
  const comment = await write("Ines", "The ferry was full by seven.\n\nWho counts the bicycles?");
  assert.equal(await text("#notice"), "Thank you. Your comment waits for a moderator.");
  await show();
  assert.equal(await count(), 0, "nothing is shown before it is approved");
  assert.ok(await visible("#none"));

  await approve(comment);
  await show(1);
  assert.equal(await text("#title"), "1 comment");
  assert.equal(await text("#thread .author"), "Ines");
  assert.deepEqual(await paragraphs(0), ["The ferry was full by seven.", "Who counts the bicycles?"]);
  assert.ok(!(await visible("#none")));
  console.log("a comment: first, pending, approved, shown");
}

async function attack() {
  const name = "<img src=x onerror=ran=1>";
  const comment = await write(name, ATTACKS.join("\n\n"));
  await approve(comment);
  await show(2);
  assert.deepEqual(page.misdeeds, [], "the page does nothing but show it");
  assert.equal(await page.ask(() => document.querySelectorAll(".author")[1].textContent), name);
  assert.deepEqual(await paragraphs(1), ATTACKS, "every text is kept to the letter");
  const found = await page.ask(() => {
    const body = document.querySelectorAll("#thread .body")[1];
    for (const event of ["mouseover", "focus", "load", "error"]) {
      for (const element of body.querySelectorAll("*")) element.dispatchEvent(new Event(event, { bubbles: true }));
    }
    return {
      elements: [...new Set([...body.querySelectorAll("*")].map((element) => element.localName))].sort(),
      attributes: [...new Set([...body.querySelectorAll("*")].flatMap((element) => element.getAttributeNames()))].sort(),
      links: [...body.querySelectorAll("a")].map((link) => `${link.href} ${link.rel}`),
      ran: String(window.ran),
      title: getComputedStyle(document.querySelector("#title")).display,
      forms: document.forms.length,
      base: document.baseURI === location.href,
    };
  });
  assert.deepEqual(found, {
    elements: ["a", "br", "p"],
    attributes: ["href", "rel"],
    links: ["http://evil.example/css", "http://evil.example/", "https://varn.example/"].map((to) => `${to} ugc nofollow noopener`),
    ran: "undefined",
    title: "block",
    forms: 1,
    base: true,
  });
  console.log(`an attack: ${ATTACKS.length} payloads are text, and nothing ran`);
}

/** A link can name no other server: that one would write HTML into the page. */
async function lure() {
  await show(2, `&api=${encodeURIComponent("http://evil.example")}`);
  assert.deepEqual(page.misdeeds, [], "no other server is asked");
  assert.equal(await text("#thread .author"), "Ines");
  console.log("a link that names another server: it is not asked");
}

async function takeBack() {
  await page.press("#thread li button");
  assert.equal(await text("#parent"), "Ines");
  await write("Kai", "I count them, on Sundays.");
  // A failure that passes leaves the button where it is.
  await page.ask(() => {
    const { fetch } = window;
    window.fetch = async () => {
      window.fetch = fetch;
      return Response.json({ code: "storage_unavailable" }, { status: 503 });
    };
  });
  await page.press("#take-back");
  await page.until("the failure", () => document.querySelector("#notice").textContent.includes("try again"));
  await page.press("#take-back");
  await page.until("the farewell", () => document.querySelector("#notice").textContent === "Your comment is gone.");
  console.log("a reply: handed in and taken back");
}

/** Opens the page, by a link that says `more`, and waits until the thread is there, with `comments` of them. */
async function show(comments = 0, more = "") {
  await page.visit(`${origin}/index.html?article=${article}${more}`);
  const shown = (count) =>
    !document.querySelector("#form").hidden && document.querySelectorAll("#thread li").length === count;
  await page.until(`a thread of ${comments}`, shown, comments);
}

/** Fills in the form, sends it, waits for the notice, and tells the id of the comment. */
async function write(name, body) {
  await page.type("[name=author_name]", name);
  await page.type("[name=author_email]", "ines@varn.example");
  await page.type("[name=body]", body);
  await page.press("#form > button");
  await page.until("the notice", () => document.querySelector("#notice").textContent);
  return page.ask(() => document.querySelector("#take-back").dataset.comment);
}

/** Lets a moderator approve a comment. */
async function approve(id) {
  const asks = await moderator();
  await asks("POST", `/v1/editorial/comments/${id}/approve`, {}, { "if-match": "*" });
}

function count() {
  return page.ask(() => document.querySelectorAll("#thread li").length);
}

function text(selector) {
  return page.ask((selector) => document.querySelector(selector).textContent, selector);
}

function visible(selector) {
  return page.ask((selector) => document.querySelector(selector).checkVisibility(), selector);
}

/** The paragraphs of a comment of the thread as they are written, a line break as `\n`. */
function paragraphs(n) {
  return page.ask((n) => {
    const written = (p) => [...p.childNodes].map((node) => (node.localName === "br" ? "\n" : node.textContent)).join("");
    return [...document.querySelectorAll("#thread .body")[n].querySelectorAll("p")].map(written);
  }, n);
}
