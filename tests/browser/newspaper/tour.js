// The tour of README.md, from a clone to a page: each of its blocks of commands in a terminal of its own.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = new URL("../../../", import.meta.url);

/** Longest wait for a server, in milliseconds: the first build of the site loads what it is made of. */
const PATIENCE_MS = 300_000;

/** The commands of the tour, terminal by terminal, as the README has them. */
export function terminals() {
  const readme = readFileSync(new URL("README.md", ROOT), "utf8");
  const tour = readme.split("\n## From a clone to a page\n")[1]?.split("\n## ")[0] ?? "";
  return [...tour.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, commands]) => commands);
}

/** Goes on the tour, on ports and in a directory of its own, and tells where it has led. */
export async function goOn() {
  const dir = mkdtempSync(join(tmpdir(), "masthead-newspaper-"));
  const [masthead, site] = [`http://127.0.0.1:${await freePort()}`, `http://localhost:${await freePort()}`];
  const [run, newspaper, ...rest] = terminals();
  if (!newspaper || rest.length > 0) throw new Error("the tour of README.md has two terminals and no more");
  const opened = [];
  const open = (commands, environment) => {
    const terminal = new Terminal(commands, environment);
    opened.push(terminal);
    return terminal;
  };
  const end = async () => {
    await Promise.all(opened.map((terminal) => terminal.end()));
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const server = open(run, {
      MASTHEAD_SERVER_LISTEN: new URL(masthead).host,
      MASTHEAD_DATABASE_URL: `sqlite:${dir}/masthead.db`,
      MASTHEAD_MEDIA_URL: `file:${dir}/media`,
      MASTHEAD_SECRETS_DIR: `${dir}/secrets`,
      MASTHEAD_SITE_ARTICLE_URL: `${site}/{slug}`,
      MASTHEAD_SITE_PUBLISHER: "Varn Press",
      // Where it is another hour than anywhere near UTC.
      MASTHEAD_SITE_TIME_ZONE: "Pacific/Kiritimati",
      MASTHEAD_SERVER_TRUSTED_PROXIES: "127.0.0.1",
    });
    await server.until(`${masthead}/health/ready`);
    const [, email, password] = /^(\S+) can sign in.* shown this once: (\S+)$/m.exec(server.said) ?? [];
    const frontend = open(newspaper, { MASTHEAD_URL: masthead, PORT: new URL(site).port });
    await frontend.until(site);
    return { masthead, site, admin: { email, password }, server, end };
  } catch (fault) {
    await end();
    throw fault;
  }
}

/** A terminal in which somebody has pasted commands. */
class Terminal {
  /** All that they have printed. */
  said = "";

  constructor(commands, environment) {
    // A group of its own, so that all of it ends together.
    this.shell = spawn("bash", ["--noprofile", "--norc", "-e", "-c", commands], {
      cwd: ROOT,
      env: { ...process.env, ...environment, NO_PROXY: "*" },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.gone = once(this.shell, "exit");
    for (const stream of [this.shell.stdout, this.shell.stderr]) {
      stream.on("data", (text) => (this.said += text));
    }
  }

  /** Waits until there is an answer at an address. */
  async until(url) {
    const end = Date.now() + PATIENCE_MS;
    while (this.shell.exitCode === null && Date.now() < end) {
      const answer = await fetch(url).catch(() => undefined);
      if (answer?.ok) return;
      await Promise.race([this.gone, new Promise((done) => setTimeout(done, 100))]);
    }
    throw new Error(`nothing answers at ${url}. The terminal shows:\n${this.said}`);
  }

  /** Ends what runs in it, as Ctrl-C does. */
  async end() {
    if (this.shell.exitCode === null && this.shell.signalCode === null) {
      process.kill(-this.shell.pid, "SIGINT");
      await this.gone;
    }
  }
}

async function freePort() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
