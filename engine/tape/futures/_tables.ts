import { exp, log, normalQuantile, pow } from "../../dmath/mod.ts";

const CELLS = 65_536;
const MAX_DISTANCE = 512;

/** What order flow draws by: tables of 65,536 equal probabilities, and the shape of a book. */
export interface FlowTables {
  /** Limit order size, contracts. */
  readonly limitSizes: Uint16Array;
  /** Market order size, contracts. */
  readonly marketSizes: Uint16Array;
  /** Ticks behind the touch of a far limit order. */
  readonly farTicks: Uint16Array;
  /** Log-normal part of the feed latency, ns. */
  readonly latencyNs: Uint32Array;
  /** Target contracts at k = 0..511 ticks from the touch, before depth and round-price factors. */
  readonly profile: Float64Array;
}

let made: FlowTables | null = null;

/** The tables, made for the first who asks: a thread that only knows the regimes by name needs none. */
export function flowTables(): FlowTables {
  return made ??= {
    limitSizes: limitSizes(),
    marketSizes: marketSizes(),
    farTicks: farTicks(),
    latencyNs: latencies(),
    profile: profile(),
  };
}

/** Returns the factor of a round price: 3 at $100, 2.2 at $25, 1.6 at $5, else 1. */
export function roundFactor(tick: number): number {
  if (tick % 20 !== 0) return 1;
  return tick % 400 === 0 ? 3 : tick % 100 === 0 ? 2.2 : 1.6;
}

/** Returns the function that gives x with density ~ x^-exponent on [from, to) at probability u. */
function powerLaw(from: number, to: number, exponent: number): (u: number) => number {
  const e = 1 - exponent;
  const a = pow(from, e);
  const span = pow(to, e) - a;
  return (u) => pow(a + u * span, 1 / e);
}

function limitSizes(): Uint16Array {
  const sizes = new Uint16Array(CELLS);
  const large = powerLaw(21, 251, 2.2);
  for (let i = 0; i < CELLS; i++) {
    const u = (i + 0.5) / CELLS;
    if (u < 0.62) sizes[i] = 1;
    else if (u < 0.87) sizes[i] = 2 + Math.floor((u - 0.62) / 0.25 * 4);
    else if (u < 0.97) sizes[i] = Math.floor(6 * pow(21 / 6, (u - 0.87) / 0.1));
    else sizes[i] = Math.floor(large((u - 0.97) / 0.03));
  }
  return sizes;
}

function marketSizes(): Uint16Array {
  const sizes = new Uint16Array(CELLS);
  const step = log(0.75);
  const large = powerLaw(20, 301, 2.2);
  for (let i = 0; i < CELLS; i++) {
    const u = (i + 0.5) / CELLS;
    if (u < 0.97) sizes[i] = 1 + Math.floor(log(1 - u / 0.97) / step);
    else sizes[i] = Math.floor(large((u - 0.97) / 0.03));
  }
  return sizes;
}

function farTicks(): Uint16Array {
  const ticks = new Uint16Array(CELLS);
  const behind = powerLaw(5, 201, 1.6);
  for (let i = 0; i < CELLS; i++) ticks[i] = Math.floor(behind((i + 0.5) / CELLS));
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
    target[k] = 7 * exp(-k / 120) + (22 + 14 * k) * exp(-k / 1.9);
  }
  return target;
}
