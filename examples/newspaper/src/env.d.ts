// What the middleware gives to every page.

declare namespace App {
  interface Locals {
    /** The API, for this request: what it answers decides how long the page may be kept. */
    readonly api: import("masthead-client").Masthead["api"];
    /** What the newspaper is. */
    readonly paper: import("./lib/paper").Paper;
    /** How its readers are told times. */
    readonly times: import("./lib/times").Times;
    /** The bar of sections. */
    readonly sections: import("./lib/contract").Section[];
    /** The photos that the page is going to show; pages add theirs before they render. */
    readonly photos: import("./lib/contract").Photo[];
  }
}
