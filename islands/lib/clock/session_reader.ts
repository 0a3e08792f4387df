/** The server may still be starting: asked again after this long, ms. */
const AGAIN_MS = 5_000;

/** What holds from the open to the close of a session. Epoch ms. */
export interface SessionFact {
  readonly open_ts: number;
  readonly close_ts: number;
}

/** Keeps what the server says of the session that a clock is in: asked once a session. */
export class SessionReader<T extends SessionFact> {
  readonly #url: string;
  readonly #now: () => number;
  readonly #take: (fact: T) => void;
  readonly #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closeTs = 0;
  #isAsking = false;

  /** @param now Epoch ms of the clock. @param take Gets what holds at that time. */
  constructor(url: string, now: () => number, take: (fact: T) => void) {
    this.#url = url;
    this.#now = now;
    this.#take = take;
  }

  /** Asks when the session that was told of is over, or none was yet. */
  follow(): void {
    if (this.#now() < this.#closeTs || this.#isAsking || this.#timer !== undefined) return;
    void this.#ask();
  }

  close(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    const fact = await this.#fetch();
    this.#isAsking = false;
    if (this.#abort.signal.aborted) return;
    // A replay of an earlier session is told nothing: what holds today would say too much.
    const now = this.#now();
    if (fact !== null && now >= fact.open_ts && now < fact.close_ts) {
      this.#closeTs = fact.close_ts;
      this.#take(fact);
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.follow();
    }, AGAIN_MS);
  }

  async #fetch(): Promise<T | null> {
    try {
      const response = await fetch(this.#url, { signal: this.#abort.signal });
      return response.ok ? await response.json() as T : null;
    } catch {
      return null;
    }
  }
}
