import { exp } from "../../dmath/mod.ts";
import { LabError } from "../error.ts";
import type { WallObservation } from "../walls/mod.ts";
import { NormalStream, uniformAt } from "./streams.ts";

/** Worlds by name, in the order of their numbers: the first is also called W0. */
export const WORLD_NAMES = [
  "walk",
  "flow",
  "revert",
  "bounce",
  "jumps",
  "wall",
  "volatile",
] as const;

/** Name of a synthetic world. */
export type WorldName = (typeof WORLD_NAMES)[number];

/** A synthetic market whose price follows its features a tick later. Columns of shape [n], a row a tick. */
export interface World {
  readonly name: WorldName;
  readonly seed: number;
  /** Mid, absolute ticks. */
  readonly spot: Float64Array;
  /** Normalised order-flow imbalance, -1 to 1. */
  readonly ofi: Float64Array;
  /** What price is drawn to, ticks from the mid. */
  readonly anchor: Float64Array;
  /** One wall observation a tick, where the world has a wall. */
  readonly obs: readonly WallObservation[] | null;
}

const START_TICKS = 20_000;
/** Streams of draws: noise, flow, jumps, anchor, wall, volatility. */
const STREAM = { NOISE: 1, FLOW: 2, JUMP: 3, ANCHOR: 4, WALL: 5, VOLATILITY: 6 } as const;
const FLOW_KEEPS = 0.7;
/** Keeps the variance of the flow at 1. */
const FLOW_SHOCK = Math.sqrt(0.51);
const JUMP_TICKS = 20;
/** Chance a tick of a jump up; of one down, the same. */
const JUMP_CHANCE = 0.004;
/** How far above the start the wall stands, ticks. */
const WALL_ABOVE = 12;
/** Standard deviation of the wall, ticks. */
const WALL_SIGMA = 5;

/** What a move may depend on. */
interface Moment {
  /** Mid less its anchor, ticks. */
  readonly off: number;
  readonly flow: number;
  /** The move before, ticks. */
  readonly last: number;
  /** Standard normal. */
  readonly noise: number;
  readonly tick: number;
}

/** Next move by its causes, ticks. */
type Rule = (moment: Moment, seed: number) => number;

const flowMove: Rule = ({ flow, noise }) => 0.2 * flow + noise;

/** Moves of the worlds without a wall. */
const RULES: Readonly<Record<Exclude<WorldName, "wall">, () => Rule>> = {
  walk: () => ({ noise }) => noise,
  flow: () => flowMove,
  revert: () => ({ off, noise }) => -0.06 * off + noise,
  bounce: () => ({ last, noise }) => -0.25 * last + noise,
  jumps: () => (moment, seed) => flowMove(moment, seed) + jumpAt(moment.tick, seed),
  volatile: volatileRule,
};

function jumpAt(tick: number, seed: number): number {
  const u = uniformAt(STREAM.JUMP, tick, seed);
  if (u < JUMP_CHANCE) return JUMP_TICKS;
  return u < 2 * JUMP_CHANCE ? -JUMP_TICKS : 0;
}

/** Stochastic volatility: its logarithm is an autoregression of half-life 138 ticks. */
function volatileRule(): Rule {
  let stream: NormalStream | null = null;
  let logVolatility = 0;
  return ({ noise }, seed) => {
    stream ??= new NormalStream(STREAM.VOLATILITY, seed);
    logVolatility = 0.995 * logVolatility + 0.06 * stream.next();
    return exp(logVolatility) * noise;
  };
}

/**
 * A synthetic market of n ticks; equal arguments give equal worlds.
 *
 * `walk` has nothing to foretell; `flow` drifts with the order flow, `jumps` also leaps by 20 ticks;
 * `revert` returns to an anchor; `bounce` takes back a quarter of its last move; `wall` is pushed off a
 * wall and drawn back to it; `volatile` is a walk of changing volatility, made for bands.
 *
 * @param name Name or number (`W0` to `W6`).
 * @param seed Whole number in 0..2^32 - 1.
 * @param n Ticks, at least 1.
 * @throws {LabError} When no such world exists, or seed or n is out of range.
 */
export function world(name: string, seed: number, n: number): World {
  const known = WORLD_NAMES.find((each, i) => each === name || `W${i}` === name);
  if (known === undefined) {
    const names = WORLD_NAMES.join(", ");
    throw new LabError("setting", "world", `must be one of ${names}: it is "${name}"`);
  }
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
    throw new LabError("setting", "seed", `must be a whole number below 2^32: it is ${seed}`);
  }
  if (!Number.isSafeInteger(n) || n < 1) {
    throw new LabError("setting", "n", `must be a whole number >= 1: it is ${n}`);
  }
  return known === "wall" ? wallWorld(seed, n) : featureWorld(known, seed, n);
}

function featureWorld(name: Exclude<WorldName, "wall">, seed: number, n: number): World {
  const noise = new NormalStream(STREAM.NOISE, seed);
  const flowShock = new NormalStream(STREAM.FLOW, seed);
  const anchorShock = new NormalStream(STREAM.ANCHOR, seed);
  const move = RULES[name]();
  const spot = new Float64Array(n);
  const ofi = new Float64Array(n);
  const anchor = new Float64Array(n);
  let [price, flow, pole, last] = [START_TICKS, 0, START_TICKS, 0];
  for (let tick = 0; tick < n; tick++) {
    spot[tick] = price;
    ofi[tick] = Math.tanh(flow / 2);
    anchor[tick] = pole - price;
    last = move({ off: price - pole, flow, last, noise: noise.next(), tick }, seed);
    price += last;
    flow = FLOW_KEEPS * flow + FLOW_SHOCK * flowShock.next();
    pole += 0.3 * anchorShock.next();
  }
  return { name, seed, spot, ofi, anchor, obs: null };
}

/** Price below a wall: an odd force about its centre, a weak pull to 10 ticks below it, and noise. */
function wallWorld(seed: number, n: number): World {
  const noise = new NormalStream(STREAM.NOISE, seed);
  const spot = new Float64Array(n);
  const obs: WallObservation[] = [];
  const wall = START_TICKS + WALL_ABOVE;
  let price = START_TICKS;
  for (let tick = 0; tick < n; tick++) {
    spot[tick] = price;
    const center = wall + uniformAt(STREAM.WALL, tick, seed) - 0.5;
    obs.push({ center, e: 0.9, r: 0, sigma: WALL_SIGMA });
    const z = (price - wall) / WALL_SIGMA;
    price += 0.9 * z * exp(-z * z / 2) - 0.02 * (price - (wall - 10)) + 0.7 * noise.next();
  }
  return { name: "wall", seed, spot, ofi: new Float64Array(n), anchor: new Float64Array(n), obs };
}
