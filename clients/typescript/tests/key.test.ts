import assert from "node:assert/strict";
import { test } from "node:test";

import { answered, createMasthead, ProblemError } from "masthead-client";

import { SITE } from "./site.js";

test("a program acts with an API key as far as its scopes go, and reads what readers read", async () => {
  const admin = createMasthead({ url: SITE.url });
  await admin.session.signIn(SITE.admin);
  const made = await answered(
    admin.api.POST("/v1/editorial/api-keys", { body: { name: `Wire ${process.pid}`, scopes: ["references"] } }),
  );
  assert.equal(typeof made.data.key, "string");
  const sent: (string | null)[] = [];
  const { api } = createMasthead({
    url: SITE.url,
    apiKey: made.data.key ?? "",
    fetch: (request) => {
      sent.push((request as Request).headers.get("Authorization"));
      return fetch(request);
    },
  });
  const tag = await answered(api.POST("/v1/editorial/tags", { body: { name: `Keyed ${process.pid}` } }));
  assert.equal(tag.response.status, 201);
  await answered(api.GET("/v1/articles"));
  assert.deepEqual(sent, [`Bearer ${made.data.key}`, `Bearer ${made.data.key}`]);
  await assert.rejects(answered(api.GET("/v1/editorial/articles")), (error) => {
    assert(error instanceof ProblemError);
    assert.equal(error.code, "forbidden");
    return true;
  });
});
