// Photos of which an editor chose a part, each with proportions of its own.

import assert from "node:assert/strict";
import { crc32, deflateSync } from "node:zlib";

import { look } from "./checks.js";

/** Photos whose crops agree to the last per cent, and which look different all the same: by their size, or by a share. */
const CROPPED = [
  { width: 1200, height: 900, crop: { x: 0, y: 0.1, width: 0.1951, height: 0.8 } },
  { width: 900, height: 1200, crop: { x: 0, y: 0.1, width: 0.1951, height: 0.8 } },
  { width: 1200, height: 900, crop: { x: 0, y: 0.1, width: 0.2049, height: 0.8 } },
];

const CREDIT = { kind: "photo", creators: [{ name: "Ivo Grane" }], organizations: ["Nordwire"] };

/** On one page none of them takes the part, or the proportions, of another. */
export async function cropped({ page, site, admin }) {
  const body = [{ type: "paragraph", content: [{ text: "They hang on the quay until noon." }] }];
  for (const [shade, { width, height, crop }] of CROPPED.entries()) {
    const form = new FormData();
    form.append("file", new Blob([png(width, height, 64 + shade)], { type: "image/png" }), "nets.png");
    form.append("photo", JSON.stringify({ caption: "Nets dry.", alt: "Nets on a quay", credit: CREDIT }));
    const { id } = await admin("POST", "/v1/editorial/photos", form);
    body.push({ type: "photo", photo: id, size: "small", crop });
  }
  const article = { headline: "Nets, in part", slug: "nets-in-part", section: "city", no_byline: true, body };
  const made = await admin("POST", "/v1/editorial/articles", article);
  await admin("POST", `/v1/editorial/articles/${made.id}/publish`, {}, { "if-match": "*" });
  await look(page, `${site}/nets-in-part`);
  const shown = await page.ask(() =>
    [...document.querySelectorAll(".story-text .picture")].map((picture) => {
      const [box, whole] = [picture, picture.querySelector("img")].map((element) => element.getBoundingClientRect());
      return [box.width / box.height, box.width / whole.width, box.height / whole.height, (box.top - whole.top) / whole.height];
    }),
  );
  assert.equal(shown.length, CROPPED.length);
  for (const [n, { width, height, crop }] of CROPPED.entries()) {
    const wanted = [(width * crop.width) / (height * crop.height), crop.width, crop.height, crop.y];
    const off = wanted.map((number, i) => Math.abs(shown[n][i] / number - 1));
    assert.ok(off.every((share) => share < 0.01), `photo ${n} is shown as ${shown[n]}, not as ${wanted}`);
  }
  console.log("cropped photos: each its own part, in its own proportions");
}

/** A PNG in one shade of grey. */
function png(width, height, shade) {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const rows = Buffer.alloc((width + 1) * height, shade);
  // Each row begins with how it is filtered: not at all.
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0;
  const begin = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([begin, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(kind, content) {
  const body = Buffer.concat([Buffer.from(kind, "ascii"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
