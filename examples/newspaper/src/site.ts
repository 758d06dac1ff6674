// What the newspaper says of itself beside what Masthead knows of it (lib/paper.ts), and where Masthead is.

export const site = {
  motto: "Printed daily at the Lower Quay",
  /** The language of the words of the site itself. */
  language: "en-GB",
};

/** Where this program reaches Masthead. */
export const MASTHEAD_URL = told("MASTHEAD_URL") ?? "http://127.0.0.1:8080";

/** Where readers' browsers reach it, for photos and feeds: its `server.public_url`. */
export const MASTHEAD_PUBLIC_URL = told("MASTHEAD_PUBLIC_URL") ?? MASTHEAD_URL;

/** A setting without a slash at its end; read when the server starts, not when the site is built. */
function told(name: string): string | undefined {
  return process.env[name]?.replace(/\/+$/, "") || undefined;
}
