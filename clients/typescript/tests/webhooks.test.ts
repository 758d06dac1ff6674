import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { mock, test } from "node:test";

import { answered, createMasthead, type webhooks } from "masthead-client";
import { Webhook, WebhookVerificationError } from "standardwebhooks";

import { SITE } from "./site.js";

/** Whatever a webhook may be told, by the contract. */
type Event = webhooks[keyof webhooks]["post"]["requestBody"]["content"]["application/json"];

interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Listens until it was told once. */
async function told(make: (url: string) => Promise<void>): Promise<Told> {
  const server = createServer();
  const first = new Promise<Told>((resolve, reject) => {
    server.on("request", (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        response.end();
        resolve({ headers: request.headers, body: Buffer.concat(parts).toString("utf8") });
      });
    });
    setTimeout(() => reject(new Error("nobody came")), 30_000).unref();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await make(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
    return await first;
  } finally {
    server.close();
  }
}

/** Verifies as a receiver does whose clock tells this. */
function verified(secret: string, { headers, body }: Told, now = Date.parse(SITE.now)): unknown {
  mock.timers.enable({ apis: ["Date"], now });
  try {
    return new Webhook(secret).verify(body, headers as Record<string, string>);
  } finally {
    mock.timers.reset();
  }
}

test("the library of Standard Webhooks takes what we sign, and nothing else", async () => {
  const { api, session } = createMasthead({ url: SITE.url });
  await session.signIn(SITE.admin);
  let secret = "";
  let next = "";
  let id = "";
  const request = await told(async (url) => {
    const body = { name: "Rebuild", url, events: ["tag.changed" as const] };
    const made = await answered(api.POST("/v1/editorial/webhooks", { body }));
    assert(made.etag !== undefined);
    ({ id } = made.data);
    secret = made.data.secret ?? "";
    const params = { path: { id }, header: { "If-Match": made.etag } };
    const rotated = await answered(api.POST("/v1/editorial/webhooks/{id}/rotate-secret", { params, body: {} }));
    next = rotated.data.secret ?? "";
    await answered(api.POST("/v1/editorial/tags", { body: { name: `Told ${process.pid}` } }));
  });
  for (const good of [secret, next]) {
    const event = verified(good, request) as Event;
    assert(event.type === "tag.changed");
    // The type of an event says to what it happens.
    const { resource, id: tag }: { resource: "tag"; id: string } = event.data;
    assert.equal(resource, "tag");
    assert.match(tag, /^[0-9a-f-]{36}$/);
    assert(event.data.seq > 0 && event.data.keys.length > 0);
  }
  const refused = (secret: string, told: Told, now?: number) =>
    assert.throws(() => verified(secret, told, now), WebhookVerificationError);
  refused(`whsec_${Buffer.alloc(32).toString("base64")}`, request);
  refused(secret, { ...request, body: request.body.replace("tag", "bag") });
  refused(secret, { ...request, headers: { ...request.headers, "webhook-id": "another" } });
  refused(secret, request, Date.parse(SITE.now) + 6 * 60_000);
  const signature = String(request.headers["webhook-signature"]).replaceAll("v1,", "v1a,");
  refused(secret, { ...request, headers: { ...request.headers, "webhook-signature": signature } });
  const log = await answered(api.GET("/v1/editorial/webhooks/{id}/deliveries", { params: { path: { id } } }));
  assert.equal(log.data.data[0]?.event, request.headers["webhook-id"]);
});
