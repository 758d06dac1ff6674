// One headless Chromium with one page, driven over the DevTools protocol, and all that the page did which it should not.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import connect from "chrome-remote-interface";

/** Longest wait for anything, in milliseconds. Nothing here takes a tenth of it. */
const PATIENCE_MS = 20_000;

/** Opens a browser. Requests of its page to other origins than `known` are told as misdeeds, and go nowhere. */
export async function open(known) {
  const profile = mkdtempSync(join(tmpdir(), "masthead-browser-"));
  // Chromium refuses its sandbox to root, as whom containers run.
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const chromium = spawn(
    process.env.CHROMIUM ?? "chromium",
    ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "--no-first-run", "--disable-gpu", ...root, "about:blank"],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const close = async () => {
    const ended = new Promise((done) => chromium.once("exit", done));
    chromium.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const client = await connect({ port: await portOf(chromium) });
    return { page: await Page.of(client, known), close: () => client.close().then(close) };
  } catch (fault) {
    await close();
    throw fault;
  }
}

/** The port on which it says that it listens. */
async function portOf(chromium) {
  const said = [];
  for await (const line of createInterface({ input: chromium.stderr })) {
    const told = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(line);
    if (told) {
      // Nobody reads on, and nothing must wait for that.
      chromium.stderr.resume();
      return Number(told[1]);
    }
    said.push(line);
  }
  throw new Error(`Chromium does not start:\n${said.join("\n")}`);
}

class Page {
  /** What it did that no page of ours does: dialogs, errors, requests to elsewhere. */
  misdeeds = [];

  static async of(client, known) {
    const page = new Page();
    page.client = client;
    const { Page: pages, Runtime, Fetch } = client;
    await Promise.all([pages.enable(), Runtime.enable(), Fetch.enable({ patterns: [{ urlPattern: "*" }] })]);
    pages.javascriptDialogOpening(({ message }) => {
      page.misdeeds.push(`a dialog: ${message}`);
      void pages.handleJavaScriptDialog({ accept: true });
    });
    Runtime.exceptionThrown(({ exceptionDetails: { text, exception } }) => {
      page.misdeeds.push(`an error: ${exception?.description ?? text}`);
    });
    Fetch.requestPaused(({ requestId, request: { url } }) => {
      const expected = known.includes(new URL(url).origin) || url.endsWith("/favicon.ico");
      if (!expected) page.misdeeds.push(`a request to ${url}`);
      void (expected ? Fetch.continueRequest({ requestId }) : Fetch.failRequest({ requestId, errorReason: "Aborted" }));
    });
    return page;
  }

  /** Goes to an address. */
  async visit(url) {
    const loaded = this.client.Page.loadEventFired();
    await this.client.Page.navigate({ url });
    await loaded;
  }

  /** What `ask` answers inside the page. */
  async ask(ask, ...told) {
    const expression = `(${ask})(...${JSON.stringify(told)})`;
    const { result, exceptionDetails } = await this.client.Runtime.evaluate({ expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits until `ask` answers something inside the page, and tells what. */
  async until(what, ask, ...told) {
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      const answer = await this.ask(ask, ...told);
      if (answer) return answer;
      await this.ask(() => new Promise((done) => requestAnimationFrame(() => done())));
    }
    const shown = await this.ask(() => document.body.innerText);
    throw new Error(`${what} did not come. The page shows:\n${shown}\nMisdeeds: ${this.misdeeds.join("; ")}`);
  }

  /** Types into the field that `selector` finds, as a person would. */
  async type(selector, text) {
    await this.ask((selector) => document.querySelector(selector).focus(), selector);
    await this.client.Input.insertText({ text });
  }

  /** Presses a button. */
  async press(selector) {
    await this.ask((selector) => document.querySelector(selector).click(), selector);
  }
}
