// How the site is built: rendered on each request, with nothing inline, so that its Content-Security-Policy can be strict.

import node from "@astrojs/node";
import { defineConfig } from "astro/config";

export default defineConfig({
  output: "server",
  // Forms of readers are small; the API takes no more than this of a comment.
  adapter: node({ mode: "standalone", bodySizeLimit: 64 * 1024 }),
  session: false,
  server: { port: 3000 },
  trailingSlash: "never",
  build: { inlineStylesheets: "never" },
  // Nobody signs in here and no cookie is set, so a form from elsewhere can do nothing that its sender could not.
  security: { checkOrigin: false },
  devToolbar: { enabled: false },
});
