import type { RegimeId } from "../../engine/regime/mod.ts";
import {
  FLOW_REGIMES,
  REGIME_PARAMETERS,
  SYNTH_FUTURE,
  type TapeAudit,
} from "../../engine/tape/futures/mod.ts";

const NS_PER_SEC = 1_000_000_000;
const WALL_TICKS = 10;
const NEAR_STRIKE_TICKS = 6;
const RETURN_SEC = 10;
const MIN_RETURNS = 200;

/** Times a second that a market is looked at. */
export const SAMPLES_PER_SEC = 20;

/** One measured quantity against its target. */
export interface SynthRow {
  readonly quantity: string;
  /** Lowest and highest measured value over the seeds or regimes. */
  readonly measured: readonly [least: number, most: number];
  readonly target: readonly [least: number, most: number];
  /** Whether the target holds; null when there was too little to measure. */
  readonly holds: boolean | null;
}

/** What one second of a market was like, at its end. */
export interface Second {
  readonly regime: RegimeId;
  readonly mid: number;
  readonly depth: number;
}

/** What a market was like from start to end. */
export interface Market {
  readonly audit: TapeAudit;
  readonly seconds: readonly Second[];
  readonly gaps: readonly number[];
  /** Share of the samples outside event_ramp in which the spread was one tick. */
  readonly tightShare: number;
}

/** Looks at a running future twenty times a second. */
export class MarketSampler implements Market {
  readonly audit: TapeAudit;
  readonly seconds: Second[] = [];
  readonly gaps: number[] = [];
  #tight = 0;
  #sampled = 0;
  #samples = 0;

  constructor(audit: TapeAudit) {
    this.audit = audit;
  }

  get tightShare(): number {
    return this.#tight / this.#sampled;
  }

  /** Takes what the audit has come to. */
  look({ regime, latentTicks }: { readonly regime: RegimeId; readonly latentTicks: number }): void {
    const { audit } = this;
    const mid = (audit.bestBid + audit.bestAsk) / 2;
    this.gaps.push(Math.abs(mid - latentTicks));
    if (regime !== "event_ramp") {
      this.#sampled++;
      if (audit.bestAsk - audit.bestBid === 1) this.#tight++;
    }
    if (++this.#samples % SAMPLES_PER_SEC === 0) {
      this.seconds.push({ regime, mid, depth: audit.depthWithin(WALL_TICKS) });
    }
  }
}

/** Returns what is asked of the future of any market. @param seconds Length of each. */
export function marketRows(markets: readonly Market[], seconds: number): SynthRow[] {
  const over = (measure: (market: Market) => number) => markets.map(measure);
  return [
    row("records per second", over(({ audit }) => audit.counts.records / seconds), 400, 2_500),
    row("share of time at a spread of one tick", over((each) => each.tightShare), 0.77, 0.93),
    row(
      "withdrawn / added contracts",
      over(({ audit: { counts } }) => counts.withdrawnContracts / counts.addedContracts),
      0.85,
      1.05,
    ),
    row("variance / mean of trades per second", over((m) => dispersion(m.audit, seconds)), 2, 30),
    row("lag-1 autocorrelation of trade signs", over((m) => lagOne(m.audit.signs)), 0.1, 0.6),
    row(
      "excess kurtosis of 1-s mid changes",
      over((each) => excessKurtosis(changes(each.seconds.map((second) => second.mid), 1))),
      0,
      60,
    ),
    row("median distance of mid and latent price", over((m) => quantile(m.gaps, 0.5)), 0, 1),
    row("99 % of that distance", over((each) => quantile(each.gaps, 0.99)), 0, 6),
    row(
      "share of withdrawn contracts younger than 500 ms",
      over(({ audit: { counts } }) => counts.youngContracts / counts.withdrawnContracts),
      0.2,
      0.75,
    ),
  ];
}

/** Returns the rows as a table for people. */
export function formatRealism(rows: readonly SynthRow[]): string {
  const span = ([least, most]: readonly [number, number]) =>
    least === most ? `${round(least)}` : `${round(least)} .. ${round(most)}`;
  return rows.map((each) => {
    const mark = each.holds === null ? "too few" : each.holds ? "holds" : "MISSED";
    return `${each.quantity.padEnd(58)} ${span(each.measured).padEnd(18)} ` +
      `target ${span(each.target).padEnd(14)} ${mark}`;
  }).join("\n");
}

