import { Cascade } from "./cascade.ts";
import { type Epoch } from "./epochs.ts";
import { drawFocus, FOCUS_MINUTES } from "./focus.ts";
import { extend, prefix, tag, toNormal, toUnit, u01 } from "./hash.ts";
import { approach, LEVEL_COUNT, levelTarget } from "./levels.ts";
import { regimeSegments } from "./plan.ts";
import { uShape } from "./shape.ts";
import type { Session, SessionEvent } from "./types.ts";
import { UNIVERSE } from "./universe.ts";
import type { PullAt } from "./week.ts";

/** Number of symbols; the stride of the per-symbol columns. */
export const SYMBOLS = UNIVERSE.length;

const TREND_UP = 0;
const TREND_DOWN = 1;
const MEAN_REVERT = 2;
const RETAIL_CHASE = 3;
const EVENT_RAMP = 4;
const DEALER_GAMMA = 5;
const ARB_CALM = 6;

/** Drift of the market in each regime, basis points per minute, before its 7-minute factor. */
const DRIFT_BPS = [1.5, -1.6, 0, 1.3, 0.6, 0, 0] as const;
const MARKET_DAILY_BPS = 95;
const SQRT_390 = Math.sqrt(390);
const LEAST_IDIO_VARIANCE = 400;
/** Share of a jump that makes its minute restless; more would make seconds of forty deviations. */
const WALKED_JUMP = 0.5;

const MARKET = tag("mz");
const MARKET_JUMP = tag("mj");
const MARKET_DRIFT = tag("mdrift");
const MARKET_CASCADE = tag("mcascade");
const IDIO = tag("iz");
const IDIO_JUMP = tag("ij");
const IDIO_CASCADE = tag("icascade");

/** Share of a fund's variance that is not the market's: funds on the market's indices are near twins. */
const OWN_SHARE_OF_FUND = 0.03;

/** Basis points that a symbol moves with one of the market factor. A fund's whole volatility is the market's. */
export const LOADING: Float64Array = Float64Array.from(
  UNIVERSE,
  (u) => u.etf ? Math.sqrt(1 - OWN_SHARE_OF_FUND) * u.sigmaDailyBps / MARKET_DAILY_BPS : u.beta,
);
const IDIO_MINUTE_BPS = Float64Array.from(UNIVERSE, (u, s) => {
  const market = MARKET_DAILY_BPS * (LOADING[s] ?? 1);
  const variance = u.sigmaDailyBps * u.sigmaDailyBps - market * market;
  return Math.sqrt(u.etf ? variance : Math.max(LEAST_IDIO_VARIANCE, variance)) / SQRT_390;
});

/**
 * The session minute by minute: regimes, levels, market factor and base prices, computed as far as asked
 * and kept. A table under a longer control timeline takes over the minutes that its new entry leaves alone.
 */
export class MinuteTable {
  readonly session: Session;
  readonly epochs: readonly Epoch[];
  readonly events: readonly SessionEvent[];
  /** Regime index by minute. */
  readonly regime: Uint8Array;
  /** Smoothed levels at the end of each minute, stride {@link LEVEL_COUNT}. */
  readonly level: Float64Array;
  /** Price at the start of each minute and at the close, stride {@link SYMBOLS}. */
  readonly price: Float64Array;
  /** Return over each minute, its part without chance, and its model deviation; bps, stride {@link SYMBOLS}. */
  readonly returnBps: Float64Array;
  readonly driftBps: Float64Array;
  readonly sigmaBps: Float64Array;
  /** Part of the return that is not the market's, and deviation of the walk that leads to it; bps. */
  readonly residualBps: Float64Array;
  readonly ownWalkBps: Float64Array;
  /** Market factor of each minute, and deviation of the walk that leads to it; bps. */
  readonly factorBps: Float64Array;
  readonly commonWalkBps: Float64Array;
  /** Sum of the factor before each minute, and the anchor that it reverts to; bps. */
  readonly #sumBps: Float64Array;
  readonly #anchorBps: Float64Array;
  readonly #pullAt: PullAt;
  readonly #eventSymbols: readonly number[];
  readonly #eventDir = new Int8Array(SYMBOLS);
  readonly #epochOfMinute: Uint16Array;
  readonly #isFocus = new Uint8Array(SYMBOLS);
  #marketCascade: Cascade | null = null;
  #idioCascades: Cascade[] = [];
  #cascadeSeed = NaN;
  #done = 0;

