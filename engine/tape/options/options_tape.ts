import type { OptionNbbo, RawOptionPrint } from "../../frames/mod.ts";
import { controlAt, type ControlTimeline, extend, toUnit } from "../../regime/mod.ts";
import type { Load, ParentSchedule, UnderlyingPath } from "../market_tape_types.ts";
import { QUOTE_STATE } from "../surface/mod.ts";
import { type Contract, ContractCache, type QuoteUpdate } from "./_contract.ts";
import { type Label, LabelMemory } from "./_label_memory.ts";
import { MomentQueue } from "./_moment_queue.ts";
import { type PrintDraft, PrintDrafts } from "./_print_drafts.ts";
import { modelQuote, quoteIn, stateAt } from "./_quote_updates.ts";
import { Background } from "./background.ts";
import { ParentIndex } from "./pressure.ts";
import { printCents } from "./print_price.ts";
import { type Moment, momentsBetween, QuoteGrid } from "./quote_grid.ts";
import { QuoteModel } from "./quote_model.ts";

/** Room for records of one second in a stream's numbering. */
const SEQ_PER_SECOND = 8_192;
/** Parents must be known so far ahead of the second that is made. */
const PARENTS_AHEAD_MS = 20_000;
/** A print is priced from a quote that a reader still trusts, else from the model. */
const TRUSTED_MS = 30_000;
/** A print after so long without one wakes its contract's makers. */
const WAKING_MS = 10_000;
/** They answer within this, when no quote of their own stands. */
const ANSWER_MS = 25;
/** And then keep a quote up for so long, with one moment in each cell. */
const AWAKE_MS = 60_000;
const AWAKE_CELL_MS = 8_000;
/** A locked quote is put right after so long at least, and at most twice that and a half. */
const LOCKED_MS = 160;
const LOCKED_RANGE_MS = 240;
/** A print's quote may be 30 s old, and whether it was an answer depends on the quotes of 30 s before it. */
const QUOTES_BACK_MS = 2 * TRUSTED_MS;
/** Makers were awake then by the prints of a minute before, which were first ones by those of 10 s before. */
const WARM_UP_MS = QUOTES_BACK_MS + AWAKE_MS + WAKING_MS;

const ANSWER = 0xa45e;

/** Lists that one second is written to, in order of (ts, seq). */
export interface OptionsOutput {
  readonly quotes: OptionNbbo[];
  readonly prints: RawOptionPrint[];
}

/** Where a second goes, null when nobody reads it, and the numbers that its records get. */
interface Writing {
  readonly out: OptionsOutput | null;
  quoteSeq: number;
  printSeq: number;
}

/**
 * Option quotes and prints of one session, a second at a time. What a second holds is a pure function of the
 * session, the control timeline and the second. Quotes depend on what happened before them, never on a print
 * to come. Method: docs/methods/option-quotes.md.
 */
