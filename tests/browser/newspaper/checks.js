// What every page must be, whatever it shows.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Most that a page may shift in all, where 0.1 is what search engines still call good. */
const MOST_SHIFT = 0.01;

/** Hears what the browser logs as an error on any page, such as what a policy forbids, and has it keep no page for seconds. */
export async function listen(page) {
  await page.client.Network.enable();
  await page.client.Network.setCacheDisabled({ cacheDisabled: true });
  await page.client.Log.enable();
  page.client.Log.entryAdded(({ entry: { level, text, url } }) => {
    // A page that is a refusal is logged for its status, which is looked at elsewhere.
    if (level === "error" && url !== page.refused) page.misdeeds.push(`${text} ${url ?? ""}`);
  });
}

/** Goes to a page, scrolls through it, and holds it against all that holds for every page. */
export async function look(page, url, status = 200) {
  page.refused = status === 200 ? undefined : url;
  await page.visit(url);
  const seen = await page.ask(inspect);
  assert.equal(seen.status, status, url);
  assert.deepEqual(page.misdeeds, [], url);
  assert.deepEqual(seen.faults, [], url);
  assert.ok(seen.shift < MOST_SHIFT, `${url} shifts by ${seen.shift}: ${seen.what.join("; ")}`);
  return seen;
}

/** What axe finds wrong with the page, in either colour scheme. */
export async function accessible(page, where) {
  for (const scheme of ["light", "dark"]) {
    await page.client.Emulation.setEmulatedMedia({ features: [{ name: "prefers-color-scheme", value: scheme }] });
    await page.client.Runtime.evaluate({ expression: AXE });
    const found = await page.ask(async () => {
      const { violations } = await axe.run(document, { resultTypes: ["violations"] });
      return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
    });
    assert.deepEqual(found, [], `${where}, ${scheme}`);
  }
  await page.client.Emulation.setEmulatedMedia({ features: [] });
}

/** Whether the page fits into a window of this width, without being scrolled sideways. */
export async function fits(page, where, width) {
  const { Emulation } = page.client;
  await Emulation.setDeviceMetricsOverride({ width, height: 800, deviceScaleFactor: 2, mobile: false });
  const wide = await page.ask((width) => {
    const over = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > width + 1);
    return document.documentElement.scrollWidth > width ? over.map(({ outerHTML }) => outerHTML.slice(0, 80)) : [];
  }, width);
  await Emulation.clearDeviceMetricsOverride();
  assert.deepEqual(wide, [], `${where} is wider than ${width} pixels`);
}

/** Runs inside the page. */
async function inspect() {
  const faults = [];
  const must = (holds, fault) => holds || faults.push(fault);
  const all = (selector) => [...document.querySelectorAll(selector)];

  // All photos, also those further down.
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise((done) => requestAnimationFrame(done));
  }
  await Promise.all(all("img").map((img) => img.decode().catch(() => faults.push(`${img.src} does not load`))));
  scrollTo(0, 0);
  const shifts = new PerformanceObserver(() => {});
  shifts.observe({ type: "layout-shift", buffered: true });
  const moved = shifts.takeRecords();
  const shift = moved.reduce((sum, { value }) => sum + value, 0);
  const what = moved.flatMap(({ sources }) => sources.map(({ node, previousRect, currentRect }) =>
    `${node?.parentElement?.outerHTML.slice(0, 80)} from ${JSON.stringify(previousRect)} to ${JSON.stringify(currentRect)}`));

  must(all("h1").length === 1, `${all("h1").length} h1`);
  for (const landmark of ["header.head", "main#main", "footer.foot", "nav[aria-label=Sections]", "[role=search]", "a.skip[href='#main']"]) {
    must(all(landmark).length === 1, `${all(landmark).length} of ${landmark}`);
  }
  must(document.documentElement.lang !== "" && document.title !== "", "no language or no title");
  for (const img of all("img")) {
    must(img.hasAttribute("alt") && img.hasAttribute("width") && img.hasAttribute("height"), `no alt or size: ${img.outerHTML}`);
  }
  for (const figure of all("figure.photo")) {
    must(figure.querySelector(".credit")?.textContent, `no credit: ${figure.outerHTML}`);
    must(figure.closest(".listing-head") || figure.querySelector(".caption")?.textContent, `no caption: ${figure.outerHTML}`);
  }
  must(all("script:not([type='application/ld+json'])").length === 0, "a script");
  must(all("[style]").length === 0, "a style attribute");
  for (const script of all("script")) JSON.parse(script.textContent);
  const ids = all("[id]").map(({ id }) => id);
  must(new Set(ids).size === ids.length, `an id twice: ${ids}`);

  const [{ responseStatus: status }] = performance.getEntriesByType("navigation");
  const links = [...new Set(all("a[href]").map(({ href }) => href.split("#")[0]))].filter((href) => href.startsWith(location.origin));
  return { status, faults, shift, what, links };
}
