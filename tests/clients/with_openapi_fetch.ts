// An article from draft to reader by the types of openapi-typescript, sent by openapi-fetch.

import createClient from "openapi-fetch";

import type { components, paths } from "./made/openapi-typescript.js";
import { expect, must, type Site, say } from "./told.js";
import { CAPTION, photo } from "./photo.js";

const NAME = "openapi-fetch";

export async function publishOne(site: Site): Promise<void> {
  const api = createClient<paths>({ baseUrl: site.url });
  const login = await api.POST("/v1/auth/login", { body: site.editor });
  const { access_token, user } = must(login.data, login.error);
  api.use({
    onRequest({ request }) {
      request.headers.set("Authorization", `Bearer ${access_token}`);
      return request;
    },
  });
  say(NAME, `${user.name} is signed in`);

  const section = await api.POST("/v1/editorial/sections", { body: { name: "Typed by openapi-fetch" } });
  const { slug } = must(section.data, section.error);
  const brought = await api.POST("/v1/editorial/photos", {
    // The types have a text for the octets of a part; the form is made of the file itself.
    body: { file: "", photo: { caption: CAPTION, alt: "Nets on a quay", credit: { kind: "photo" as const, creators: [{ name: "Ivo Grane" }], organizations: ["Nordwire"] } } },
    bodySerializer(said) {
      const form = new FormData();
      form.append("file", photo(2), "nets.png");
      form.append("photo", JSON.stringify(said?.photo));
      return form;
    },
  });
  const picture = must(brought.data, brought.error);
  say(NAME, `a photo, credited “${picture.credit_line}”`);
  const made = await api.POST("/v1/editorial/articles", {
    body: {
      headline: "Tide gates open again",
      lead_photo: { photo: picture.id },
      section: slug,
      no_byline: true,
      body: [{ type: "paragraph", content: [{ text: "The gates of Varn opened at ", marks: [] }, { text: "noon", marks: [{ type: "strong" }] }] }],
    },
  });
  const draft = must(made.data, made.error);
  const first = must(made.response.headers.get("ETag") ?? undefined, "no ETag");
  say(NAME, `a draft in ${slug}, at version ${draft.version}`);

  const checks = await api.GET("/v1/editorial/articles/{id}/checks", { params: { path: { id: draft.id } } });
  expect(must(checks.data, checks.error).publishable, "that it can be published");
  const published = await api.POST("/v1/editorial/articles/{id}/publish", {
    params: { path: { id: draft.id }, header: { "If-Match": first } },
    body: {},
  });
  const live = must(published.data, published.error);
  expect(live.publication?.state === "live", "a live article");
  say(NAME, `published at ${live.publication?.published_at}`);

  const read = await createClient<paths>({ baseUrl: site.url }).GET("/v1/articles/{name}", { params: { path: { name: draft.content.slug } } });
  const seen = must(read.data, read.error);
  expect(seen.headline === "Tide gates open again", "the headline as it was written");
  const block = must(seen.body?.[0], "no body");
  expect(block.type === "paragraph" && block.content[1]?.text === "noon", "the text as it was written");
  const lead = must(seen.lead_photo ?? undefined, "no lead photo");
  expect(lead.caption === CAPTION && lead.credit?.line === picture.credit_line, "the caption and the credit");
  expect(lead.srcset["image/webp"].includes("/w320.webp 32w"), "a srcset");
  say(NAME, `a reader reads “${seen.headline}” and sees ${lead.srcset["image/webp"].split("/").pop()}`);

  const stale = await api.PATCH("/v1/editorial/articles/{id}", {
    params: { path: { id: draft.id }, header: { "If-Match": first } },
    body: { headline: "Tide gates close" },
  });
  // The error is typed as the problem of the document.
  const problem: components["schemas"]["Problem"] = must(stale.error, "the stale change was accepted");
  expect(stale.response.status === 412 && problem.code === "stale_version", "412 stale_version");
  say(NAME, `a stale change is refused: ${problem.code}, the present version is ${problem.etag}`);
}
