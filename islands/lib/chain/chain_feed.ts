import { type Signal, signal } from "@preact/signals";
import type { LiveCursor } from "../../../modules/tape/contract.ts";
import { type NamedQuery, RowLink, type RowMessage, type Wire, wireOf } from "../socket/mod.ts";
import { ChainStore } from "./chain_store.ts";

/** Rows of the first snapshots; together they stay under what the server holds for a slow reader. */
const SNAPSHOT = { quotes: 1_500, prints: 300, events: 300 } as const;
/** Older pages that a chain starts with, so that contracts quoted seldom are there too. */
const PAGES = 3;
const PAGE_ROWS = 1_000;

/** Life of a chain's data. */
export type ChainState = "loading" | "live" | "offline";

/** Feeds the chain of one underlying from a socket of its own. */
export class ChainFeed {
  readonly store = new ChainStore();
  readonly state: Signal<ChainState> = signal<ChainState>("loading");
  readonly #symbol: string;
  readonly #link: RowLink;
  readonly #abort = new AbortController();
  readonly #paged = new Set<string>();
  readonly #isReplay: boolean;

  constructor(url: string, symbol: string) {
    this.#symbol = symbol;
    // A replay must not show what came after its clock, and the history knows no clock.
    this.#isReplay = url.includes("/ws/replay/");
    this.#link = new RowLink(url, (message) => this.#take(message));
    this.#link.follow(symbol, queries(symbol));
  }

  close(): void {
    this.#abort.abort();
    this.#link.close();
  }

  #take(message: RowMessage): void {
    if (message.kind === "state") {
      if (!message.isOpen) this.state.value = "offline";
      return;
    }
    const { name, rows, isSnapshot, before } = message;
    this.#fill(name, isSnapshot ? rows.toReversed() : rows);
    if (name === "quotes") this.state.value = "live";
    if (!isSnapshot || this.#isReplay || this.#paged.has(name) || before === null) return;
    this.#paged.add(name);
    const channel = name === "quotes" ? "nbbo" : name === "prints" ? "options" : null;
    if (channel !== null) void this.#older(name, channel, before);
  }

  #fill(name: string, rows: readonly Wire[]): void {
    if (name === "quotes") this.store.takeQuotes(rows);
    else if (name === "prints") this.store.takePrints(rows);
    else if (name === "spot") this.store.takeSpot(rows);
    else if (name === "events") this.store.takeEvents(rows);
  }

  /** Fetches older pages. Without them the chain still lives: it then knows fewer contracts. */
  async #older(name: string, channel: string, from: LiveCursor): Promise<void> {
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

function queries(symbol: string): readonly NamedQuery[] {
  const underlying_ids = [symbol];
  return [
    { name: "spot", wire: { channel: "equity-quotes", underlying_ids, snapshot_limit: 1 } },
    { name: "quotes", wire: { channel: "nbbo", underlying_ids, snapshot_limit: SNAPSHOT.quotes } },
    {
      name: "prints",
      wire: {
        channel: "options",
        underlying_ids,
        filters: { view: "raw" },
        snapshot_limit: SNAPSHOT.prints,
      },
    },
    {
      name: "events",
      wire: {
        channel: "smart-money",
        underlying_ids,
        filters: { include_abstained: false },
        snapshot_limit: SNAPSHOT.events,
      },
    },
  ];
}
