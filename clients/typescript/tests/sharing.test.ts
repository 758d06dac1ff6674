// Those who share a store, such as the tabs of a browser.

import assert from "node:assert/strict";
import { test } from "node:test";

import { answered, createMasthead, type Masthead, ProblemError, type Tokens, type TokenStore } from "masthead-client";

import { BASE, Played } from "./played.js";

const REFRESH = "/v1/auth/refresh";

/** A store as browsers have them: what is told is never the object that was kept. */
class Kept implements TokenStore {
  tokens: Tokens | undefined;

  constructor(tokens: Tokens) {
    this.tokens = tokens;
  }

  load = () => structuredClone(this.tokens);

  save = (tokens: Tokens | undefined) => {
    this.tokens = structuredClone(tokens);
  };
}

/** A server, and two tabs that have begun with the same pair. */
async function tabs(): Promise<{ server: Played; kept: Kept; one: Masthead; other: Masthead }> {
  const server = new Played();
  const kept = new Kept(server.pair);
  const [one, other] = [kept, kept].map((tokens) => createMasthead({ url: BASE, tokens, fetch: server.fetch }));
  assert(one !== undefined && other !== undefined);
  await Promise.all([me(one), me(other)]);
  return { server, kept, one, other };
}

const me = ({ api }: Masthead) => answered(api.GET("/v1/auth/me"));

test("a tab goes on with what another has renewed, and the session stands", async () => {
  const { server, kept, one, other } = await tabs();
  server.expire();
  await me(one);
  await me(other);
  assert.equal(server.times(REFRESH), 1);
  server.expire();
  await me(other);
  await me(one);
  assert.equal(server.times(REFRESH), 2);
  assert.deepEqual(kept.tokens, server.pair);
  assert.deepEqual(await one.session.tokens(), server.pair);
});

test("what another has renewed is renewed in its turn where it has ended too", async () => {
  const { server, kept, one, other } = await tabs();
  server.expire();
  await me(one);
  server.expire();
  const sent = await answered(other.api.POST("/v1/editorial/tags", { body: { name: "Reef" } }));
  assert.deepEqual(sent.data, { said: '{"name":"Reef"}' });
  assert.equal(server.times(REFRESH), 2);
  assert.deepEqual(kept.tokens, server.pair);
});

test("what another has kept while a refresh was refused stays, and is gone on with", async () => {
  const { server, kept, one } = await tabs();
  server.end();
  server.meanwhile = () => kept.save(server.begin());
  await me(one);
  assert.deepEqual(kept.tokens, server.pair);
});

test("what one has asked for is never sent as somebody else", async () => {
  const { server, kept, one, other } = await tabs();
  await one.session.signOut();
  kept.save(server.begin("tom"));
  const sent = other.api.POST("/v1/editorial/tags", { body: { name: "Reef" } });
  await assert.rejects(answered(sent), (error) => error instanceof ProblemError && error.code === "unauthenticated");
  await other.session.signOut();
  assert.deepEqual(kept.tokens, server.pair, "who signed in stays signed in");
  assert.ok(server.heard.every(([, by]) => by !== `Bearer ${server.pair.access_token}`));
});

test("who has signed in elsewhere meanwhile is found", async () => {
  const server = new Played();
  const kept = new Kept(server.pair);
  kept.save(undefined);
  const tab = createMasthead({ url: BASE, tokens: kept, fetch: server.fetch });
  assert.equal(await tab.session.tokens(), undefined);
  kept.save(server.pair);
  await me(tab);
});

test("the pair of a session that has ended is cleared", async () => {
  const { server, kept, one, other } = await tabs();
  server.end();
  for (const tab of [one, other]) {
    await assert.rejects(me(tab), (error) => error instanceof ProblemError && error.code === "unauthenticated");
    assert.equal(await tab.session.tokens(), undefined);
  }
  assert.equal(kept.tokens, undefined);
});

test("a server to which no signature comes through is not asked for ever", async () => {
  const server = new Played();
  const { api } = createMasthead({
    url: BASE,
    tokens: new Kept(server.pair),
    fetch: (sent) => server.fetch(new Request(sent as Request, { headers: {} })),
  });
  await assert.rejects(answered(api.GET("/v1/auth/me")), (error) => error instanceof ProblemError && error.status === 401);
  assert.equal(server.times("/v1/auth/me"), 3);
  assert.equal(server.times(REFRESH), 2);
});

test("tabs that find out at the same time renew one after the other, where there are locks", async () => {
  const { server, kept, one, other } = await tabs();
  const names: string[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const locks = {
    request: (name: string, act: () => Promise<unknown>) => {
      names.push(name);
      return (last = last.then(act));
    },
  };
  const own = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
  try {
    server.expire();
    await Promise.all([me(one), me(other), me(one), me(other)]);
  } finally {
    Reflect.deleteProperty(globalThis, "navigator");
    if (own !== undefined) Object.defineProperty(globalThis, "navigator", own);
  }
  assert.equal(server.times(REFRESH), 1);
  assert.deepEqual(kept.tokens, server.pair);
  assert.equal(names.length, 2);
  assert.equal(new Set(names).size, 1);
});