  /**
   * @param openPrices Shape [SYMBOLS], USD.
   * @param pullAt What prices are drawn to.
   * @param earlier Table of the same session from which to take the minutes that both share.
   */
  constructor(
    session: Session,
    epochs: readonly Epoch[],
    events: readonly SessionEvent[],
    openPrices: Float64Array,
    pullAt: PullAt,
    earlier?: MinuteTable,
  ) {
    this.session = session;
    this.epochs = epochs;
    this.events = events;
    this.#pullAt = pullAt;
    const n = session.minutes;
    this.regime = new Uint8Array(n);
    this.level = new Float64Array(n * LEVEL_COUNT);
    this.price = new Float64Array((n + 1) * SYMBOLS);
    this.returnBps = new Float64Array(n * SYMBOLS);
    this.driftBps = new Float64Array(n * SYMBOLS);
    this.sigmaBps = new Float64Array(n * SYMBOLS);
    this.residualBps = new Float64Array(n * SYMBOLS);
    this.ownWalkBps = new Float64Array(n * SYMBOLS);
    this.factorBps = new Float64Array(n);
    this.commonWalkBps = new Float64Array(n);
    this.#sumBps = new Float64Array(n + 1);
    this.#anchorBps = new Float64Array(n + 1);
    this.#epochOfMinute = new Uint16Array(n);
    const scheduled = events.filter((event) => event.kind !== "intraday");
    this.#eventSymbols = scheduled.map((event) => event.symbol);
    for (const event of scheduled) {
      if (event.kind === "future") this.#eventDir[event.symbol] = event.dir;
    }
    this.price.set(openPrices);
    this.#layPlan();
    if (earlier !== undefined) this.#takeOver(earlier);
  }

  /** Index in `epochs` of the state that a minute lives under. */
  epochOf(minute: number): Epoch | undefined {
    return this.epochs[this.#epochOfMinute[minute] ?? 0];
  }

  /** Direction of a symbol's announced future event, else 0. */
  eventDir(symbol: number): 1 | -1 | 0 {
    const dir = this.#eventDir[symbol] ?? 0;
    return dir > 0 ? 1 : dir < 0 ? -1 : 0;
  }

  /** Symbols with a past or future event. */
  get eventSymbols(): readonly number[] {
    return this.#eventSymbols;
  }

  /** Computes every minute up to and including `minute`. */
  ensure(minute: number): void {
    const last = Math.min(minute, this.session.minutes - 1);
    while (this.#done <= last) this.#advance(this.#done++);
  }

  #layPlan(): void {
    const n = this.session.minutes;
    this.epochs.forEach((epoch, index) => {
      if (epoch.fromMinute >= n) return;
      for (const segment of regimeSegments(epoch.seed, epoch.preset, this.session)) {
        if (segment.to <= epoch.fromMinute) continue;
        this.regime.fill(segment.regime, Math.max(segment.from, epoch.fromMinute), segment.to);
      }
      this.#epochOfMinute.fill(index, epoch.fromMinute);
    });
  }

  /** Copies the finished minutes on which both tables have the same past. */
  #takeOver(earlier: MinuteTable): void {
    let shared = 0;
    while (shared < this.epochs.length && shared < earlier.epochs.length) {
      const [a, b] = [this.epochs[shared], earlier.epochs[shared]];
      if (a?.fromTs !== b?.fromTs || a?.seed !== b?.seed || a?.preset !== b?.preset) break;
      shared++;
    }
    if (shared === 0) return;
    const minute = Math.min(
      earlier.#done,
      this.epochs[shared]?.fromMinute ?? this.session.minutes,
      earlier.epochs[shared]?.fromMinute ?? this.session.minutes,
    );
    const cells = minute * SYMBOLS;
    this.level.set(earlier.level.subarray(0, minute * LEVEL_COUNT));
    this.price.set(earlier.price.subarray(0, cells + SYMBOLS));
    this.returnBps.set(earlier.returnBps.subarray(0, cells));
    this.driftBps.set(earlier.driftBps.subarray(0, cells));
    this.sigmaBps.set(earlier.sigmaBps.subarray(0, cells));
    this.residualBps.set(earlier.residualBps.subarray(0, cells));
    this.ownWalkBps.set(earlier.ownWalkBps.subarray(0, cells));
    this.factorBps.set(earlier.factorBps.subarray(0, minute));
    this.commonWalkBps.set(earlier.commonWalkBps.subarray(0, minute));
    this.#sumBps.set(earlier.#sumBps.subarray(0, minute + 1));
    this.#anchorBps.set(earlier.#anchorBps.subarray(0, minute + 1));
    this.#done = minute;
  }