/** Returns what is asked of single regimes, over all markets. */
export function regimeRows(markets: readonly Market[]): SynthRow[] {
  const rows: SynthRow[] = [];
  for (const regime of FLOW_REGIMES) {
    if (regime === "event_ramp") continue; // its jump is no diffusion
    const moves = markets.flatMap((market) => regimeMoves(market.seconds, regime));
    const { volatility } = REGIME_PARAMETERS[regime];
    const sigma = volatility * SYNTH_FUTURE.baseTicks * 0.15 * Math.sqrt(RETURN_SEC / 31_536_000);
    const ratio = Math.sqrt(variance(moves)) / sigma;
    rows.push(
      row(`10-s deviation of the mid / model, ${regime}`, [ratio], 0.75, 1.25, moves.length),
    );
  }
  const calm = depths(markets, ["arb_calm"]);
  const ramp = depths(markets, ["event_ramp"]);
  rows.push(
    row("depth of event_ramp / arb_calm", [mean(ramp) / mean(calm)], 0, 0.5, ramp.length),
  );
  const dealer = nearStrike(markets, ["dealer_gamma"]);
  const trends = nearStrike(markets, ["trend_up", "trend_down"]);
  rows.push(
    row("time near a $25 strike, dealer_gamma / trends", [dealer / trends], 1.3, Infinity),
  );
  return rows;
}

/** Returns the 10-s changes of the mid inside one regime. */
function regimeMoves(seconds: readonly Second[], regime: RegimeId): number[] {
  const moves: number[] = [];
  let run = 0;
  for (let i = 0; i < seconds.length; i++) {
    run = seconds[i]!.regime === regime ? run + 1 : 0;
    if (run > RETURN_SEC) moves.push(seconds[i]!.mid - seconds[i - RETURN_SEC]!.mid);
  }
  return moves;
}

function depths(markets: readonly Market[], regimes: readonly RegimeId[]): number[] {
  return markets.flatMap(({ seconds }) =>
    seconds.filter(({ regime }) => regimes.includes(regime)).map(({ depth }) => depth)
  );
}

function nearStrike(markets: readonly Market[], regimes: readonly RegimeId[]): number {
  const { strikeTicks } = SYNTH_FUTURE;
  return mean(
    markets.flatMap(({ seconds }) =>
      seconds.filter(({ regime }) => regimes.includes(regime)).map(({ mid }) =>
        Math.abs(mid - Math.round(mid / strikeTicks) * strikeTicks) <= NEAR_STRIKE_TICKS ? 1 : 0
      )
    ),
  );
}

/**
 * A row of what was measured per market or regime.
 *
 * @param samples What the values rest on; none, or too few of 10-s changes: not judged.
 */
export function row(
  quantity: string,
  values: readonly number[],
  least: number,
  most: number,
  samples = Infinity,
): SynthRow {
  const measured = [Math.min(...values), Math.max(...values)] as const;
  const enough = Number.isFinite(measured[0]) &&
    (quantity.startsWith("10-s") ? samples >= MIN_RETURNS : samples > 0);
  const holds = enough ? measured[0] >= least && measured[1] <= most : null;
  return { quantity, measured, target: [least, most], holds };
}

function dispersion(audit: TapeAudit, seconds: number): number {
  const counts = new Array<number>(seconds).fill(0);
  for (const ns of audit.tradeNs) counts[Math.min(seconds - 1, Math.floor(ns / NS_PER_SEC))]!++;
  return variance(counts) / mean(counts);
}

function lagOne(values: readonly number[]): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 1; i < values.length; i++) sum += (values[i]! - centre) * (values[i - 1]! - centre);
  return sum / values.length / variance(values);
}

function excessKurtosis(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 4)) / variance(values) ** 2 - 3;
}

function changes(values: readonly number[], lag: number): number[] {
  return values.slice(lag).map((value, i) => value - values[i]!);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Mean of some values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length;
}

function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1_000) / 1_000;
}
