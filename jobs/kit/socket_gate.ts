/** Why a socket was refused. */
export type Refusal = "too_many_sockets" | "full";

/** Counts open sockets, and lets no client have more than its share. */
export class SocketGate {
  readonly #perClient: number;
  readonly #most: number;
  readonly #open = new Map<string, number>();
  #total = 0;
  #refused = 0;

  /** @param limits Sockets of one client, and of all. */
  constructor(limits: { readonly perClient: number; readonly total: number }) {
    this.#perClient = limits.perClient;
    this.#most = limits.total;
  }

  /** Sockets open now. */
  get open(): number {
    return this.#total;
  }

  /** Sockets refused so far. */
  get refused(): number {
    return this.#refused;
  }

  /** Lets a client's socket in, or says why not. Whoever is let in has to {@link SocketGate.leave}. */
  enter(client: string): Refusal | null {
    const own = this.#open.get(client) ?? 0;
    if (own >= this.#perClient || this.#total >= this.#most) {
      this.#refused++;
      return own >= this.#perClient ? "too_many_sockets" : "full";
    }
    this.#open.set(client, own + 1);
    this.#total++;
    return null;
  }

  /** A socket of this client has closed. */
  leave(client: string): void {
    const left = (this.#open.get(client) ?? 0) - 1;
    if (left > 0) this.#open.set(client, left);
    else this.#open.delete(client);
    this.#total--;
  }
}
