// Where search engines find the sitemaps, which the newsroom's server makes.

import { MASTHEAD_PUBLIC_URL } from "../site";

export function GET(): Response {
  const lines = [
    "User-agent: *",
    "Disallow: /preview/",
    "Disallow: /search",
    `Sitemap: ${MASTHEAD_PUBLIC_URL}/sitemap.xml`,
    `Sitemap: ${MASTHEAD_PUBLIC_URL}/sitemap-news.xml`,
  ];
  return new Response(`${lines.join("\n")}\n`, {
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "public, max-age=3600" },
  });
}
