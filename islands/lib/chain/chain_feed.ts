import { type Signal, signal } from "@preact/signals";
import type { LiveCursor, OptionListing } from "../../../modules/tape/contract.ts";
import { type SessionClock, SessionReader } from "../clock/mod.ts";
import { type LiveLink } from "../link/mod.ts";
import { type LinkItem, type Wire, wireOf } from "../socket/mod.ts";
import { ChainStore, type ChannelName } from "./chain_store.ts";

/** Rows of the first snapshots; together they stay under what the server holds for a slow reader. */
const SNAPSHOT = { spot: 500, quotes: 1_500, prints: 300, events: 300 } as const;
/** Older pages that a chain starts with, so that contracts quoted seldom are there too. */
const PAGES = 3;
const PAGE_ROWS = 1_000;

/** Life of a chain's data. */
export type ChainState = "loading" | "live" | "offline";

/** Feeds the chain of one underlying. */
export class ChainFeed {
  readonly store = new ChainStore();
  readonly state: Signal<ChainState> = signal<ChainState>("loading");
  readonly #symbol: string;
  readonly #ends: readonly (() => void)[];
  readonly #abort = new AbortController();
  readonly #paged = new Set<string>();
  readonly #isReplay: boolean;
  readonly #listing: SessionReader<OptionListing>;
  #hasQuotes = false;

  /** @param clock What the link follows: in a replay nothing may be shown that came after it. */
  constructor(link: LiveLink, symbol: string, clock: SessionClock) {
    this.#symbol = symbol;
    this.#isReplay = clock.mode.peek() === "replay";
    this.#listing = new SessionReader<OptionListing>(
      `/v1/options/listing?${new URLSearchParams({ symbol })}`,
      () => clock.now(),
      (listing) => this.store.list(listing),
    );
    this.#listing.follow();
    const read = ({ name, wire, snapshot }: ChainChannel) => {
      const query = { key: `chain:${name}:${symbol}`, wire, snapshot, isProjected: false };
      return link.subscribe(query, (items) => items.forEach((item) => this.#take(name, item)));
    };
    const unwatch = link.state.subscribe((state) => {
      const isGone = state.kind === "reconnecting" || state.kind === "refused";
      this.state.value = isGone ? "offline" : this.#hasQuotes ? "live" : "loading";
    });
    this.#ends = [...channels(symbol).map(read), unwatch];
  }

  close(): void {
    this.#abort.abort();
    this.#listing.close();
    for (const end of this.#ends) end();
  }

  #take(name: ChannelName, item: LinkItem): void {
    if (item.kind === "gap") return;
    // A replay sends a snapshot again when its clock jumps, perhaps back.
    if (item.kind === "snapshot" && this.#isReplay) this.store.forget(name);
    this.#listing.follow();
    this.#fill(name, item.rows as readonly Wire[]);
    if (name === "quotes") {
      this.#hasQuotes = true;
      this.state.value = "live";
    }
    // The history knows no clock.
    if (item.kind !== "snapshot" || this.#isReplay || this.#paged.has(name)) return;
    if (item.nextBefore === null) return;
    this.#paged.add(name);
    const channel = name === "quotes" ? "nbbo" : name === "prints" ? "options" : null;
    if (channel !== null) void this.#older(name, channel, item.nextBefore);
  }

  #fill(name: ChannelName, rows: readonly Wire[]): void {
    if (name === "quotes") this.store.takeQuotes(rows);
    else if (name === "prints") this.store.takePrints(rows);
    else if (name === "spot") this.store.takeSpot(rows);
    else if (name === "events") this.store.takeEvents(rows);
  }

  /** Fetches older pages. Without them the chain still lives: it then knows fewer contracts. */
  async #older(name: ChannelName, channel: string, from: LiveCursor): Promise<void> {
    let before: LiveCursor | null = from;
    for (let page = 0; page < PAGES && before !== null; page++) {
      const query = new URLSearchParams({
        underlying_id: this.#symbol,
        before_ts: `${before.ts}`,
        before_seq: `${before.seq}`,
        limit: `${PAGE_ROWS}`,
        ...(channel === "options" ? { view: "raw" } : {}),
      });
      before = null;
      try {
        const response = await fetch(`/history/${channel}?${query}`, {
          signal: this.#abort.signal,
        });
        if (!response.ok) return;
        const body = wireOf(await response.json(), "body");
        if (!Array.isArray(body["data"])) return;
        this.#fill(name, body["data"].map((row) => wireOf(row, "row")).toReversed());
        const next = body["next_before"];
        if (next !== null && next !== undefined) {
          before = wireOf(next, "next") as unknown as LiveCursor;
        }
      } catch (cause) {
        if (this.#abort.signal.aborted) return;
        console.warn("The chain goes without its older rows", cause);
      }
    }
  }
}

interface ChainChannel {
  readonly name: ChannelName;
  readonly wire: Wire;
  readonly snapshot: number;
}

function channels(symbol: string): readonly ChainChannel[] {
  const underlying_ids = [symbol];
  return [
    {
      name: "spot",
      wire: { channel: "equity-quotes", underlying_ids },
      snapshot: SNAPSHOT.spot,
    },
    { name: "quotes", wire: { channel: "nbbo", underlying_ids }, snapshot: SNAPSHOT.quotes },
    {
      name: "prints",
      wire: { channel: "options", underlying_ids, filters: { view: "raw" } },
      snapshot: SNAPSHOT.prints,
    },
    {
      name: "events",
      wire: { channel: "smart-money", underlying_ids, filters: { include_abstained: false } },
      snapshot: SNAPSHOT.events,
    },
  ];
}