export class OptionsTape {
  readonly #path: UnderlyingPath;
  readonly #schedule: ParentSchedule;
  readonly #cache: ContractCache;
  readonly #parents: ParentIndex;
  readonly #background: Background;
  readonly #prints: PrintDrafts;
  readonly #grid: QuoteGrid;
  readonly #model: QuoteModel;
  readonly #labels: LabelMemory;
  /** Moments that something earlier brought about. */
  readonly #answers = new MomentQueue();
  /** Contracts off the grid that traded within the last minute. */
  readonly #awake = new Set<Contract>();
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
    const { market } = path;
    const seedAt = (tsMs: number) => controlAt(timeline, tsMs).shared_seed;
    const cache = this.#cache = new ContractCache(market.session, seedAt);
    this.#parents = new ParentIndex(schedule);
    const background = this.#background = new Background({
      market,
      timeline,
      load,
      cache,
      parents: this.#parents,
    });
    this.#prints = new PrintDrafts(schedule, cache, background);
    this.#grid = new QuoteGrid({
      load,
      cache,
      sessionId: market.session.id,
      seed: seedAt(market.session.openTs),
      table: (symbol, tsMs) => background.table(symbol, tsMs),
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
    this.#cache.clear();
    this.#background.clear();
    this.#grid.clear();
    this.#answers.clear();
    this.#awake.clear();
    for (let ts = from; ts < secondTs; ts += 1_000) {
      this.#step(ts, null, ts >= secondTs - QUOTES_BACK_MS);
    }
  }

  /** @param isQuoted Whether quotes of so early a second can still matter. */
  #step(secondMs: number, out: OptionsOutput | null, isQuoted = true): void {
    this.#schedule.extendTo(secondMs + PARENTS_AHEAD_MS);
    this.#parents.advance(secondMs, secondMs + PARENTS_AHEAD_MS);
    this.#cache.sweep(secondMs);
    const moments: Moment[] = [];
    this.#grid.second(secondMs, moments);
    this.#addAwake(secondMs, moments);
    if (!isQuoted) moments.length = 0;
    moments.sort(byTime);
    const prints = this.#prints.second(secondMs);
    const first = (secondMs - this.#path.market.session.openTs) / 1_000 * SEQ_PER_SECOND;
    this.#play(secondMs, moments, prints, {
      out,
      quoteSeq: first,
      printSeq: first,
    });
    if (out !== null) this.#labels.forgetBefore(secondMs);
  }

  /** Plays quotes and prints of a second in order of time; at one instant quotes go first. */
  #play(
    secondMs: number,
    moments: readonly Moment[],
    prints: readonly PrintDraft[],
    writing: Writing,
  ): void {
    const untilMs = secondMs + 1_000;
    let m = 0;
    let p = 0;
    for (;;) {
      const momentTs = moments[m]?.ts ?? untilMs;
      const answerTs = this.#answers.nextTs;
      const printTs = prints[p]?.ts ?? untilMs;
      const ts = Math.min(momentTs, answerTs, printTs);
      if (ts >= untilMs) return;
      if (answerTs === ts) {
        const contract = this.#answers.take();
        if (contract !== null) this.#quote(contract, ts, QUOTE_STATE.clean, writing);
      } else if (momentTs === ts) {
        const moment = moments[m++];
        if (moment !== undefined) this.#look(moment, writing);
      } else {
        const print = prints[p++];
        if (print !== undefined) this.#print(print, writing);
      }
    }
  }

  /** A contract's makers look at their quote. */
  #look({ ts, contract }: Moment, writing: Writing): void {
    const state = stateAt(this.#model, contract, ts);
    contract.usedAt = ts;
    if (state === QUOTE_STATE.stale) return;
    const { bid } = this.#quote(contract, ts, state, writing);
    contract.gridTs = bid > 0 ? ts : -Infinity;
    if (state !== QUOTE_STATE.locked) return;
    const wait = LOCKED_MS + Math.floor(LOCKED_RANGE_MS * answerUnit(contract, ts));
    this.#answers.add(ts + wait, contract);
  }

  #quote(
    contract: Contract,
    ts: number,
    state: Parameters<typeof quoteIn>[1],
    writing: Writing,
  ): QuoteUpdate {
    const quote = quoteIn(this.#model, state, contract, ts);
    contract.standing = quote;
    if (writing.out === null) return quote;
    const seq = writing.quoteSeq++;
    writing.out.quotes.push({
      source_ts: ts,
      ingest_ts: ts,
      seq,
      trace_id: `syn-nb-${this.#path.market.session.id}-${seq.toString(36)}`,
      ts,
      option_contract_id: contract.id,
      bid: quote.bid / 100,
      ask: quote.ask / 100,
      bidSize: quote.bidSize,
      askSize: quote.askSize,
    });
    return quote;
  }

  #print(print: PrintDraft, writing: Writing): void {
    const { contract, ts, placement, toward } = print;
    const { standing } = contract;
    this.#wake(contract, ts);
    if (writing.out === null) return;
    const isTrusted = standing !== null && standing.bid > 0 && ts - standing.ts <= TRUSTED_MS;
    if (!isTrusted) this.#model.value(contract, ts);
    const { bid, ask } = isTrusted ? standing : modelQuote(contract, 1);
    const cents = printCents(placement, bid, ask, toward, contract.penny);
    const size = Math.min(
      print.size,
      Math.floor(print.size * print.capUsd / (print.lots * cents)),
    );
    if (size < 1) return;
    const seq = writing.printSeq++;
    const trace = `syn-op-${this.#path.market.session.id}-${seq.toString(36)}`;
    writing.out.prints.push({
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
  }

  /** The first print in a while brings a quote where none of the grid's own stands. */
  #wake(contract: Contract, ts: number): void {
    const isFirst = ts - contract.lastPrintTs > WAKING_MS;
    contract.usedAt = ts;
    contract.lastPrintTs = ts;
    const isOnGrid = contract.gridUntil > ts;
    if (!isOnGrid) this.#awake.add(contract);
    if (!isFirst || (isOnGrid && ts - contract.gridTs <= TRUSTED_MS)) return;
    const wait = 1 + Math.floor(ANSWER_MS * answerUnit(contract, ts));
    this.#answers.add(ts + wait, contract);
  }

  #addAwake(secondMs: number, moments: Moment[]): void {
    for (const contract of this.#awake) {
      const untilMs = Math.min(secondMs + 1_000, contract.lastPrintTs + AWAKE_MS);
      if (untilMs <= secondMs || contract.gridUntil > secondMs) {
        this.#awake.delete(contract);
        continue;
      }
      momentsBetween(contract.draws, AWAKE_CELL_MS, secondMs, untilMs, (ts) => {
        moments.push({ ts, contract });
      });
    }
  }
}

function byTime(a: Moment, b: Moment): number {
  return a.ts - b.ts || a.contract.key - b.contract.key;
}

function answerUnit(contract: Contract, ts: number): number {
  return toUnit(extend(extend(contract.draws, ANSWER), ts));
}
