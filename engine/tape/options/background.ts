import { optionPrice, yearsBetween } from "../../options/mod.ts";
import {
  controlAt,
  type ControlTimeline,
  extend,
  type LatentMarket,
  prefix,
  tag,
  toUnit,
  UNIVERSE,
} from "../../regime/mod.ts";
import type { Load } from "../market_tape_types.ts";
import { ActivityTable } from "./activity_table.ts";
import { DayRange } from "./day_range.ts";
import { BUSY, contractActivity, writeBackgroundRates } from "./background_rate.ts";
import { type Contract, type ContractCache, daysToEvent } from "./_contract.ts";
import { surfaceVolatility } from "../surface/mod.ts";
import { poisson } from "../poisson.ts";
import { legsOf } from "./background_legs.ts";
import { drawOrder, MEAN_PRINTS, packetKind, type PricedLeg } from "./background_packet.ts";
import type { BackgroundPacket } from "./background_types.ts";
import type { ParentIndex } from "./pressure.ts";
import { blockStart } from "./quote_grid.ts";

/** The state of the market is read so long before a packet, so that packets are known ahead of time. */
const STATE_LAG_MS = 10_000;
/** No two packets of a contract start within this time: the clusterer would add them up. */
const APART_MS = 8_000;
/** A packet keeps this far from a parent on the same contract. */
const PARENT_MARGIN_MS = 12_000;
/** So many stale-quote prints are in contracts that makers do not quote; all others trade what is quoted. */
const UNQUOTED_SHARE = 0.1;
const REDRAWS = 6;
const KEPT_SECONDS = 32;

const NOISE = tag("noise");
const CONTRACTS = tag("noise.contract");

interface SecondOfPackets {
  second: number;
  proposals: readonly BackgroundPacket[];
  accepted: readonly BackgroundPacket[] | null;
}

/** What the background is made from. */
export interface BackgroundInputs {
  readonly market: LatentMarket;
  readonly timeline: ControlTimeline;
  readonly load: Load;
  readonly cache: ContractCache;
  readonly parents: ParentIndex;
}

/**
 * The part of the tape that nobody labelled: a Poisson stream per contract with busy and quiet stretches.
 * Packets of a second are a pure function of the second. Method: docs/methods/option-quotes.md, "Background".
 */
export class Background {
  readonly #inputs: BackgroundInputs;
  readonly #rates = new Float64Array(UNIVERSE.length);
  readonly #range: DayRange;
  readonly #tables: { block: number; table: ActivityTable }[] = [];
  readonly #ring: SecondOfPackets[] = [];

  constructor(inputs: BackgroundInputs) {
    this.#inputs = inputs;
    this.#range = new DayRange(inputs.market);
  }

  /** Forgets the packets that it holds, and with them their contracts. */
  clear(): void {
    this.#ring.length = 0;
  }

