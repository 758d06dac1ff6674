// What the middleware gives to every page.

declare namespace App {
  interface Locals {
    /** The API, for this request: what it answers decides how long the page may be kept. */
    readonly api: import("masthead-client").Masthead["api"];
    /** The bar of sections. */
    readonly sections: import("./lib/contract").Section[];
    /** The photos that the page is going to show; pages add theirs before they render. */
    readonly photos: import("./lib/contract").Photo[];
  }
}
