import type { LiveCursor } from "../../../modules/tape/contract.ts";
import type { WantedChannel } from "./row_protocol.ts";
import type { Wire } from "./row_wire.ts";

/** Messages that the page sends in a window at most; the server takes 60, some of them are pings. */
const MESSAGES = 40;
const WINDOW_MS = 10_000;
/** Subscriptions in one message, which must stay under 64 KiB. */
const BATCH = 32;

/** A channel as it stands with the server. */
export interface Subscribed {
  readonly wanted: WantedChannel;
  /** Newest row that was taken in; null before the first. */
  last: LiveCursor | null;
}

/**
 * Brings the subscriptions of a socket to what is wanted: with as few messages as it takes, and no faster
 * than the server lets one ask. What is wanted and given up again meanwhile is never asked for.
 */
export class Subscriber {
  readonly #send: (text: string) => boolean;
  #wanted = new Map<string, WantedChannel>();
  readonly #sent = new Map<string, Subscribed>();
  readonly #resume = new Map<string, LiveCursor>();
  #sentAtMs: number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isReady = false;

  /** @param send Says a text on the socket; false when it is not open. */
  constructor(send: (text: string) => boolean) {
    this.#send = send;
  }

  /** Asks for these channels and no others. */
  want(channels: readonly WantedChannel[]): void {
    this.#wanted = new Map(channels.map((wanted) => [wanted.query.key, wanted]));
    for (const key of this.#resume.keys()) if (!this.#wanted.has(key)) this.#resume.delete(key);
    this.#sync();
  }

  /** The socket is open and takes subscriptions: each goes on after the row that it had. */
  ready(): void {
    this.#isReady = true;
    this.#sentAtMs = [];
    this.#sync();
  }

  /** The socket is gone. @param keepsPlace False when the next one is of another time. */
  lost(keepsPlace: boolean): void {
    this.#isReady = false;
    clearTimeout(this.#timer);
    for (const [key, { last }] of this.#sent) if (last !== null) this.#resume.set(key, last);
    if (!keepsPlace) this.#resume.clear();
    this.#sent.clear();
  }

  /** Asks for the snapshot of a channel again. */
  restart(key: string): void {
    this.#sent.delete(key);
    this.#resume.delete(key);
    this.#sync();
  }

  /** The channel of a message of the server; undefined when it is not wanted any more. */
  find(key: string): Subscribed | undefined {
    return this.#sent.get(key);
  }

  #sync(): void {
    if (!this.#isReady) return;
    const gone = [...this.#sent.values()].filter(({ wanted }) =>
      !this.#wanted.has(wanted.query.key)
    );
    const added = [...this.#wanted.values()].filter(({ query, asked }) =>
      this.#sent.get(query.key)?.wanted.asked !== asked
    );
    for (let at = 0; at < gone.length; at += BATCH) {
      const some = gone.slice(at, at + BATCH);
      const subscriptions = some.map(({ wanted: { query } }) => ({ ...query.wire, id: query.key }));
      if (!this.#say({ op: "unsubscribe", subscriptions })) return;
      for (const { wanted } of some) this.#sent.delete(wanted.query.key);
    }
    for (let at = 0; at < added.length; at += BATCH) {
      const some = added.slice(at, at + BATCH);
      if (!this.#say({ op: "subscribe", subscriptions: some.map((one) => this.#begun(one)) })) {
        return;
      }
      for (const wanted of some) {
        const { key } = wanted.query;
        this.#sent.set(key, { wanted, last: this.#resume.get(key) ?? null });
        this.#resume.delete(key);
      }
    }
  }

  #begun({ query }: WantedChannel): Wire {
    const resume_after = this.#resume.get(query.key);
    return {
      ...query.wire,
      id: query.key,
      ...(resume_after === undefined ? { snapshot_limit: query.snapshot } : { resume_after }),
    };
  }

  /** Says a message when the window has room; tries again when it has. */
  #say(message: unknown): boolean {
    const nowMs = Date.now();
    this.#sentAtMs = this.#sentAtMs.filter((atMs) => nowMs - atMs < WINDOW_MS);
    const [oldest] = this.#sentAtMs;
    if (this.#sentAtMs.length >= MESSAGES && oldest !== undefined) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#sync(), oldest + WINDOW_MS - nowMs);
      return false;
    }
    if (!this.#send(JSON.stringify(message))) return false;
    this.#sentAtMs.push(nowMs);
    return true;
  }
}
