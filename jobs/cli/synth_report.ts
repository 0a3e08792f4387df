import type { PresetId, RegimeId } from "../../engine/regime/mod.ts";
import {
  FLOW_REGIMES,
  FuturesTape,
  REGIME_PARAMETERS,
  SYNTH_FUTURE,
  TapeAudit,
} from "../../engine/tape/futures/mod.ts";

const START_NS = 1_767_709_740_000_000_000n;
const NS_PER_SEC = 1_000_000_000;
const SAMPLES_PER_SEC = 20;
const WALL_TICKS = 10;
const NEAR_STRIKE_TICKS = 6;
const RETURN_SEC = 10;
const MIN_RETURNS = 200;

/** One measured quantity against its target. */
export interface SynthRow {
  readonly quantity: string;
  /** Lowest and highest measured value over the seeds or regimes. */
  readonly measured: readonly [least: number, most: number];
  readonly target: readonly [least: number, most: number];
  /** Whether the target holds; null when there was too little to measure. */
  readonly holds: boolean | null;
}

/** Which markets to measure. */
export interface RealismOptions {
  readonly seeds: readonly number[];
  /** Length of each market, minutes. */
  readonly minutes: number;
  readonly preset?: PresetId;
}

/** What one second of a market was like, at its end. */
interface Second {
  readonly regime: RegimeId;
  readonly mid: number;
  readonly depth: number;
}

interface Market {
  readonly audit: TapeAudit;
  readonly seconds: readonly Second[];
  readonly gaps: readonly number[];
  /** Share of the samples outside event_ramp in which the spread was one tick. */
  readonly tightShare: number;
}

/**
 * Returns the rows of realism over freshly generated markets. Every record passes an audit that
 * throws at the first break of a rule, a crossed or one-sided book among them: then there is no
 * report at all.
 *
 * @throws {RangeError} When a record breaks a rule of the tape.
 */
export function measureRealism(options: RealismOptions): SynthRow[] {
  const markets = options.seeds.map((seed) => runMarket(seed, options));
  const seconds = options.minutes * 60;
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
    ...regimeRows(markets),
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

function runMarket(seed: number, { minutes, preset }: RealismOptions): Market {
  const tape = new FuturesTape({ seed, startNs: START_NS, ...(preset && { preset }) });
  const out = tape.writer();
  const audit = new TapeAudit(START_NS, SYNTH_FUTURE.tickNano);
  const seconds: Second[] = [];
  const gaps: number[] = [];
  let tight = 0;
  let sampled = 0;
  for (let i = 1; i <= minutes * 60 * SAMPLES_PER_SEC; i++) {
    out.reset();
    tape.generate(i * (NS_PER_SEC / SAMPLES_PER_SEC), out);
    audit.read(out.block());
    const mid = (audit.bestBid + audit.bestAsk) / 2;
    const { regime } = tape;
    gaps.push(Math.abs(mid - tape.latentTicks));
    if (regime !== "event_ramp") {
      sampled++;
      if (audit.bestAsk - audit.bestBid === 1) tight++;
    }
    if (i % SAMPLES_PER_SEC === 0) {
      seconds.push({ regime, mid, depth: audit.depthWithin(WALL_TICKS) });
    }
  }
  return { audit, seconds, gaps, tightShare: tight / sampled };
}

function regimeRows(markets: readonly Market[]): SynthRow[] {
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

function row(
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

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length;
}

function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1_000) / 1_000;
}
