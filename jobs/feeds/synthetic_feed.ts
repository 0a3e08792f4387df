import { type MboWriter, SYNTH_FUTURE } from "../../engine/tape/futures/mod.ts";
import { SessionTape } from "../../engine/tape/session/mod.ts";
import { type ControlTimeline, nextCloseMs } from "../../engine/regime/mod.ts";
import type { Chain } from "../../engine/surfaces/gamma/mod.ts";
import type { Regime } from "../../modules/feed/contract.ts";
import type { Described, Feed, FeedSink, Listing, Steerable } from "./feed.ts";
import { chainOf } from "./synthetic_chain.ts";
import type { MarketPlan, PlanPoint } from "./market_plan.ts";

/** Longest stretch generated at once, ns. */
const SLICE_NS = 1e9;

const NS_PER_MS = 1_000_000n;

/** Stretch generated when the caller wants few records, ns. */
const SHORT_SLICE_NS = 10e6;

/**
 * The embedded market: a seeded stream of orders in a future and the day's options on it, generated as it
 * is asked for, without an end. At every close the options expire, and those of the next session are listed.
 */
export class SyntheticFeed implements Feed, Described, Steerable, Listing {
  readonly name = "synthetic";
  readonly isSynthetic = true;
  readonly symbol: string = SYNTH_FUTURE.symbol;
  readonly startNs: bigint;
  readonly endNs = null;
  readonly opensWithSnapshot = true;
  readonly #tape: SessionTape;
  readonly #writer: MboWriter;
  readonly #plan: MarketPlan | null;
  #generatedNs = 0;
  #chain: Chain;
  #symbols = new Map<number, string>();
  /** Whether somebody holds a regime against the plan. */
  #held: boolean;
  /** Session whose index moves are followed, and what index and price were when that began. */
  #sessionId = -1;
  #indexThen = NaN;
  #ticksThen = NaN;

  /**
   * @param seed 0 to 2^32 − 1.
   * @param regime Regime to start in and to hold, or null to follow the plan, or without one the seed.
   * @param startNs Time of the opening snapshot, epoch ns.
   * @param plan The latent market to follow, once a second, or null.
   */
  constructor(
    seed: number,
    regime: Regime | null,
    startNs: bigint,
    plan: MarketPlan | null = null,
  ) {
    this.startNs = startNs;
    this.#plan = plan;
    this.#held = regime !== null;
    const first = regime ?? plan?.at(Number(startNs / NS_PER_MS))?.regime ?? null;
    this.#tape = new SessionTape({
      seed,
      startNs,
      expirationNs: this.#closeNs(startNs),
      ...(first !== null && { regime: first }),
    });
    if (regime !== null) this.#tape.setRegime(regime);
    this.#writer = this.#tape.writer();
    this.#chain = this.#listed();
  }

  get chain(): Chain {
    return this.#chain;
  }

  readonly symbolOf = (instrumentId: number): string | null =>
    instrumentId === SYNTH_FUTURE.instrumentId
      ? SYNTH_FUTURE.symbol
      : this.#symbols.get(instrumentId) ?? null;

  get regime(): Regime {
    return this.#tape.regime;
  }

  /** Price that the order flow leans to, ticks. */
  get latentTicks(): number {
    return this.#tape.latentTicks;
  }

  get regimeHeld(): boolean {
    return this.#held;
  }

  setRegime(regime: Regime | null): void {
    this.#held = regime !== null;
    this.#sessionId = -1;
    if (regime !== null || this.#plan === null) this.#tape.setRegime(regime);
  }

  follow(timeline: ControlTimeline): void {
    this.#plan?.follow(timeline);
  }

  pull(untilNs: bigint, maxRecords: number, sink: FeedSink): Promise<"due" | "more"> {
    const goalNs = Number(untilNs - this.startNs);
    const sliceNs = maxRecords > 1 ? SLICE_NS : SHORT_SLICE_NS;
    let taken = 0;
    while (this.#generatedNs < goalNs) {
      const expiryNs = this.#expireAt(this.#generatedNs);
      this.#generatedNs = Math.min(goalNs, expiryNs, this.#follow(), this.#generatedNs + sliceNs);
      taken += this.#tape.generate(this.#generatedNs, this.#writer);
      sink.mbo(this.#writer.block());
      this.#writer.reset();
      if (taken >= maxRecords) break;
    }
    return Promise.resolve(this.#generatedNs < goalNs ? "more" : "due");
  }

  /** Lists the next options when those listed have expired by an offset. @returns Their own expiry. */
  #expireAt(offsetNs: number): number {
    const expiryNs = Number(this.#chain.expirationNs - this.startNs);
    if (offsetNs < expiryNs) return expiryNs;
    const nextNs = this.#closeNs(this.startNs + BigInt(offsetNs));
    this.#tape.list(nextNs);
    this.#chain = this.#listed();
    return Number(nextNs - this.startNs);
  }

  #listed(): Chain {
    const chain = chainOf(this.#tape.listing);
    this.#symbols = new Map(
      Array.from(chain.instrumentId, (id, i) => [id, chain.symbols[i] ?? ""]),
    );
    return chain;
  }

  #closeNs(tsNs: bigint): bigint {
    const tsMs = Number(tsNs / NS_PER_MS);
    return BigInt(this.#plan?.closeMs(tsMs) ?? nextCloseMs(tsMs, "loop")) * NS_PER_MS;
  }

  /** Takes over what the plan asks of the second under way. @returns The end of that second, ns offset. */
  #follow(): number {
    const plan = this.#plan;
    if (plan === null) return Infinity;
    const nextNs = (Math.floor(this.#generatedNs / SLICE_NS) + 1) * SLICE_NS;
    if (this.#held || this.#generatedNs % SLICE_NS !== 0) return nextNs;
    const point = this.#point(this.#generatedNs);
    if (point !== null) this.#tape.follow(point.regime, this.#path);
    return nextNs;
  }

  #point(offsetNs: number): PlanPoint | null {
    return this.#plan?.at(Number(this.startNs / NS_PER_MS) + offsetNs / 1e6) ?? null;
  }

  /** The tape's price, moved in proportion to the index since the session or the following began. */
  readonly #path = (offsetNs: number): number => {
    const point = this.#point(offsetNs);
    if (point === null) return NaN;
    if (point.sessionId !== this.#sessionId) {
      this.#sessionId = point.sessionId;
      this.#indexThen = point.index;
      this.#ticksThen = this.#tape.latentTicks;
    }
    return this.#ticksThen * point.index / this.#indexThen;
  };

  close(): void {}
}
