// Serves a directory from an origin of its own.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8" };

/** The origin at which the files of `directory` are, each as `edit` has it, and the server behind it. */
export async function serve(directory, edit) {
  const server = createServer(async ({ url }, answer) => {
    const name = new URL(url, "http://pages").pathname.slice(1);
    const type = TYPES[name.split(".").pop()];
    if (!/^[a-z-]+\.[a-z]+$/.test(name) || type === undefined) {
      answer.writeHead(404).end();
      return;
    }
    answer.writeHead(200, { "content-type": type }).end(edit(await readFile(new URL(name, directory), "utf8")));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { origin: `http://127.0.0.1:${server.address().port}`, server };
}
