import type { OptionNbbo, RawOptionPrint } from "../../frames/mod.ts";
import {
  controlAt,
  type ControlTimeline,
  extend,
  mix,
  tag,
  toUnit,
  u01,
  UNIVERSE,
} from "../../regime/mod.ts";
import type { Load, ParentSchedule, UnderlyingPath } from "../market_tape_types.ts";
import type { Parent, Placement } from "../parent.ts";
import { type Contract, ContractCache } from "./_contract.ts";
import { type Label, LabelMemory } from "./_label_memory.ts";
import { modelQuote, quoteAt, quoteSecond } from "./_quote_updates.ts";
import { Background } from "./background.ts";
import type { BackgroundPacket } from "./background_types.ts";
import { LOAD_FACTOR } from "../load.ts";
import { ParentIndex } from "./pressure.ts";
import { printCents } from "./print_price.ts";
import { QuoteModel } from "./quote_model.ts";

/** Room for records of one second in a stream's numbering. */
const SEQ_PER_SECOND = 8_192;
/** A contract quotes fast from so long before its first print to so long after its last. */
const LEAD_MS = 6_000;
const TAIL_MS = 2_000;
const PARENT_TAIL_MS = 8_000;
const LONGEST_PACKET_MS = 6_000;
const LONGEST_PARENT_MS = 10_000;
/** Parents must be known so far ahead of the second that is made. */
const PARENTS_AHEAD_MS = 20_000;
/** Nothing in a second depends on more of the seconds before it than this. */
const WARM_UP_MS = 4_000;
/** A print is priced from a quote that a reader still trusts, else from the model. */
const TRUSTED_MS = 1_500;
/** Contracts that quote whether or not they trade, at steady load, and how they refresh. */
const WATCHED = 70;
const WATCH_BLOCK_MS = 60_000;
const SLOWEST_REFRESH = 0.05;
const REFRESH_RANGE = 0.2;
const FORCED_LEAD_MS = 1_600;
const FORCED_RANGE_MS = 2_400;
const EDGE_MS = 60_000;
const EDGE_SHARE = 0.12;

const EDGE = tag("noise.edge");
const OPENING: readonly string[] = ["OPENING"];
const CLOSING: readonly string[] = ["CLOSING"];

/** Lists that one second is written to, in order of (ts, seq). */
export interface OptionsOutput {
  readonly quotes: OptionNbbo[];
  readonly prints: RawOptionPrint[];
}

interface QuoteDraft {
  readonly contract: Contract;
  readonly update: number;
}

interface PrintDraft {
  readonly ts: number;
  readonly contract: Contract;
  readonly placement: Placement;
  /** +1: a mid print leans to the ask. */
  readonly toward: 1 | -1;
  readonly size: number;
  /** Lots of the whole packet and premium that they may not pass, USD. */
  readonly lots: number;
  readonly capUsd: number;
  readonly venue: string;
  readonly conditions: readonly string[];
  readonly label: Label;
}

/**
 * Option quotes and prints of one session, a second at a time. What a second holds is a pure function of the
 * session, the control timeline and the second. Method: docs/methods/option-quotes.md.
 */
export class OptionsTape {
  readonly #path: UnderlyingPath;
  readonly #schedule: ParentSchedule;
  readonly #load: Load;
  readonly #cache: ContractCache;
  readonly #parents: ParentIndex;
  readonly #background: Background;
  readonly #model: QuoteModel;
  readonly #labels: LabelMemory;
  readonly #active: Contract[] = [];
  #watched: readonly { contract: Contract; refresh: number }[] = [];
  #watchedOf = -1;
  #next = -1;

