import { normalCdf } from "../../../dmath/mod.ts";
import type { Session } from "./random_session.ts";

const RATE = 0.05;

/** Black (1976), one option at a time. @param years > 0. */
export function optionValue(
  isCall: boolean,
  future: number,
  strike: number,
  years: number,
  iv: number,
) {
  const deviation = iv * Math.sqrt(years);
  const d1 = Math.log(future / strike) / deviation + deviation / 2;
  const d2 = d1 - deviation;
  const discount = Math.exp(-RATE * years);
  const density = Math.exp(-d1 * d1 / 2) / Math.sqrt(2 * Math.PI);
  const sign = isCall ? 1 : -1;
  return {
    value: discount * sign * (future * normalCdf(sign * d1) - strike * normalCdf(sign * d2)),
    delta: discount * sign * normalCdf(sign * d1),
    gamma: discount * density / (future * deviation),
  };
}

/** By bisection. */
function impliedVolatility(
  isCall: boolean,
  price: number,
  future: number,
  strike: number,
  years: number,
): number {
  let low = 0.005;
  let high = 5;
  if (optionValue(isCall, future, strike, years, high).value < price) return NaN;
  if (optionValue(isCall, future, strike, years, low).value > price) return NaN;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (optionValue(isCall, future, strike, years, middle).value < price) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

interface Option {
  readonly isCall: boolean;
  readonly strikeInt: number;
  readonly openInterest: number;
  readonly bidInt: number;
  readonly askInt: number;
  readonly isValid: boolean;
}

interface Strike {
  iv: number;
  source: string;
  stale: number;
}

/** What a window comes to, found the plain way: an object an option, everything anew in every window. */
export interface NaiveWindow {
  readonly strikes: ReadonlyMap<number, Strike>;
  readonly gexByStrike: ReadonlyMap<number, { call: number; put: number }> | null;
  readonly total: number;
  readonly zeroGamma: number;
  readonly skew: number;
  readonly atmIv: number;
  readonly tilt: number;
  readonly callWall: number;
  readonly putWall: number;
  readonly maxAbs: number;
}

/** Every window of a session. */
export function naiveGamma({ chain, steps }: Session): NaiveWindow[] {
  const last = new Map<number, { iv: number; window: number }>();
  return steps.map(({ quotes, window }, at) => {
    const options: Option[] = Array.from(chain.strikeInt, (strikeInt, row) => ({
      isCall: chain.isCall[row] === 1,
      strikeInt,
      openInterest: chain.openInterest[row]!,
      bidInt: quotes.bidInt[row]!,
      askInt: quotes.askInt[row]!,
      isValid: quotes.isValid[row] === 1,
    }));
    const secondsLeft = Number(chain.expirationNs - window.windowEndNs) / 1e9;
    const years = Math.max(60, secondsLeft) / 86_400 / 365;
    const isLive = window.strikeRefInt > 0 && secondsLeft > 0;
    const future = window.futureInt / 1e9;
    const solved = isLive ? solvedBy(options, future, years) : new Map<number, number>();
    for (const [strike, iv] of solved) last.set(strike, { iv, window: at });
    const strikes = strikesOf(options, solved, last, at);
    if (!isLive) {
      for (const strike of strikes.values()) Object.assign(strike, { iv: NaN, source: "none" });
    }
    return { strikes, ...summaryOf(options, strikes, solved, window, future, years, isLive) };
  });
}

function usable(
  { bidInt, askInt, isValid, isCall, strikeInt }: Option,
  future: number,
  years: number,
) {
  const mid = (bidInt + askInt) / 2e9;
  const spread = (askInt - bidInt) / 1e9;
  const strike = strikeInt / 1e9;
  const discount = Math.exp(-RATE * years);
  const tick = mid <= 5 ? 0.05 : 0.25;
  const intrinsic = Math.max(0, isCall ? future - strike : strike - future);
  return isValid && bidInt > 0 && spread > 0 && mid >= 0.075 &&
    spread <= Math.max(4 * tick, 0.4 * mid) + 1e-12 && mid > discount * intrinsic + 1e-9 &&
    mid < discount * (isCall ? future : strike);
}

function solvedBy(options: readonly Option[], future: number, years: number): Map<number, number> {
  const byStrike = Map.groupBy(options, ({ strikeInt }) => strikeInt);
  const nearest =
    [...byStrike.keys()].sort((a, b) =>
      Math.abs(a / 1e9 - future) - Math.abs(b / 1e9 - future) || a - b
    )[0];
  const solved = new Map<number, number>();
  for (const [strikeInt, list] of byStrike) {
    const strike = strikeInt / 1e9;
    const ivs = list
      .filter(({ isCall }) => strikeInt === nearest || isCall === strike >= future)
      .filter((option) => usable(option, future, years))
      .map(({ isCall, bidInt, askInt }) =>
        impliedVolatility(isCall, (bidInt + askInt) / 2e9, future, strike, years)
      )
      .filter((iv) => !Number.isNaN(iv));
    if (ivs.length > 0) solved.set(strikeInt, ivs.reduce((a, b) => a + b) / ivs.length);
  }
  return solved;
}

function smileOf(solved: ReadonlyMap<number, number>): (strike: number) => number {
  const nodes = [...solved].sort(([a], [b]) => a - b);
  const smooth = nodes.map(([strike, iv], i) => {
    const three = nodes.slice(Math.max(0, i - 1), i + 2).map(([, near]) => near);
    return [
      Math.log(strike / 1e9),
      three.length < 3 ? iv : three.sort((a, b) => a - b)[1]!,
    ] as const;
  });
  return (strike) => {
    const x = Math.log(strike);
    const above = smooth.findIndex(([at]) => at >= x);
    if (smooth.length === 0) return NaN;
    if (above === 0) return smooth[0]![1];
    if (above < 0) return smooth.at(-1)![1];
    const [x0, y0] = smooth[above - 1]!;
    const [x1, y1] = smooth[above]!;
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
  };
}

function strikesOf(
  options: readonly Option[],
  solved: ReadonlyMap<number, number>,
  last: ReadonlyMap<number, { iv: number; window: number }>,
  at: number,
): Map<number, Strike> {
  const smile = smileOf(solved);
  const strikes = [...new Set(options.map(({ strikeInt }) => strikeInt))].sort((a, b) => a - b);
  return new Map(strikes.map((strikeInt) => {
    const before = last.get(strikeInt);
    const stale = before === undefined ? -1 : at - before.window;
    const read = smile(strikeInt / 1e9);
    if (stale === 0) return [strikeInt, { iv: before!.iv, source: "solved", stale }];
    if (stale > 0 && stale <= 5) return [strikeInt, { iv: before!.iv, source: "carried", stale }];
    return [strikeInt, { iv: read, source: Number.isNaN(read) ? "none" : "smile", stale }];
  }));
}

function summaryOf(
  options: readonly Option[],
  strikes: ReadonlyMap<number, Strike>,
  solved: ReadonlyMap<number, number>,
  { strikeRefInt }: { readonly strikeRefInt: number },
  future: number,
  years: number,
  isLive: boolean,
) {
  const live = isLive
    ? options.filter(({ strikeInt }) => !Number.isNaN(strikes.get(strikeInt)!.iv))
    : [];
  const gexAt = (at: number) =>
    live.map(({ isCall, strikeInt, openInterest }) => {
      const { gamma } = optionValue(isCall, at, strikeInt / 1e9, years, strikes.get(strikeInt)!.iv);
      return (isCall ? 50 : -50) * gamma * openInterest;
    });
  const total = (at: number) => gexAt(at).reduce((a, b) => a + b, 0);
  const lattice = new Map(
    Array.from({ length: 25 }, (_, i) => [strikeRefInt + (i - 12) * 5e9, { call: 0, put: 0 }]),
  );
  gexAt(future).forEach((gex, i) => {
    const { isCall, strikeInt } = live[i]!;
    const row = lattice.get(Math.floor((strikeInt + 2.5e9) / 5e9) * 5e9);
    if (row !== undefined) row[isCall ? "call" : "put"] += Math.abs(gex);
  });
  const rows = [...lattice].map(([strike, { call, put }]) => ({
    strike: strike / 1e9,
    call,
    put,
    both: call + put,
  }));
  const heaviest = (list: typeof rows, key: "call" | "put" | "both") =>
    list.filter((row) => row[key] > 0).sort((a, b) =>
      b[key] - a[key] || Math.abs(a.strike - future) - Math.abs(b.strike - future) ||
      a.strike - b.strike
    )[0]?.strike ?? NaN;
  const sum = (list: typeof rows) => list.reduce((all, { both }) => all + both, 0);
  const above = rows.filter(({ strike }) => strike > future);
  const below = rows.filter(({ strike }) => strike < future);
  return {
    gexByStrike: strikeRefInt > 0 ? lattice : null,
    total: total(future),
    zeroGamma: zeroGammaOf(total, future),
    atmIv: isLive ? smileOf(solved)(future) : NaN,
    skew: wing(live, strikes, future, years, false) - wing(live, strikes, future, years, true),
    tilt: (sum(above) - sum(below)) / (sum(rows) + 1e-6),
    callWall: heaviest(rows.filter(({ strike }) => strike >= future), "call"),
    putWall: heaviest(rows.filter(({ strike }) => strike <= future), "put"),
    maxAbs: heaviest(rows, "both"),
  };
}

export function zeroGammaOf(total: (at: number) => number, future: number): number {
  const raw = Array.from({ length: 121 }, (_, i) => total(future - 60 + i));
  const most = Math.max(...raw.map(Math.abs));
  const values = raw.map((value) => Math.abs(value) < 1e-6 * most ? 0 : value);
  const crossings = values.flatMap((value, i) => {
    const next = values[i + 1] ?? 0;
    if (value * next < 0) return [i + value / (value - next)];
    return next === 0 && value * (values[i + 2] ?? 0) < 0 ? [i + 1] : [];
  });
  const nearest = crossings.sort((a, b) => Math.abs(a - 60) - Math.abs(b - 60) || a - b)[0];
  return nearest === undefined ? NaN : future - 60 + nearest;
}

function wing(
  live: readonly Option[],
  strikes: ReadonlyMap<number, Strike>,
  future: number,
  years: number,
  isCall: boolean,
): number {
  const out = live
    .filter((option) => option.isCall === isCall && option.strikeInt / 1e9 >= future === isCall)
    .sort((a, b) => Math.abs(a.strikeInt / 1e9 - future) - Math.abs(b.strikeInt / 1e9 - future))
    .map(({ strikeInt }) => {
      const { iv } = strikes.get(strikeInt)!;
      return { iv, delta: Math.abs(optionValue(isCall, future, strikeInt / 1e9, years, iv).delta) };
    });
  for (let i = 0; i + 1 < out.length; i++) {
    const [near, far] = [out[i]!, out[i + 1]!];
    if ((near.delta - 0.25) * (far.delta - 0.25) > 0) continue;
    return near.iv + (far.iv - near.iv) * (near.delta - 0.25) / (near.delta - far.delta);
  }
  return NaN;
}
