// What the package offers.

export type { components, operations, paths, webhooks } from "./contract.js";
export { answered, type Answered, type Sent } from "./answered.js";
export { type Change, type ChangePage, changes, type Following } from "./changes.js";
export { createMasthead, type Masthead, type Options } from "./masthead.js";
export { items, type Page, pages } from "./pages.js";
export { type Fault, type Problem, type ProblemCode, ProblemError } from "./problem.js";
export { type Credentials, Session, type TokenStore, type Tokens } from "./session.js";
