// docs/newspaper.png: the front page of the demo edition.

import { writeFileSync } from "node:fs";

import { open } from "../chromium.js";
import { listen, look } from "./checks.js";
import { goOn } from "./tour.js";

const FILE = new URL("../../../docs/newspaper.png", import.meta.url);

/** What a reader's window shows, in CSS pixels, and how large a README shows it. */
const WINDOW = { width: 1040, height: 1100 };
const SCALE = 0.77;

/** Largest picture that a README should have, in octets. */
const MOST = 300_000;

const tour = await goOn();
const { page, close } = await open([tour.masthead, tour.site]);
try {
  await listen(page);
  await page.client.Emulation.setScrollbarsHidden({ hidden: true });
  await page.client.Emulation.setDeviceMetricsOverride({ ...WINDOW, deviceScaleFactor: 1, mobile: false });
  await look(page, tour.site);
  const clip = { x: 0, y: 0, ...WINDOW, scale: SCALE };
  const { data } = await page.client.Page.captureScreenshot({ format: "png", clip });
  const picture = Buffer.from(data, "base64");
  if (picture.length > MOST) throw new Error(`${picture.length} octets are more than ${MOST}`);
  writeFileSync(FILE, picture);
  console.log(`docs/newspaper.png: ${picture.length} octets`);
} finally {
  await close();
  await tour.end();
}
