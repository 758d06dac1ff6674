import assert from "node:assert/strict";
import { test } from "node:test";

import { answered, createMasthead, items, pages, ProblemError } from "masthead-client";

import { editor, SITE } from "./site.js";

test("a list is walked over all its pages, and no further than is wanted", async () => {
  const { api } = createMasthead({ url: SITE.url });
  const list = (limit: number) => (cursor: string | undefined) =>
    api.GET("/v1/articles", { params: { query: { limit, ...(cursor !== undefined && { cursor }) } } });
  const all: string[] = [];
  for await (const article of items(list(2))) {
    all.push(article.id);
  }
  const whole = await answered(list(100)(undefined));
  assert(all.length >= 5);
  assert.deepEqual(all, whole.data.data.map(({ id }) => id));
  let asked = 0;
  for await (const page of pages((cursor) => (asked++, list(2)(cursor)))) {
    assert.equal(page.length, 2);
    break;
  }
  assert.equal(asked, 1);
});

test("a list in a query is sent as the contract has it", async () => {
  const { api } = createMasthead({ url: SITE.url });
  const { data: list } = await answered(api.GET("/v1/articles", { params: { query: { limit: 1 } } }));
  const path = { name: list.data[0]?.slug ?? "" };
  const { data: article } = await answered(
    api.GET("/v1/articles/{name}", { params: { path, query: { include: ["related", "comments", "json_ld"] } } }),
  );
  assert(Array.isArray(article.related_articles));
  assert.equal(article.comment_thread?.thread.enabled, true);
  assert.match(article.json_ld ?? "", /NewsArticle/);
});

test("faults have a pointer each", async () => {
  const { masthead } = await editor();
  const refused = answered(masthead.api.POST("/v1/editorial/articles", { body: { headline: "", language: "no language" } }));
  await assert.rejects(refused, (error) => {
    assert(error instanceof ProblemError);
    assert.equal(error.status, 422);
    assert.equal(error.code, "validation_failed");
    assert.deepEqual(error.faults.map(({ pointer }) => pointer).sort(), ["/headline", "/language"]);
    return true;
  });
});

test("an entity tag guards a change, and says that nothing has changed", async () => {
  const { masthead } = await editor();
  const { api } = masthead;
  const made = await answered(api.POST("/v1/editorial/articles", { body: { headline: "Gates close" } }));
  assert(made.etag !== undefined);
  const path = { id: made.data.id };
  const change = (headline: string) =>
    answered(
      api.PATCH("/v1/editorial/articles/{id}", { params: { path, header: { "If-Match": made.etag ?? "" } }, body: { headline } }),
    );
  await change("Gates close again");
  await assert.rejects(change("Gates open"), (error) => {
    assert(error instanceof ProblemError);
    assert.equal(error.code, "stale_version");
    assert.equal(error.problem?.etag, '"2"');
    return true;
  });
  const list = await answered(api.GET("/v1/articles"));
  assert(list.etag !== undefined);
  const same = await answered(api.GET("/v1/articles", { params: { header: { "If-None-Match": list.etag } } }));
  assert.equal(same.response.status, 304);
});

test("a front is read, put in another order, and read as readers see it", async () => {
  const { masthead } = await editor();
  const { api } = masthead;
  const path = { name: "home" };
  const front = await answered(api.GET("/v1/editorial/fronts/{name}", { params: { path } }));
  assert.deepEqual(front.data.items.map(({ article }) => article), front.data.resolved.articles.map(({ id }) => id));
  const shown = front.data.resolved.articles.filter(({ publication }) => publication === "live");
  assert(shown.length >= 1 && shown.length < front.data.items.length);
  const [first, ...rest] = front.data.items;
  assert(first !== undefined);
  const changed = await answered(
    api.PATCH("/v1/editorial/fronts/{name}", {
      params: { path, header: { "If-Match": front.etag ?? "*" } },
      body: { items: [...rest, { ...first, headline: "Told otherwise here" }] },
    }),
  );
  assert.equal(changed.data.version, front.data.version + 1);
  const reader = createMasthead({ url: SITE.url });
  const read = await answered(reader.api.GET("/v1/fronts/{slug}", { params: { path: { slug: "home" } } }));
  assert.equal(read.data.data[0]?.front_headline, "Told otherwise here");
  assert.equal(read.data.data.length, front.data.fill_from?.up_to);
  const names = await answered(reader.api.GET("/v1/fronts"));
  assert(names.data.data.some(({ slug, name }) => slug === "home" && name === front.data.name));
});

test("what is no answer of the server's is an error without a code", async () => {
  const page = () => Promise.resolve(new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "Retry-After": "7" } }));
  const { api } = createMasthead({ url: SITE.url, fetch: page });
  await assert.rejects(answered(api.GET("/v1/articles")), (error) => {
    assert(error instanceof ProblemError);
    assert.equal(error.status, 502);
    assert.equal(error.code, undefined);
    assert.equal(error.retryAfter, 7);
    return true;
  });
});
