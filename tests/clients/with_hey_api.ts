// An article from draft to reader by the client that @hey-api/openapi-ts makes.

import { createClient, createConfig } from "./made/hey-api/client/index.js";
import {
  changeArticle,
  createArticle,
  createSection,
  logIn,
  publishArticle,
  readArticle,
  readChecks,
  uploadPhoto,
} from "./made/hey-api/sdk.gen.js";
import type { Problem } from "./made/hey-api/types.gen.js";
import { expect, must, type Site, say } from "./told.js";
import { CAPTION, photo } from "./photo.js";

const NAME = "hey-api";

export async function publishOne(site: Site): Promise<void> {
  const reader = createClient(createConfig({ baseUrl: site.url }));
  const login = await logIn({ client: reader, body: site.editor });
  const { access_token, user } = must(login.data, login.error);
  const client = createClient(createConfig({ baseUrl: site.url, auth: () => access_token }));
  say(NAME, `${user.name} is signed in`);

  const section = await createSection({ client, body: { name: "Typed by hey-api" } });
  const { slug } = must(section.data, section.error);
  const said = { alt: "Nets on a quay", credit: { kind: "photo" as const, creators: [{ name: "Ivo Grane" }], organizations: ["Nordwire"] } };
  const brought = await uploadPhoto({ client, body: { file: photo(1), photo: { caption: CAPTION, ...said } } });
  const picture = must(brought.data, brought.error);
  say(NAME, `a photo, credited “${picture.credit_line}”`);
  const made = await createArticle({
    client,
    body: {
      headline: "Herring are back",
      lead_photo: { photo: picture.id },
      section: slug,
      no_byline: true,
      body: [{ type: "quote", content: [{ text: "They came with the tide.", marks: [] }], attribution: { name: "Ivo Grane", title: "pilot" } }],
    },
  });
  const draft = must(made.data, made.error);
  const first = must(made.response?.headers.get("ETag") ?? undefined, "no ETag");
  say(NAME, `a draft in ${slug}, at version ${draft.version}`);

  const checks = await readChecks({ client, path: { id: draft.id } });
  expect(must(checks.data, checks.error).publishable, "that it can be published");
  const published = await publishArticle({ client, path: { id: draft.id }, headers: { "If-Match": first }, body: {} });
  const live = must(published.data, published.error);
  expect(live.publication?.state === "live", "a live article");
  say(NAME, `published at ${live.publication?.published_at}`);

  const read = await readArticle({ client: reader, path: { name: draft.content.slug } });
  const seen = must(read.data, read.error);
  expect(seen.headline === "Herring are back", "the headline as it was written");
  const block = must(seen.body?.[0], "no body");
  expect(block.type === "quote" && block.attribution?.name === "Ivo Grane", "the quote as it was written");
  const lead = must(seen.lead_photo ?? undefined, "no lead photo");
  expect(lead.caption === CAPTION && lead.credit?.line === picture.credit_line, "the caption and the credit");
  expect(lead.srcset["image/webp"].includes("/w320.webp 32w"), "a srcset");
  say(NAME, `a reader reads “${seen.headline}” and sees ${lead.srcset["image/webp"].split("/").pop()}`);

  const stale = await changeArticle({ client, path: { id: draft.id }, headers: { "If-Match": first }, body: { headline: "Herring are gone" } });
  // The error is typed as the problem of the document.
  const problem: Problem = must(stale.error, "the stale change was accepted");
  expect(stale.response?.status === 412 && problem.code === "stale_version", "412 stale_version");
  say(NAME, `a stale change is refused: ${problem.code}, the present version is ${problem.etag}`);
}