  /** Packets that start in the second at `secondMs`, in order of symbol. Parents to 13 s after it must be known. */
  packets(secondMs: number): readonly BackgroundPacket[] {
    const entry = this.#entry(secondMs);
    if (entry.accepted !== null) return entry.accepted;
    const accepted = entry.proposals.filter((packet) => this.#isFree(packet, entry));
    entry.accepted = accepted;
    return accepted;
  }

  /** Activity of a symbol in the block of time that an instant lies in. */
  table(symbol: number, tsMs: number): ActivityTable {
    const block = blockStart(symbol, tsMs);
    const known = this.#tables[symbol];
    if (known?.block === block) return known.table;
    const { market, cache } = this.#inputs;
    const at = this.#stateTs(block);
    const table = new ActivityTable(cache, {
      symbol,
      tsMs: block,
      spot: market.basePrice(symbol, at),
      volatilityLevel: market.levelsAt(at).volatility,
      regime: market.regimeAt(at),
      today: this.#range.at(symbol, at),
      openTs: market.session.openTs,
    });
    this.#tables[symbol] = { block, table };
    return table;
  }

  #stateTs(tsMs: number): number {
    return Math.max(this.#inputs.market.session.openTs, tsMs - STATE_LAG_MS);
  }

  /** An order is made when each of its legs can be. */
  #isFree(packet: BackgroundPacket, own: SecondOfPackets): boolean {
    return packet.order === null
      ? this.#isAlone(packet, own)
      : packet.order.every((leg) => this.#isAlone(leg, own));
  }

  #isAlone(packet: BackgroundPacket, own: SecondOfPackets): boolean {
    const { key } = packet.contract;
    if (this.#inputs.parents.tradesNear(key, packet.ts, PARENT_MARGIN_MS)) return false;
    for (let back = 0; back * 1_000 <= APART_MS; back++) {
      const entry = back === 0 ? own : this.#entry(own.second - back * 1_000);
      for (const other of entry.proposals) {
        if (other === packet) break;
        if (other.contract.key === key && packet.ts - other.ts < APART_MS) return false;
      }
    }
    return true;
  }

  #entry(secondMs: number): SecondOfPackets {
    const slot = Math.floor(secondMs / 1_000) % KEPT_SECONDS;
    const known = this.#ring[slot];
    if (known?.second === secondMs) return known;
    const made = { second: secondMs, proposals: this.#propose(secondMs), accepted: null };
    this.#ring[slot] = made;
    return made;
  }

  #propose(secondMs: number): readonly BackgroundPacket[] {
    const { market, timeline, load } = this.#inputs;
    const { openTs, closeTs, id } = market.session;
    if (secondMs < openTs || secondMs >= closeTs) return [];
    const stateTs = this.#stateTs(secondMs);
    const control = controlAt(timeline, stateTs);
    writeBackgroundRates(this.#rates, { market, control, load }, secondMs, stateTs);
    const second = prefix(control.shared_seed, NOISE, id, (secondMs - openTs) / 1_000);
    const busy = prefix(control.shared_seed, CONTRACTS, id);
    const found: BackgroundPacket[] = [];
    for (let symbol = 0; symbol < UNIVERSE.length; symbol++) {
      const draws = extend(second, symbol);
      // Draws are thinned by each contract's own busy stretches, so more are made.
      const count = poisson((this.#rates[symbol] ?? 0) / MEAN_PRINTS * BUSY, toUnit(draws));
      for (let i = 0; i < count; i++) {
        this.#addOrder(symbol, secondMs, stateTs, extend(draws, i + 1), busy, found);
      }
    }
    return found;
  }

  #addOrder(
    symbol: number,
    secondMs: number,
    stateTs: number,
    draws: number,
    busy: number,
    found: BackgroundPacket[],
  ): void {
    const { market, cache } = this.#inputs;
    const { session } = market;
    const table = this.table(symbol, secondMs);
    const kind = packetKind(draws);
    const amongQuoted = kind !== "stale_quote_noise" || toUnit(extend(draws, 98)) >= UNQUOTED_SHARE;
    const priced = this.#pricer(symbol, secondMs, stateTs);
    for (let redraw = 0; redraw < REDRAWS; redraw++) {
      const pick = table.pick(toUnit(extend(draws, 100 + redraw)), amongQuoted);
      const contract = table.contract(cache, pick, secondMs);
      if (contract === null) return;
      const activity = contractActivity(extend(busy, contract.key), secondMs);
      if (redraw === 0 && toUnit(extend(draws, 99)) * BUSY >= activity) return;
      const legs = legsOf(kind, pick, table, draws);
      if (legs === null) continue;
      const contracts = legs.numbers.map((number) => table.contract(cache, number, secondMs));
      const order = drawOrder(
        contracts.flatMap((leg) => leg === null ? [] : [priced(leg)]),
        { kind, isTied: legs.isTied, session, secondMs, draws },
      );
      if (order === null) continue;
      found.push(...order);
      return;
    }
  }

  /** What a contract is worth by the model in a second, with the state of the market a little before. */
  #pricer(symbol: number, secondMs: number, stateTs: number): (contract: Contract) => PricedLeg {
    const { market } = this.#inputs;
    const spot = market.basePrice(symbol, stateTs);
    const { volatility: volatilityLevel } = market.levelsAt(stateTs);
    const eventDays = daysToEvent(market.events, symbol, stateTs);
    return (contract) => {
      const { strike, right, expiry } = contract;
      const years = yearsBetween(secondMs, expiry.closeMs);
      const iv = surfaceVolatility({ symbol, volatilityLevel, spot, strike, years, eventDays });
      return { contract, price: optionPrice(right, spot, strike, years, iv) };
    };
  }
}
