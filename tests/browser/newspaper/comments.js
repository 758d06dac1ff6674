// A comment by the form, which works without any script.

import assert from "node:assert/strict";

import { look } from "./checks.js";

const ARTICLE = "/harbour-talks-resume";

export async function comments(at) {
  const { page, site, admin } = at;
  const before = await shown(at);

  await write(at, { author_name: "Ines", author_email: "ines", body: "Who pays for the soup?" });
  assert.equal(page.status, 422);
  const refused = await page.ask(() => ({
    alert: document.querySelector("[role=alert]").textContent,
    fault: document.querySelector("#fault_author_email").textContent,
    invalid: document.querySelector("[name=author_email]").getAttribute("aria-invalid"),
    described: document.querySelector("[name=author_email]").getAttribute("aria-describedby"),
    body: document.querySelector("[name=body]").value,
  }));
  assert.match(refused.alert, /look at the fields below/);
  assert.ok(refused.fault.length > 5, refused.fault);
  assert.deepEqual([refused.invalid, refused.described], ["true", "fault_author_email"]);
  assert.equal(refused.body, "Who pays for the soup?", "what was written stays");
  console.log("a comment with a fault: told where and why, and nothing is lost");

  await write(at, { author_name: "Ines", author_email: "ines@post.example", body: "Who pays for the soup?\n\nI ask as a taxpayer." });
  assert.match(await notice(page), /waits for a moderator/);
  const id = await page.ask(() => document.querySelector("[name=id]").value);
  assert.equal(await shown(at), before, "nothing is shown before it is approved");
  await admin("POST", `/v1/editorial/comments/${id}/approve`, {}, { "if-match": "*" });
  assert.equal(await shown(at), before + 1);
  const text = await page.ask((id) => [...document.querySelectorAll(`#comment_${CSS.escape(id)} .comment-text p`)].map((p) => p.textContent), id);
  assert.deepEqual(text, ["Who pays for the soup?", "I ask as a taxpayer."]);
  console.log("a comment: handed in, waiting, approved, shown");

  await look(page, `${site}${ARTICLE}/comments?reply=${id}`);
  assert.equal(await page.ask(() => document.querySelector("#write_title").textContent), "Reply to Ines");
  await fill(page, { author_name: "Kai", author_email: "kai@post.example", body: "All of us, in the end." });
  const reply = await page.ask(() => document.querySelector("[name=id]").value);
  assert.equal((await admin("GET", `/v1/editorial/comments/${reply}`)).parent_id, id);
  await send(page, ".notice button");
  assert.match(await notice(page), /Your comment is gone/);
  assert.equal((await admin("GET", `/v1/editorial/comments/${reply}`)).state, "removed");
  console.log("a reply: handed in, and taken back");

  await write(at, { author_name: "Bot", author_email: "bot@post.example", body: "Cheap lanterns, all sizes", website: "https://spam.example" });
  assert.match(await notice(page), /waits for a moderator/);
  const trapped = await page.ask(() => document.querySelector("[name=id]").value);
  assert.equal((await admin("GET", `/v1/editorial/comments/${trapped}`)).state, "spam");
  console.log("a program: in the trap, and not told so");

  await twice(at);
  await onceMore(at);
}

/** Sent twice it is one comment, and Masthead knows from where it came. */
async function twice({ site, admin }) {
  const form = new URLSearchParams({ author_name: "Twice", author_email: "twice@post.example", body: "Pressed two times." });
  const sent = () => fetch(`${site}${ARTICLE}/comments`, { method: "POST", body: form, headers: { "x-forwarded-for": "203.0.113.7" } });
  for (const told of [/waits for a moderator/, /handed in before/]) {
    const answer = await sent();
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), told);
  }
  const { data } = await admin("GET", "/v1/editorial/comments?state=pending");
  const mine = data.filter(({ author_name }) => author_name === "Twice");
  assert.equal(mine.length, 1);
  const { commenter } = await admin("GET", `/v1/editorial/comments/${mine[0].id}`);
  assert.equal(commenter.address, "203.0.113.7");
  console.log("a comment sent twice: one, from where the reader is");
}

/** Taken back and sent the same again, it is not said to wait for anybody, nor to be shown; nor can it be taken back again. */
async function onceMore({ site, admin }) {
  const send = async (fields, status = 200) => {
    const answer = await fetch(`${site}${ARTICLE}/comments`, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "x-forwarded-for": "203.0.113.8" },
    });
    assert.equal(answer.status, status);
    return answer.text();
  };
  const written = { author_name: "Once", author_email: "once@post.example", body: "Said, and taken back." };
  const first = await send(written);
  const hidden = (name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(first)[1];
  const id = hidden("id");
  const own = { id, edit_token: hidden("edit_token") };
  assert.match(await send(own), /Your comment is gone/);
  const late = await send(own, 404);
  assert.match(late, /too late/);
  assert.doesNotMatch(late, /Take it back/);
  const again = await send(written);
  assert.match(again, /handed in before/);
  assert.doesNotMatch(again, /waits for a moderator|shown below|Take it back/);
  assert.equal((await admin("GET", `/v1/editorial/comments/${id}`)).state, "removed");
  console.log("a comment taken back and sent again: nothing is promised");
}

/** How many comments the article shows. */
async function shown({ page, site }) {
  await look(page, site + ARTICLE);
  return page.ask(() => document.querySelectorAll("#reader_comments .comment").length);
}

/** Opens the article, fills in its form as `fields` say, and sends it, whatever the browser thinks of it. */
async function write({ page, site }, fields) {
  await look(page, site + ARTICLE);
  await page.ask(() => (document.querySelector("form.comment-form").noValidate = true));
  await fill(page, fields);
}

async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) await page.type(`.comment-form [name=${name}]`, value);
  await send(page, ".comment-form button");
}

/** Presses a button that leads to another page. */
async function send(page, button) {
  page.refused = await page.ask(() => document.querySelector(".comment-form")?.action);
  const loaded = page.client.Page.loadEventFired();
  await page.press(button);
  await loaded;
  page.status = await page.ask(() => performance.getEntriesByType("navigation")[0].responseStatus);
}

function notice(page) {
  return page.ask(() => document.querySelector("[role=status]").textContent);
}
