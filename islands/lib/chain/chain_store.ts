import { compareCursor, contractTerms } from "../tape/mod.ts";
import { numberOf, textOf, type Wire } from "../socket/mod.ts";
import type { LiveCursor, OptionListing } from "../../../modules/tape/contract.ts";
import { type ChainLeg, type ChainLine, forgetIn, newLeg, quoteLeg } from "./chain_leg.ts";
import { type Instant, SpotTrack } from "./spot_track.ts";

/** Events remembered, so that one is not counted twice; the oldest are forgotten first. */
const EVENT_LIMIT = 5_000;

/** What a chain is put together from, besides its listing. */
export type ChannelName = "spot" | "quotes" | "prints" | "events";

/** A line while it is put together. */
interface OpenLine {
  readonly strike: number;
  call: ChainLeg | null;
  put: ChainLeg | null;
}

/** The option chain of one underlying, put together from its listing, quotes, prints and events as they come. */
export class ChainStore {
  /** Goes up with every change. */
  version = 0;
  /** Time of the oldest print that was counted, epoch ms; 0 before the first. */
  since = 0;
  readonly #legs = new Map<string, ChainLeg>();
  readonly #expiries = new Map<string, Map<number, OpenLine>>();
  readonly #events = new Set<string>();
  readonly #track = new SpotTrack();
  #listing: OptionListing | null = null;
  #quotedAt = 0;
  #newestPrint: LiveCursor | null = null;
  #oldestPrint: LiveCursor | null = null;

  /** Contracts known. */
  get size(): number {
    return this.#legs.size;
  }

  /** Middle of the newest quote of the underlying, USD; null before the first. */
  get spot(): number | null {
    return this.#track.newest;
  }

