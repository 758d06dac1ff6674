// How long a page may be kept, and under which names: it is made of answers of the API, and holds as long as all of them.

const UNTIL = ["max-age", "s-maxage", "stale-while-revalidate", "stale-if-error"] as const;

/** Notes what the API says to everything that one page asks. */
export class Keeping {
  readonly #rules: Map<string, number | true>[] = [];
  readonly #keys = new Set<string>();

  /**
   * Sends a request and notes its answer. A refusal is noted by nobody: the page is one itself, or does without. A server
   * that cannot be reached is one that answers 503.
   */
  readonly fetch: typeof fetch = async (...sent) => {
    const answer = await fetch(...sent).catch(() => new Response(null, { status: 503 }));
    if (answer.ok) {
      this.#rules.push(directives(answer.headers.get("Cache-Control") ?? "no-store"));
      answer.headers.get("Surrogate-Key")?.split(" ").forEach((key) => this.#keys.add(key));
    }
    return answer;
  };

  /** `Cache-Control` of the page: the shortest time of each kind, and none where one answer is not to be kept. */
  get cacheControl(): string {
    const rules = this.#rules;
    if (rules.length === 0 || rules.some((rule) => rule.has("no-store") || rule.has("private"))) {
      return "private, no-store";
    }
    const times = UNTIL.flatMap((name) => {
      const told = rules.map((rule) => Number(rule.get(name) ?? NaN));
      return told.some(Number.isNaN) ? [] : [`${name}=${Math.min(...told)}`];
    });
    return ["public", ...times].join(", ");
  }

  /** `Surrogate-Key` of the page: a CDN that is told to let go of an article lets go of its page as well. */
  get surrogateKey(): string {
    return [...this.#keys].join(" ");
  }
}

/** `public, max-age=5` as a map. */
function directives(header: string): Map<string, number | true> {
  return new Map(
    header.split(",").map((directive) => {
      const [name = "", value] = directive.trim().toLowerCase().split("=");
      return [name, value === undefined ? true : Number(value)];
    }),
  );
}
