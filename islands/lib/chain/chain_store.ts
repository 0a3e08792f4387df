import { compareCursor, contractTerms, type TapeContract } from "../tape/mod.ts";
import { numberOf, textOf, type Wire } from "../socket/mod.ts";
import type { LiveCursor } from "../../../modules/tape/contract.ts";

/** Events remembered, so that one is not counted twice; the oldest are forgotten first. */
const EVENT_LIMIT = 5_000;
/** A quote of the underlying this close in time stands for it at an option's quote, ms. */
const SPOT_REACH_MS = 3_000;

/** The newest event that a contract took part in. */
export interface LegEvent {
  readonly id: string;
  readonly ts: number;
  readonly profile: string;
  readonly direction: string;
}

/** What is known of one contract. */
export interface ChainLeg {
  readonly id: string;
  readonly terms: TapeContract;
  /** USD; null before the first quote. */
  bid: number | null;
  ask: number | null;
  bidSize: number;
  askSize: number;
  /** When the quote was made, epoch ms; 0 before the first. */
  quotedAt: number;
  /** Underlying at the time of the quote, USD; null when it is not known. */
  quotedSpot: number | null;
  /** Contracts printed, as far back as the rows go. */
  volume: number;
  /** Premium bought less premium sold, USD; what traded inside the quote counts on neither side. */
  net: number;
  /** Newest print: its id and time. */
  printId: string;
  printTs: number;
  /** Events of smart money that it was part of. */
  events: number;
  event: LegEvent | null;
}

/** One strike of an expiry. */
export interface ChainLine {
  readonly strike: number;
  readonly call: ChainLeg | null;
  readonly put: ChainLeg | null;
}

/** The option chain of one underlying, put together from quotes, prints and events as they come. */
export class ChainStore {
  /** Goes up with every change. */
  version = 0;
  /** Middle of the newest quote of the underlying, USD; null before the first. */
  spot: number | null = null;
  /** Time of the oldest print that was counted, epoch ms; 0 before the first. */
  since = 0;
  readonly #legs = new Map<string, ChainLeg>();
  readonly #events = new Set<string>();
  #spotAt = 0;
  #newestPrint: LiveCursor | null = null;
  #oldestPrint: LiveCursor | null = null;

  /** Contracts known. */
  get size(): number {
    return this.#legs.size;
  }

  /** Takes option quotes; one that is older than the quote in force changes nothing. */
  takeQuotes(rows: readonly Wire[]): void {
    for (const row of rows) {
      const leg = this.#leg(textOf(row, "option_contract_id"));
      if (leg === null) continue;
      const ts = numberOf(row, "ts");
      const isOfNow = Math.abs(ts - this.#spotAt) <= SPOT_REACH_MS;
      quote(leg, ts, isOfNow ? this.spot : null, numberOf(row, "bid"), numberOf(row, "ask"), [
        numberOf(row, "bidSize"),
        numberOf(row, "askSize"),
      ]);
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

  /** Takes quotes of the underlying. */
  takeSpot(rows: readonly Wire[]): void {
    for (const row of rows) {
      const ts = numberOf(row, "ts");
      if (ts < this.#spotAt) continue;
      this.#spotAt = ts;
      this.spot = (numberOf(row, "bid") + numberOf(row, "ask")) / 2;
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
    return [...new Set([...this.#legs.values()].map(({ terms }) => terms.expiry))].sort();
  }

  /** Strikes of an expiry, ascending. */
  lines(expiry: string): readonly ChainLine[] {
    const strikes = new Map<number, { call: ChainLeg | null; put: ChainLeg | null }>();
    for (const leg of this.#legs.values()) {
      if (leg.terms.expiry !== expiry) continue;
      const line = strikes.get(leg.terms.strike) ?? { call: null, put: null };
      line[leg.terms.right === "C" ? "call" : "put"] = leg;
      strikes.set(leg.terms.strike, line);
    }
    return [...strikes].sort(([a], [b]) => a - b).map(([strike, line]) => ({ strike, ...line }));
  }

  #leg(id: string): ChainLeg | null {
    const known = this.#legs.get(id);
    if (known !== undefined) return known;
    const terms = contractTerms(id);
    if (terms === null) return null; // a structure of several contracts
    const leg: ChainLeg = {
      id,
      terms,
      bid: null,
      ask: null,
      bidSize: 0,
      askSize: 0,
      quotedAt: 0,
      quotedSpot: null,
      volume: 0,
      net: 0,
      printId: "",
      printTs: 0,
      events: 0,
      event: null,
    };
    this.#legs.set(id, leg);
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
    const sizes = [row["execution_nbbo_bid_size"], row["execution_nbbo_ask_size"]].map(Number);
    const spot = row["execution_underlying_spot"];
    quote(leg, at, typeof spot === "number" ? spot : null, bid, ask, [
      sizes[0] ?? 0,
      sizes[1] ?? 0,
    ]);
  }
}

function quote(
  leg: ChainLeg,
  ts: number,
  spot: number | null,
  bid: number,
  ask: number,
  sizes: readonly [number, number],
): void {
  if (ts < leg.quotedAt) return;
  // The same quote seen again, with a print of its time, says where the underlying stood.
  leg.quotedSpot = ts === leg.quotedAt ? spot ?? leg.quotedSpot : spot;
  leg.quotedAt = ts;
  leg.bid = bid;
  leg.ask = ask;
  [leg.bidSize, leg.askSize] = sizes;
}
