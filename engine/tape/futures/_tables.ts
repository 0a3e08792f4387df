import { exp, log, normalQuantile, pow } from "../../dmath/mod.ts";

const CELLS = 65_536;
const MAX_DISTANCE = 512;

/** Limit order size at each of 65,536 equal probabilities, contracts. */
export const LIMIT_SIZES = limitSizes();
/** Market order size at each of 65,536 equal probabilities, contracts. */
export const MARKET_SIZES = marketSizes();
/** Ticks behind the touch of a far limit order at each of 65,536 equal probabilities. */
export const FAR_TICKS = farTicks();
/** Log-normal part of the feed latency at each of 65,536 equal probabilities, ns. */
export const LATENCY_NS = latencies();
/** Target contracts at k = 0..511 ticks from the touch, before depth and round-price factors. */
export const PROFILE = profile();

/** Returns the factor of a round price: 3 at $100, 2.2 at $25, 1.6 at $5, else 1. */
export function roundFactor(tick: number): number {
  if (tick % 20 !== 0) return 1;
  return tick % 400 === 0 ? 3 : tick % 100 === 0 ? 2.2 : 1.6;
}

/** Returns x with density ~ x^-exponent on [from, to) at probability u. */
function powerLaw(u: number, from: number, to: number, exponent: number): number {
  const e = 1 - exponent;
  const a = pow(from, e);
  return pow(a + u * (pow(to, e) - a), 1 / e);
}

function limitSizes(): Uint16Array {
  const sizes = new Uint16Array(CELLS);
  for (let i = 0; i < CELLS; i++) {
    const u = (i + 0.5) / CELLS;
    if (u < 0.62) sizes[i] = 1;
    else if (u < 0.87) sizes[i] = 2 + Math.floor((u - 0.62) / 0.25 * 4);
    else if (u < 0.97) sizes[i] = Math.floor(6 * pow(21 / 6, (u - 0.87) / 0.1));
    else sizes[i] = Math.floor(powerLaw((u - 0.97) / 0.03, 21, 251, 2.2));
  }
  return sizes;
}

function marketSizes(): Uint16Array {
  const sizes = new Uint16Array(CELLS);
  for (let i = 0; i < CELLS; i++) {
    const u = (i + 0.5) / CELLS;
    if (u < 0.97) sizes[i] = 1 + Math.floor(log(1 - u / 0.97) / log(0.75));
    else sizes[i] = Math.floor(powerLaw((u - 0.97) / 0.03, 20, 301, 2.2));
  }
  return sizes;
}

function farTicks(): Uint16Array {
  const ticks = new Uint16Array(CELLS);
  for (let i = 0; i < CELLS; i++) {
    ticks[i] = Math.floor(powerLaw((i + 0.5) / CELLS, 5, 201, 1.6));
  }
  return ticks;
}

function latencies(): Uint32Array {
  const ns = new Uint32Array(CELLS);
  for (let i = 0; i < CELLS; i++) {
    ns[i] = Math.floor(60_000 * exp(0.5 * normalQuantile((i + 0.5) / CELLS)));
  }
  return ns;
}

function profile(): Float64Array {
  const target = new Float64Array(MAX_DISTANCE);
  for (let k = 0; k < MAX_DISTANCE; k++) {
    target[k] = 95 * (1 - exp(-(k + 1) / 2.5)) * exp(-k / 80);
  }
  return target;
}