  /** The one instant that curves are of: that of the newest quote that came, of an option or the underlying. */
  get instant(): Instant {
    return { track: this.#track, ts: Math.max(this.#quotedAt, this.#track.newestTs) };
  }

  /** What the session lists; null before it is known. */
  get listing(): OptionListing | null {
    return this.#listing;
  }

  /** Takes what a session lists: all of it is in the chain from now on, quoted or not. */
  list(listing: OptionListing): void {
    this.#listing = listing;
    for (const leg of this.#legs.values()) leg.openInterest = "new";
    for (const { expiry, strikes, call_open_interest, put_open_interest } of listing.expiries) {
      strikes.forEach((strike, i) => {
        for (const right of ["C", "P"] as const) {
          const leg = this.#leg(`${listing.underlying_id}-${expiry}-${strike}-${right}`);
          const held = right === "C" ? call_open_interest : put_open_interest;
          if (leg !== null) leg.openInterest = held[i] ?? null;
        }
      });
    }
    this.version++;
  }

  /** Forgets what a channel said: its rows begin again, perhaps at an earlier time. */
  forget(name: ChannelName): void {
    if (name === "spot") this.#track.clear();
    if (name === "quotes") this.#quotedAt = 0;
    if (name === "prints") [this.since, this.#newestPrint, this.#oldestPrint] = [0, null, null];
    if (name === "events") this.#events.clear();
    if (name !== "spot") { for (const leg of this.#legs.values()) forgetIn(leg, name); }
    this.version++;
  }

  /** Takes option quotes; one that is older than the quote in force changes nothing. */
  takeQuotes(rows: readonly Wire[]): void {
    for (const row of rows) {
      const leg = this.#leg(textOf(row, "option_contract_id"));
      if (leg === null) continue;
      const ts = numberOf(row, "ts");
      this.#quotedAt = Math.max(this.#quotedAt, ts);
      quoteLeg(leg, {
        ts,
        bid: numberOf(row, "bid"),
        ask: numberOf(row, "ask"),
        bidSize: numberOf(row, "bidSize"),
        askSize: numberOf(row, "askSize"),
        spot: null,
      });
    }
    this.version++;
  }

  /** Takes prints, in either order of time; one that was counted is not counted again. */
  takePrints(rows: readonly Wire[]): void {
    const known = { newest: this.#newestPrint, oldest: this.#oldestPrint };
    for (const row of rows) {
      const at = { ts: numberOf(row, "ts"), seq: numberOf(row, "seq") };
      const isNewer = known.newest === null || compareCursor(at, known.newest) > 0;
      const isOlder = known.oldest === null || compareCursor(at, known.oldest) < 0;
      if (!isNewer && !isOlder) continue;
      if (this.#newestPrint === null || compareCursor(at, this.#newestPrint) > 0) {
        this.#newestPrint = at;
      }
      if (this.#oldestPrint === null || compareCursor(at, this.#oldestPrint) < 0) {
        this.#oldestPrint = at;
        this.since = at.ts;
      }
      this.#print(row, at.ts);
    }
    this.version++;
  }

  /** Takes quotes of the underlying, ascending in time. */
  takeSpot(rows: readonly Wire[]): void {
    for (const row of rows) {
      this.#track.take(numberOf(row, "ts"), (numberOf(row, "bid") + numberOf(row, "ask")) / 2);
    }
    this.version++;
  }

  /** Takes events that named a profile, and marks the contracts of their packets. */
  takeEvents(rows: readonly Wire[]): void {
    for (const row of rows) {
      const id = textOf(row, "event_id");
      const packets = row["packet_ids"];
      if (this.#events.has(id) || !Array.isArray(packets)) continue;
      this.#events.add(id);
      const event = {
        id,
        ts: numberOf(row, "source_ts"),
        profile: String(row["primary_profile_id"] ?? ""),
        direction: String(row["primary_direction"] ?? "unknown"),
      };
      const contracts = new Set(packets.map((packet) => String(packet).split(":")[1] ?? ""));
      for (const contract of contracts) {
        const leg = this.#leg(contract);
        if (leg === null) continue;
        leg.events++;
        if (leg.event === null || leg.event.ts <= event.ts) leg.event = event;
      }
    }
    for (const id of this.#events) {
      if (this.#events.size <= EVENT_LIMIT) break;
      this.#events.delete(id);
    }
    this.version++;
  }

  /** Expiries with a contract, `YYYY-MM-DD`, ascending. */
  expiries(): readonly string[] {
    return [...this.#expiries.keys()].sort();
  }

  /** Strikes of an expiry, ascending: all that are listed, and those that were listed since. */
  lines(expiry: string): readonly ChainLine[] {
    const lines = this.#expiries.get(expiry)?.values() ?? [];
    return [...lines].sort((a, b) => a.strike - b.strike);
  }

  #leg(id: string): ChainLeg | null {
    const known = this.#legs.get(id);
    if (known !== undefined) return known;
    const terms = contractTerms(id);
    if (terms === null) return null; // a structure of several contracts
    const leg = newLeg(id, terms);
    if (this.#listing !== null) leg.openInterest = "new";
    this.#legs.set(id, leg);
    const { expiry, strike, right } = terms;
    let lines = this.#expiries.get(expiry);
    if (lines === undefined) this.#expiries.set(expiry, lines = new Map());
    let line = lines.get(strike);
    if (line === undefined) lines.set(strike, line = { strike, call: null, put: null });
    line[right === "C" ? "call" : "put"] = leg;
    return leg;
  }

  #print(row: Wire, ts: number): void {
    const leg = this.#leg(textOf(row, "option_contract_id"));
    if (leg === null) return;
    leg.volume += numberOf(row, "size");
    const side = String(row["nbbo_side"] ?? "")[0];
    if (side === "A") leg.net += numberOf(row, "notional");
    else if (side === "B") leg.net -= numberOf(row, "notional");
    if (ts >= leg.printTs) {
      leg.printTs = ts;
      leg.printId = textOf(row, "trace_id");
    }
    // A contract that is quoted seldom has its quote of the print at least.
    const { execution_nbbo_bid: bid, execution_nbbo_ask: ask, execution_nbbo_ts: at } = row;
    if (typeof bid !== "number" || typeof ask !== "number" || typeof at !== "number") return;
    const [bidSize, askSize] = [
      row["execution_nbbo_bid_size"],
      row["execution_nbbo_ask_size"],
    ].map(Number);
    const spot = row["execution_underlying_spot"];
    quoteLeg(leg, {
      ts: at,
      bid,
      ask,
      bidSize: bidSize ?? 0,
      askSize: askSize ?? 0,
      spot: typeof spot === "number" ? spot : null,
    });
  }
}
