/** Why a client was not let in: it has its share, or all places are taken. */
export type Refusal = "own" | "full";

/** Counts what clients hold (sockets, sessions), and lets none have more than its share. */
export class ClientGate {
  readonly #perClient: number;
  readonly #most: number;
  readonly #held = new Map<string, number>();
  #total = 0;
  #refused = 0;

  /** @param limits Places of one client, and of all. */
  constructor(limits: { readonly perClient: number; readonly total: number }) {
    this.#perClient = limits.perClient;
    this.#most = limits.total;
  }

  /** Places taken now. */
  get open(): number {
    return this.#total;
  }

  /** Requests refused so far. */
  get refused(): number {
    return this.#refused;
  }

  /** Lets a client in, or says why not. Whoever is let in has to {@link ClientGate.leave}. */
  enter(client: string): Refusal | null {
    const own = this.#held.get(client) ?? 0;
    if (own >= this.#perClient || this.#total >= this.#most) {
      this.#refused++;
      return own >= this.#perClient ? "own" : "full";
    }
    this.#held.set(client, own + 1);
    this.#total++;
    return null;
  }

  /** This client has given one place back. */
  leave(client: string): void {
    const left = (this.#held.get(client) ?? 0) - 1;
    if (left > 0) this.#held.set(client, left);
    else this.#held.delete(client);
    this.#total--;
  }
}
