import assert from "node:assert/strict";
import { test } from "node:test";

import { answered, createMasthead, ProblemError, type Tokens } from "masthead-client";

import { editor, SITE } from "./site.js";

const REFRESH = "/v1/auth/refresh";

test("a wrong password is a typed error", async () => {
  const { session } = createMasthead({ url: SITE.url });
  await assert.rejects(session.signIn({ email: SITE.editor.email, password: "not the gulls of the harbour" }), (error) => {
    assert(error instanceof ProblemError);
    assert.equal(error.status, 401);
    assert.equal(error.code, "invalid_credentials");
    return true;
  });
  assert.equal(await session.tokens(), undefined);
});

test("a wrong present password is told to one who is signed in, and renews nothing", async () => {
  const { masthead, sent } = await editor();
  const body = { current_password: "not the gulls of the harbour", new_password: "a lamp at the end of the mole" };
  await assert.rejects(answered(masthead.api.POST("/v1/auth/password", { body })), (error) => {
    assert(error instanceof ProblemError);
    assert.equal(error.code, "invalid_credentials");
    return true;
  });
  assert.deepEqual(sent, ["/v1/auth/login", "/v1/auth/password"]);
});

test("an access token that has ended is renewed once, for all who find out at the same time", async () => {
  const { masthead: first } = await editor();
  const good = await first.session.tokens();
  assert(good !== undefined);
  const kept: (Tokens | undefined)[] = [];
  const sent: string[] = [];
  const { api, session } = createMasthead({
    url: SITE.url,
    tokens: { load: () => ({ ...good, access_token: `${good.access_token}x` }), save: (tokens) => void kept.push(tokens) },
    fetch: (request) => {
      sent.push(new URL((request as Request).url).pathname);
      return fetch(request);
    },
  });
  // One of them has a body, which is sent again.
  const made = answered(api.POST("/v1/editorial/tags", { body: { name: `Renewed ${process.pid}` } }));
  const read = Array.from({ length: 5 }, () => answered(api.GET("/v1/auth/me")));
  const people = await Promise.all(read);
  assert.equal((await made).response.status, 201);
  assert(people.every(({ data }) => data.email === SITE.editor.email));
  assert.equal(sent.filter((path) => path === REFRESH).length, 1);
  assert.equal(kept.length, 1);
  assert.notEqual((await session.tokens())?.refresh_token, good.refresh_token);
});

test("a session that has ended elsewhere is the 401 of the request", async () => {
  const { masthead } = await editor();
  const { api, session } = masthead;
  const tokens = await session.tokens();
  assert(tokens !== undefined);
  const ended = await fetch(`${SITE.url}/v1/auth/logout`, {
    method: "POST",
    headers: { Authorization: `Bearer ${tokens.access_token}` },
  });
  assert.equal(ended.status, 204);
  await assert.rejects(answered(api.GET("/v1/auth/me")), (error) => error instanceof ProblemError && error.code === "unauthenticated");
  assert.equal(await session.tokens(), undefined);
});

test("who signs out is a stranger to the server, and readers' requests are never signed", async () => {
  const signed: string[] = [];
  const { api, session } = createMasthead({
    url: SITE.url,
    fetch: (request) => {
      const { url, headers } = request as Request;
      if (headers.has("Authorization")) {
        signed.push(new URL(url).pathname);
      }
      return fetch(request);
    },
  });
  await session.signIn(SITE.editor);
  await answered(api.GET("/v1/articles"));
  await session.signOut();
  assert.deepEqual(signed, ["/v1/auth/logout"]);
  await assert.rejects(answered(api.GET("/v1/auth/me")), (error) => error instanceof ProblemError && error.status === 401);
  await session.signOut();
});
