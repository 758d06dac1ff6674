// What both clients do, and how they tell of it.

/** Where the site is, and who signs in. */
export interface Site {
  readonly url: string;
  readonly editor: { readonly email: string; readonly password: string };
}

/** Says what was done. */
export function say(client: string, what: string): void {
  console.log(`${client}: ${what}`);
}

/** A value that must be there: else the answer, which is a problem, is told. */
export function must<T>(value: T | undefined, problem: unknown): T {
  if (value === undefined) {
    throw new Error(`refused: ${JSON.stringify(problem)}`);
  }
  return value;
}

/** Fails with what was wanted. */
export function expect(holds: boolean, wanted: string): void {
  if (!holds) {
    throw new Error(`wanted ${wanted}`);
  }
}
