// Refusals as errors with a type.

import type { components } from "./contract.js";

/** What the server says of a request that it refuses (RFC 9457). */
export type Problem = components["schemas"]["Problem"];

/** What went wrong, for a program. */
export type ProblemCode = Problem["code"];

/** One fault of a request: where it is, and which rule it breaks. */
export type Fault = NonNullable<Problem["errors"]>[number];

/** An answer that is no success. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  /** The HTTP status. */
  readonly status: number;

  /** What the server says; `undefined` where the answer is somebody else's, such as a proxy's. */
  readonly problem: Problem | undefined;

  /** The whole answer, whose body has been read. */
  readonly response: Response;

  constructor(response: Response, body: unknown) {
    const problem = isProblem(body) ? body : undefined;
    super(problem === undefined ? `HTTP ${response.status}` : `${problem.title}: ${problem.detail}`);
    this.status = response.status;
    this.problem = problem;
    this.response = response;
  }

  /** The code of the problem. */
  get code(): ProblemCode | undefined {
    return this.problem?.code;
  }

  /** All faults of the request; none where the request is not what was wrong. */
  get faults(): readonly Fault[] {
    return this.problem?.errors ?? [];
  }

  /** After how many seconds it may be tried again, where the server says so (RFC 9110, 10.2.3, as a number). */
  get retryAfter(): number | undefined {
    const told = this.response.headers.get("Retry-After");
    return told !== null && /^[0-9]+$/.test(told) ? Number(told) : undefined;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "detail" in body;
}
