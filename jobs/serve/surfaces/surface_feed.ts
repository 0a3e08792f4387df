import { newYorkDate } from "../../../engine/clock/mod.ts";
import type { Hub } from "../../kit/mod.ts";
import type { MarketEvent, MarketSession, SurfaceWindow } from "../../market/mod.ts";
import { NoSurfacesError } from "./params.ts";
import type { SurfaceClient } from "./surface_client.ts";
import { WindowRing } from "./window_ring.ts";

/** What is needed of a market to serve its surfaces. */
export type SurfaceSource = Pick<
  MarketSession,
  "surfaces" | "events" | "config" | "state" | "opened" | "follow"
>;

/** What clients ask for. */
export interface Wanted {
  readonly symbol?: string | undefined;
  /** New York date, or `live`. */
  readonly dt?: string | undefined;
}

/** The surfaces of one market: its newest windows, and who reads them. */
export class SurfaceFeed {
  readonly ring: WindowRing;
  readonly #source: SurfaceSource;
  readonly #clients = new Map<SurfaceClient, Wanted & { readonly close: (why: string) => void }>();
  readonly #ends: readonly (() => void)[];
  #isEnded: boolean;

  constructor(source: SurfaceSource, hub: Hub) {
    this.#source = source;
    this.ring = new WindowRing(hub);
    this.#isEnded = source.state?.phase === "ended";
    this.#ends = [
      source.surfaces.subscribe((window) => this.#take(window)),
      source.events.subscribe((event) => this.#hear(event)),
    ];
  }

  /** Clients that read now. */
  get clients(): number {
    return this.#clients.size;
  }

  /** Whether no window comes any more, unless the market goes back. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Resolves when the market is open, or has failed to open. */
  opened(): Promise<void> {
    return this.#source.opened();
  }

  /** @throws {NoSurfacesError} When the market is of another symbol or date than the wanted one. */
  check({ symbol, dt }: Wanted): void {
    const own = this.#source.config?.["symbol"];
    const { last } = this.ring.windows;
    const named = typeof own === "string" ? own : last?.head.symbol;
    if (symbol !== undefined && named !== undefined && !isOf(named, symbol)) {
      throw new NoSurfacesError(`symbol must be ${named} or its root: ${symbol}`);
    }
    if (dt === undefined || dt === "live") return;
    const date = last === null ? null : newYorkDate(last.head.endNs - 1n);
    if (date === dt) return;
    const has = date === null ? "no window has closed yet" : `the market's is ${date}`;
    throw new NoSurfacesError(`dt has no data, as ${has}: ${dt}`);
  }

  /** Takes a client in. @param close Ends it, with the reason. @returns Call it when it has gone. */
  add(client: SurfaceClient, wanted: Wanted, close: (why: string) => void): () => void {
    this.#clients.set(client, { ...wanted, close });
    const unfollow = this.#source.follow();
    return () => {
      if (!this.#clients.delete(client)) return;
      client.dispose();
      unfollow();
    };
  }

  /** Reads the market no more. */
  stop(): void {
    for (const end of this.#ends) end();
  }

  #take(window: SurfaceWindow): void {
    const { start, end } = this.ring.windows;
    // Readers hear of a window when it is in; those of another market or date must not.
    if (start === end) this.#partFrom(window);
    this.ring.add(window);
  }

  /** Ends the readers of another contract or date than the one that begins. */
  #partFrom({ symbol, endNs }: SurfaceWindow): void {
    const date = newYorkDate(endNs - 1n);
    for (const wanted of [...this.#clients.values()]) {
      const { dt = "live" } = wanted;
      if (wanted.symbol !== undefined && !isOf(symbol, wanted.symbol)) {
        wanted.close(`The market is of ${symbol} now`);
      } else if (dt !== "live" && dt !== date) wanted.close(`The market is of ${date} now`);
    }
  }

  #hear(event: MarketEvent): void {
    if (event.type === "reset") {
      // The state of before the jump stays until the next one comes.
      this.#isEnded = false;
      this.ring.windows.clear();
      for (const client of this.#clients.keys()) client.reset();
    } else if (event.type === "state") {
      this.#isEnded = event.state.phase === "ended";
      for (const client of [...this.#clients.keys()]) client.look();
    } else if (event.type === "gone") {
      for (const { close } of [...this.#clients.values()]) close(event.message);
    }
  }
}

/** Whether a contract is the one named, or one of the root named: ESH6 of ES. */
export function isOf(contract: string, named: string): boolean {
  return contract === named || contract.replace(/[FGHJKMNQUVXZ]\d{1,2}$/, "") === named;
}