  #advance(minute: number): void {
    const epoch = this.epochOf(minute);
    if (epoch === undefined) return;
    const regime = this.regime[minute] ?? 0;
    this.#smoothLevels(minute, regime, epoch);
    this.#readyCascades(epoch.seed);
    this.#isFocus.fill(0);
    const bucket = Math.floor(minute / FOCUS_MINUTES);
    const focus = drawFocus(
      epoch.seed,
      epoch.preset,
      this.session.id,
      bucket,
      regime,
      this.#eventSymbols,
    );
    for (const symbol of focus) this.#isFocus[symbol] = 1;
    const volatility = this.level[minute * LEVEL_COUNT] ?? 0;
    const scale = uShape(minute, this.session.minutes) * (0.35 + 1.05 * volatility);
    const market = this.#advanceMarket(minute, regime, epoch.seed, scale);
    this.#advanceSymbols(minute, regime, epoch.seed, scale, market);
  }

  #smoothLevels(minute: number, regime: number, epoch: Epoch): void {
    for (let level = 0; level < LEVEL_COUNT; level++) {
      const target = levelTarget(
        level,
        regime,
        epoch.preset,
        epoch.seed,
        this.session.id,
        minute,
      );
      const at = minute * LEVEL_COUNT + level;
      this.level[at] = minute === 0
        ? target
        : approach(this.level[at - LEVEL_COUNT] ?? target, target);
    }
  }

  #readyCascades(seed: number): void {
    if (this.#cascadeSeed === seed) return;
    const id = this.session.id;
    this.#marketCascade = new Cascade(seed, MARKET_CASCADE, id);
    this.#idioCascades = UNIVERSE.map((_, s) => new Cascade(seed, IDIO_CASCADE, id, s));
    this.#cascadeSeed = seed;
  }

  /** Market factor of a minute. Returns its drift and its model deviation in basis points. */
  #advanceMarket(
    minute: number,
    regime: number,
    seed: number,
    scale: number,
  ): { factor: number; drift: number; sigma: number } {
    const id = this.session.id;
    const sum = this.#sumBps[minute] ?? 0;
    const anchor = this.#anchorBps[minute] ?? 0;
    const calm = regime === DEALER_GAMMA ? 0.9 : regime === ARB_CALM ? 0.7 : 1;
    const raw = MARKET_DAILY_BPS / SQRT_390 * scale * (this.#marketCascade?.at(minute) ?? 1);
    const sigma = raw * calm;
    const pace = 0.6 + 0.8 * u01(seed, MARKET_DRIFT, id, Math.floor(minute / 7));
    let drift = (DRIFT_BPS[regime] ?? 0) * pace;
    if (regime === MEAN_REVERT || regime === ARB_CALM) drift -= 0.22 * (sum - anchor);
    if (regime === DEALER_GAMMA) {
      drift -= 0.42 * (this.factorBps[minute - 1] ?? 0) + 0.08 * (sum - anchor);
    }
    const shock = toNormal(prefix(seed, MARKET, id, minute)) * sigma;
    const jumps = prefix(seed, MARKET_JUMP, id, minute);
    const jump = toUnit(extend(jumps, 0)) < 0.004 ? toNormal(extend(jumps, 1)) * 3 * raw : 0;
    const factor = drift + shock + jump;
    this.factorBps[minute] = factor;
    this.commonWalkBps[minute] = walkDeviation(sigma, drift, jump);
    this.#sumBps[minute + 1] = sum + factor;
    // Where nothing pulls back, the anchor goes along: a range forms around the price that it starts at.
    const pulls = regime === MEAN_REVERT || regime === ARB_CALM || regime === DEALER_GAMMA;
    this.#anchorBps[minute + 1] = sum + factor - (pulls ? 0.94 * (sum + factor - anchor) : 0);
    return { factor, drift, sigma };
  }

  #advanceSymbols(
    minute: number,
    regime: number,
    seed: number,
    scale: number,
    market: { readonly factor: number; readonly drift: number; readonly sigma: number },
  ): void {
    const normals = prefix(seed, IDIO, this.session.id, minute);
    const jumps = prefix(seed, IDIO_JUMP, this.session.id, minute);
    const focusDrift = regime === RETAIL_CHASE
      ? 1.8
      : regime === TREND_UP
      ? 0.7
      : regime === TREND_DOWN
      ? -0.7
      : 0;
    const pull = this.#pullAt(minute, seed);
    for (let s = 0; s < SYMBOLS; s++) {
      const at = minute * SYMBOLS + s;
      const beta = LOADING[s] ?? 1;
      const focus = this.#isFocus[s] === 1;
      const sigma = (IDIO_MINUTE_BPS[s] ?? 0) * scale * (this.#idioCascades[s]?.at(minute) ?? 1) *
        (focus ? 1.15 : 1);
      let drift = focus ? focusDrift : 0;
      if (regime === EVENT_RAMP) drift += 2.4 * (this.#eventDir[s] ?? 0);
      if (regime === DEALER_GAMMA && minute > 0) {
        drift -= 0.30 * (this.residualBps[at - SYMBOLS] ?? 0);
      }
      const shock = toNormal(extend(normals, s)) * sigma;
      const jumpState = extend(jumps, s);
      const jump = toUnit(extend(jumpState, 0)) >= 0.002
        ? 0
        : toUnit(extend(jumpState, 1)) < 0.5
        ? -5 * sigma
        : 5 * sigma;
      const toGo = pull === null ? 0 : ((pull.to[s] ?? 0) / (this.price[at] ?? 1) - 1) * 10_000;
      drift += toGo / (pull?.minutes ?? 1);
      // The last minute of a week lands where the next one begins.
      const residual = pull?.minutes === 1 ? toGo - beta * market.factor : drift + shock + jump;
      const total = beta * market.factor + residual;
      this.residualBps[at] = residual;
      this.ownWalkBps[at] = walkDeviation(sigma, drift, jump);
      this.returnBps[at] = total;
      this.driftBps[at] = beta * market.drift + drift;
      const marketSigma = beta * market.sigma;
      this.sigmaBps[at] = Math.sqrt(marketSigma * marketSigma + sigma * sigma);
      this.price[at + SYMBOLS] = (this.price[at] ?? 0) * (1 + total / 10_000);
    }
  }
}

/**
 * Deviation of the walk through a minute: that of its chance, and the size of the drift and of a part of a
 * jump, which would show in how one second follows the other if they came in a straight line.
 */
function walkDeviation(sigma: number, drift: number, jump: number): number {
  const rest = drift + WALKED_JUMP * jump;
  return Math.sqrt(sigma * sigma + rest * rest);
}
