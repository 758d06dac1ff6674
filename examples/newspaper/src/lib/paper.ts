// What the newspaper is called, who publishes it, and by which clock its readers live: as Masthead has it.

import { answered, createMasthead } from "masthead-client";

import { MASTHEAD_URL } from "../site";
import type { Site } from "./contract";

export type Paper = Pick<Site, "name" | "publisher" | "time_zone">;

/** How long it is kept here, in milliseconds: as long as the API lets a shared cache keep it. */
const KEPT_MS = 60_000;

const { api } = createMasthead({ url: MASTHEAD_URL });
let until = 0;
/** Before Masthead has ever answered. */
let kept: Promise<Paper> = Promise.resolve({ name: "A newspaper", publisher: "", time_zone: "UTC" });

/** It is asked apart from what a page is about, as the bar of sections is: one answer serves all pages for a while. */
export function paper(): Promise<Paper> {
  if (Date.now() >= until) {
    const before = kept;
    until = Date.now() + KEPT_MS;
    kept = answered(api.GET("/v1/site")).then(
      ({ data }) => data,
      () => {
        // It stays what it was, and the next page asks again.
        until = 0;
        return before;
      },
    );
  }
  return kept;
}
