// Which requests say who sends them, and which refusals have the access token renewed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { answered, createMasthead, ProblemError } from "masthead-client";

import { BASE, Played } from "./played.js";

/** A server, and somebody who has signed in. */
function signedIn() {
  const server = new Played();
  const { pair } = server;
  const tokens = { load: () => pair, save: () => undefined };
  return { server, by: `Bearer ${pair.access_token}`, ...createMasthead({ url: `${BASE}/`, tokens, fetch: server.fetch }) };
}

const wrong = (error: unknown) => error instanceof ProblemError && error.code === "invalid_credentials";

test("below a path the same requests are signed, and who signs out is signed out on the server", async () => {
  const { server, by, api, session } = signedIn();
  await answered(api.GET("/v1/editorial/tags"));
  await answered(api.GET("/v1/auth/me"));
  await session.signOut();
  const signed = ["/v1/editorial/tags", "/v1/auth/me", "/v1/auth/logout"];
  assert.deepEqual(server.heard, signed.map((path) => [path, by]));
});

test("requests of readers, and to anywhere else, are not signed", async () => {
  const { server, session } = signedIn();
  const elsewhere = [`${BASE}/v1/articles`, "https://varn.example/v1/editorial/tags", "https://other.example/cms/v1/editorial/tags"];
  for (const url of elsewhere) {
    await session.fetch(new Request(url));
  }
  assert.deepEqual(server.heard.map(([, by]) => by), [null, null, null]);
});

test("a wrong password of one who is signed in is told once, and renews nothing", async () => {
  const { server, by, api } = signedIn();
  const body = { current_password: "not the gulls", new_password: "a lamp at the end of the mole" };
  await assert.rejects(answered(api.POST("/v1/auth/password", { body })), wrong);
  assert.deepEqual(server.heard, [["/v1/auth/password", by]]);
});

test("a sign-in that is refused says nothing of the session that stands", async () => {
  const { server, api, session } = signedIn();
  const body = { email: "mara.lind@varn.example", password: "not the gulls" };
  await assert.rejects(answered(api.POST("/v1/auth/login", { body })), wrong);
  await assert.rejects(session.signIn(body), wrong);
  assert.deepEqual(server.heard, [["/v1/auth/login", null], ["/v1/auth/login", null]]);
  await answered(api.GET("/v1/auth/me"));
});

test("a 401 of a proxy renews nothing", async () => {
  const heard: string[] = [];
  const { pair } = new Played();
  const { api } = createMasthead({
    url: BASE,
    tokens: { load: () => pair, save: () => undefined },
    fetch: async (sent) => {
      heard.push((sent as Request).url);
      return new Response("<h1>Who are you?</h1>", { status: 401 });
    },
  });
  await assert.rejects(answered(api.GET("/v1/auth/me")), (error) => error instanceof ProblemError && error.code === undefined);
  assert.deepEqual(heard, [`${BASE}/v1/auth/me`]);
});