  /**
   * @param timeline The whole control timeline that `path.market` was made from.
   * @param labels Where labels go; give the same again to a tape that takes over from another.
   */
  constructor(
    path: UnderlyingPath,
    schedule: ParentSchedule,
    load: Load,
    timeline: ControlTimeline,
    labels: LabelMemory = new LabelMemory(),
  ) {
    this.#path = path;
    this.#labels = labels;
    this.#schedule = schedule;
    this.#load = load;
    const { market } = path;
    this.#cache = new ContractCache(
      market.session,
      (tsMs) => controlAt(timeline, tsMs).shared_seed,
    );
    this.#parents = new ParentIndex(schedule);
    this.#background = new Background({
      market,
      timeline,
      load,
      cache: this.#cache,
      parents: this.#parents,
    });
    this.#model = new QuoteModel(path, this.#parents);
  }

  /**
   * Replaces the contents of `out` by the records of one second.
   *
   * @param secondTs Epoch ms of a whole second inside the session.
   */
  second(secondTs: number, out: OptionsOutput): void {
    if (secondTs !== this.#next) this.#warmUp(secondTs);
    out.quotes.length = 0;
    out.prints.length = 0;
    this.#step(secondTs, out);
    this.#next = secondTs + 1_000;
  }

  /** What the generator meant by a print of the last hour, by its trace id. For tests and label files. */
  label(traceId: string): Label | null {
    return this.#labels.get(traceId);
  }

  /** Contracts held in memory. */
  get contractCount(): number {
    return this.#cache.size;
  }

  #warmUp(secondTs: number): void {
    const { openTs } = this.#path.market.session;
    const from = Math.max(openTs, secondTs - WARM_UP_MS);
    this.#schedule.extendTo(secondTs + PARENTS_AHEAD_MS);
    this.#parents.reset(from);
    for (let ts = from; ts < secondTs; ts += 1_000) this.#step(ts, null);
  }

  #step(secondMs: number, out: OptionsOutput | null): void {
    this.#schedule.extendTo(secondMs + PARENTS_AHEAD_MS);
    this.#parents.advance(secondMs, secondMs + PARENTS_AHEAD_MS);
    this.#cache.sweep(secondMs);
    this.#watch(secondMs);
    const prints: PrintDraft[] = [];
    this.#active.length = 0;
    this.#scanParents(secondMs, prints);
    this.#scanBackground(secondMs, prints);
    const hot = this.#active.length;
    for (let i = 0; i < hot; i++) {
      const contract = this.#active[i];
      if (contract !== undefined) quoteSecond(this.#model, contract, secondMs, HOT);
    }
    for (const watched of this.#watched) {
      const { contract } = watched;
      if (contract.hotAt === secondMs) continue;
      contract.usedAt = secondMs;
      quoteSecond(this.#model, contract, secondMs, { hot: false, refresh: watched.refresh });
      if (contract.updates.length > 0) this.#active.push(contract);
    }
    if (out === null) return;
    this.#emitQuotes(secondMs, out);
    this.#emitPrints(secondMs, prints, out);
  }

  /** Chooses the contracts that quote in any case, anew every minute. */
  #watch(secondMs: number): void {
    const block = Math.floor(secondMs / WATCH_BLOCK_MS);
    if (block === this.#watchedOf) return;
    this.#watchedOf = block;
    let total = 0;
    for (const { optionWeight } of UNIVERSE) total += optionWeight;
    const watched: { contract: Contract; refresh: number }[] = [];
    UNIVERSE.forEach(({ optionWeight }, symbol) => {
      const wanted = WATCHED * LOAD_FACTOR[this.#load] * optionWeight / total;
      const table = this.#background.table(symbol, secondMs);
      const picks = table.busiest(Math.max(2, 2 * Math.round(wanted / 2)));
      picks.forEach((pick, rank) => {
        const contract = table.contract(this.#cache, pick, secondMs);
        if (contract === null) return;
        const refresh = SLOWEST_REFRESH + REFRESH_RANGE * (1 - rank / picks.length);
        watched.push({ contract, refresh });
      });
    });
    this.#watched = watched;
  }

  #heat(contract: Contract, secondMs: number): void {
    contract.usedAt = secondMs;
    if (contract.hotAt === secondMs) return;
    contract.hotAt = secondMs;
    this.#active.push(contract);
  }

  #scanParents(secondMs: number, prints: PrintDraft[]): void {
    const { parents } = this.#schedule;
    const until = secondMs + 1_000 + LEAD_MS;
    const from = secondMs - PARENT_TAIL_MS - LONGEST_PARENT_MS;
    let first = parents.length;
    while (first > 0 && (parents[first - 1]?.ts ?? 0) >= from) first--;
    for (let i = first; i < parents.length; i++) {
      const parent = parents[i];
      if (parent === undefined || parent.ts >= until) continue;
      this.#scanParent(parent, secondMs, prints);
    }
  }

  #scanParent(parent: Parent, secondMs: number, prints: PrintDraft[]): void {
    const last = parent.prints.at(-1)?.ts ?? parent.ts;
    if (secondMs > last + PARENT_TAIL_MS) return;
    const contracts = parent.legs.map(({ expiry, strike, right }) => {
      const listed = this.#cache.expiry(expiry);
      const contract = this.#cache.get(parent.symbol, listed, strike, right, secondMs);
      this.#heat(contract, secondMs);
      return contract;
    });
    for (const plan of parent.prints) {
      if (plan.ts < secondMs || plan.ts >= secondMs + 1_000) continue;
      const contract = contracts[plan.leg];
      if (contract === undefined) continue;
      prints.push({
        ts: plan.ts,
        contract,
        placement: plan.placement,
        toward: parent.legs[plan.leg]?.side ?? 1,
        size: plan.size,
        lots: plan.size,
        capUsd: Infinity,
        venue: plan.venue,
        conditions: plan.conditions,
        label: parent,
      });
    }
  }

  #scanBackground(secondMs: number, prints: PrintDraft[]): void {
    for (let back = LONGEST_PACKET_MS + TAIL_MS; back >= -LEAD_MS; back -= 1_000) {
      for (const packet of this.#background.packets(secondMs - back)) {
        if (secondMs > packet.lastTs + TAIL_MS) continue;
        this.#heat(packet.contract, secondMs);
        if (packet.forced !== null) force(packet, packet.forced);
        if (packet.lastTs >= secondMs && packet.ts < secondMs + 1_000) {
          this.#packetPrints(packet, secondMs, prints);
        }
      }
    }
  }

  #packetPrints(packet: BackgroundPacket, secondMs: number, prints: PrintDraft[]): void {
    const { contract, lots, capUsd, kind } = packet;
    packet.prints.forEach((print, i) => {
      if (print.ts < secondMs || print.ts >= secondMs + 1_000) return;
      prints.push({
        ts: print.ts,
        contract,
        placement: print.placement,
        toward: toUnit(extend(extend(contract.draws, print.ts), i)) < 0.5 ? 1 : -1,
        size: print.size,
        lots,
        capUsd,
        venue: print.venue,
        conditions: this.#edgeConditions(print.ts, contract.key) ?? print.conditions,
        label: { slot: -1, family: "neutral_noise", subtype: kind, direction: 0 },
      });
    });
  }

  /** OPENING and CLOSING mark some prints of the first and last minute. */
  #edgeConditions(ts: number, key: number): readonly string[] | null {
    const { openTs, closeTs } = this.#path.market.session;
    const codes = ts < openTs + EDGE_MS ? OPENING : ts >= closeTs - EDGE_MS ? CLOSING : null;
    return codes !== null && u01(EDGE, ts / 1_000, ts % 1_000, key) < EDGE_SHARE ? codes : null;
  }

  #emitQuotes(secondMs: number, out: OptionsOutput): void {
    const drafts: QuoteDraft[] = [];
    for (const contract of this.#active) {
      for (let i = 0; i < contract.updates.length; i++) drafts.push({ contract, update: i });
    }
    const time = ({ contract, update }: QuoteDraft) => contract.updates[update]?.ts ?? 0;
    drafts.sort((a, b) => time(a) - time(b) || a.contract.key - b.contract.key);
    const { id, openTs } = this.#path.market.session;
    let seq = (secondMs - openTs) / 1_000 * SEQ_PER_SECOND;
    for (const { contract, update } of drafts) {
      const quote = contract.updates[update];
      if (quote === undefined) continue;
      const { ts } = quote;
      out.quotes.push({
        source_ts: ts,
        ingest_ts: ts,
        seq,
        trace_id: `syn-nb-${id}-${seq.toString(36)}`,
        ts,
        option_contract_id: contract.id,
        bid: quote.bid / 100,
        ask: quote.ask / 100,
        bidSize: quote.bidSize,
        askSize: quote.askSize,
      });
      seq++;
    }
  }

  #emitPrints(secondMs: number, prints: PrintDraft[], out: OptionsOutput): void {
    const { id, openTs } = this.#path.market.session;
    let seq = (secondMs - openTs) / 1_000 * SEQ_PER_SECOND;
    // A stable sort: prints of one instant keep the order of their parents and packets.
    prints.sort((a, b) => a.ts - b.ts);
    this.#labels.forgetBefore(secondMs);
    for (const print of prints) {
      const { contract, ts, placement, toward } = print;
      const quote = quoteAt(contract, ts, TRUSTED_MS);
      const { bid, ask } = quote !== null && quote.bid > 0 ? quote : modelQuote(contract, 1);
      const cents = printCents(placement, bid, ask, toward);
      const size = Math.min(
        print.size,
        Math.floor(print.size * print.capUsd / (print.lots * cents)),
      );
      if (size < 1) continue;
      const trace = `syn-op-${id}-${seq.toString(36)}`;
      out.prints.push({
        source_ts: ts,
        ingest_ts: ts,
        seq,
        trace_id: trace,
        ts,
        option_contract_id: contract.id,
        price: cents / 100,
        size,
        exchange: print.venue,
        conditions: print.conditions,
        execution_iv: Math.round(this.#model.volatilityAt(contract, ts) * 1e6) / 1e6,
        execution_iv_source: "synthetic_pressure_model",
      });
      this.#labels.add(trace, ts, print.label);
      seq++;
    }
  }
}

const HOT = { hot: true } as const;

/** Holds the contract's quote in a state from 1.6 to 4 s before the packet until half a second after it. */
function force(packet: BackgroundPacket, state: "stale" | "missing"): void {
  const { contract, ts, lastTs } = packet;
  const lead = FORCED_LEAD_MS + mix(contract.key, ts) % FORCED_RANGE_MS;
  contract.forcedFrom = ts - lead;
  contract.forcedUntil = lastTs + 500;
  contract.forcedState = state === "stale" ? 2 : 3;
}
