import type { Hub } from "../../kit/mod.ts";
import type { MarketSession } from "../../market/mod.ts";
import { SurfaceFeed } from "./surface_feed.ts";

/** Windows that the market may be ahead of its reader. */
const AHEAD_WINDOWS = 120;

const SECOND_NS = 1_000_000_000n;

/** What is needed of a market that is replayed for one reader. */
export type ReplayedMarket = Pick<
  MarketSession,
  "surfaces" | "bins" | "events" | "config" | "state" | "opened" | "follow" | "command"
>;

/** The surfaces of a market that runs for one reader, as fast as it can, and waits for it. */
export class SurfaceReplay {
  readonly feed: SurfaceFeed;
  readonly #market: ReplayedMarket;
  readonly #end: () => void;
  /** Bins that came and that the market has not been told of. */
  #bins = 0;
  /** Number of the window that the reader waits for. */
  #next = 0;

  constructor(market: ReplayedMarket, hub: Hub) {
    this.#market = market;
    this.feed = new SurfaceFeed(market, hub);
    this.#end = market.bins.subscribe(() => {
      this.#bins++;
      this.#grant();
    });
  }

  /** The reader has every window before the one of this number. */
  taken(next: number): void {
    this.#next = next;
    this.#grant();
  }

  /** Goes to the first window that ends at a time or later. @throws {CommandError} When the feed refuses. */
  async seek(endNs: bigint): Promise<void> {
    this.#resume();
    await this.#market.command({ op: "seek", tsNs: String(endNs - SECOND_NS) });
  }

  /** Reads the market no more. */
  stop(): void {
    this.#end();
    this.feed.stop();
  }

  #grant(): void {
    if (this.feed.ring.windows.end - this.#next <= AHEAD_WINDOWS) this.#resume();
  }

  #resume(): void {
    const bins = this.#bins;
    this.#bins = 0;
    if (bins > 0) this.#market.bins.taken(bins);
  }
}
