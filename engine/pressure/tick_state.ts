import { ENG } from "../frames/mod.ts";

/** Time constants of the derivative chain and of the masses, s. */
export const TAU_V = 2;
export const TAU_A = 5;
export const TAU_J = 10;
export const TAU_M = 30;

/** Values of a tick that lie side by side in memory: 4 levels, 4 velocities, 4 accelerations, 4 jerks. */
export const STRIDE = 16;

/** Share of the grid, one in so many ticks, up to which a copy writes zeros first and then what is touched. */
const SPARSE_SHARE = 8;

/** Longest ratio dt / τ before a decay counts as complete. */
const MAX_RATIO = 50;

/**
 * Weight of the newest value in an exponential mean: 1 − exp(−dt/τ), 0 for dt ≤ 0, 1 beyond 50 τ.
 *
 * @param dtS Elapsed seconds.
 * @param tauS Time constant, s, > 0.
 */
export function alpha(dtS: number, tauS: number): number {
  if (!(dtS > 0)) return 0;
  const ratio = dtS / tauS;
  return ratio > MAX_RATIO ? 1 : 1 - Math.exp(-ratio);
}

/** The state of every tick of a grid: one run of 16 values per tick, and the forces as columns. */
export class TickState {
  readonly ticks: number;
  /** [ticks × 16]: columns 0 to 15 of `ENG`, tick by tick. */
  readonly values: Float64Array;
  readonly pressure: Float64Array;
  readonly vacuum: Float64Array;
  /** Time of the newest touch or advance, ns offset; 0 = never touched. */
  readonly lastNs: Float64Array;
  readonly lastEventId: Float64Array;
  /** Slots that were ever touched, in order of first touch. */
  readonly active: Int32Array;
  activeCount = 0;
  /** How often ticks were rewritten that no event had touched: all of a kept copy is stale then. */
  rewrites = 0;
  /** Slots that had depth when it was last set for all of them. */
  readonly #rested: Int32Array;
  #restedCount = 0;

  constructor(ticks: number) {
    this.ticks = ticks;
    this.values = new Float64Array(ticks * STRIDE);
    this.pressure = new Float64Array(ticks);
    this.vacuum = new Float64Array(ticks);
    this.lastNs = new Float64Array(ticks);
    this.lastEventId = new Float64Array(ticks);
    this.active = new Int32Array(ticks);
    this.#rested = new Int32Array(ticks);
  }

  /** Puts everything back to zero. */
  reset(): void {
    this.values.fill(0);
    this.pressure.fill(0);
    this.vacuum.fill(0);
    this.lastNs.fill(0);
    this.lastEventId.fill(0);
    this.activeCount = 0;
    this.#restedCount = 0;
    this.rewrites++;
  }

  /** Sets the resting depth of every tick, and nothing else; without `ask`, `bid` holds both sides. */
  setRestDepth(bid: Float64Array, ask?: Float64Array): void {
    const { values } = this;
    let rested = 0;
    for (let i = 0; i < this.ticks; i++) {
      const depth = ask === undefined ? bid[i]! : bid[i]! + ask[i]!;
      values[i * STRIDE + ENG.REST_DEPTH] = depth;
      if (depth !== 0) this.#rested[rested++] = i;
    }
    this.#restedCount = rested;
    this.rewrites++;
  }

  /** Notes that an event touched a tick. */
  mark(index: number, tsNs: number, eventId: number): void {
    if (this.lastEventId[index] === 0) this.active[this.activeCount++] = index;
    this.lastNs[index] = tsNs;
    this.lastEventId[index] = eventId;
  }

  /**
   * Recomputes the two forces of a tick from its chain, in contracts/s, both ≥ 0: liquidity arriving
   * and liquidity leaving.
   */
  updateForces(index: number): void {
    const s = this.values;
    const o = index * STRIDE;
    const vRest = s[o + ENG.V_REST_DEPTH]!;
    const aAdd = s[o + ENG.A_ADD]!;
    const aPull = s[o + ENG.A_PULL]!;
    this.pressure[index] = 1.0 * s[o + ENG.V_ADD]! + 0.5 * (vRest > 0 ? vRest : 0) +
      0.3 * (aAdd > 0 ? aAdd : 0);
    this.vacuum[index] = 1.0 * s[o + ENG.V_PULL]! + 1.5 * s[o + ENG.V_FILL]! +
      0.5 * (vRest < 0 ? -vRest : 0) + 0.3 * (aPull > 0 ? aPull : 0);
  }

  /** Copies one engine column into `out`, length `ticks`. */
  column(column: number, out: Float64Array): void {
    if (column === ENG.PRESSURE) out.set(this.pressure);
    else if (column === ENG.VACUUM) out.set(this.vacuum);
    else if (this.activeCount * SPARSE_SHARE <= this.ticks) this.#sparseColumn(column, out);
    else for (let i = 0; i < this.ticks; i++) out[i] = this.values[i * STRIDE + column]!;
  }

  /** Copies all 18 engine columns, each of shape [ticks], in `ENG` order. */
  copyColumns(out: readonly Float64Array[]): void {
    if (this.activeCount * SPARSE_SHARE > this.ticks) {
      for (let first = 0; first < STRIDE; first += 4) copyFour(this.values, first, out);
    } else for (let column = 0; column < STRIDE; column++) this.#sparseColumn(column, out[column]!);
    out[ENG.PRESSURE]!.set(this.pressure);
    out[ENG.VACUUM]!.set(this.vacuum);
  }

  /**
   * Copies the touched ticks of all 18 columns, and leaves the others as they are: a copy that was whole
   * at the same {@link TickState.rewrites} is whole again.
   */
  copyActive(out: readonly Float64Array[]): void {
    for (let column = 0; column < STRIDE; column++) this.#writeActive(column, out[column]!);
    const { active, activeCount, pressure, vacuum } = this;
    const [pressureOut, vacuumOut] = [out[ENG.PRESSURE]!, out[ENG.VACUUM]!];
    for (let n = 0; n < activeCount; n++) {
      const index = active[n]!;
      pressureOut[index] = pressure[index]!;
      vacuumOut[index] = vacuum[index]!;
    }
  }

  /** What no event touched and nothing rests at is zero, and zeros are written fastest. */
  #sparseColumn(column: number, out: Float64Array): void {
    out.fill(0);
    if (column === ENG.REST_DEPTH) {
      for (let n = 0; n < this.#restedCount; n++) {
        const index = this.#rested[n]!;
        out[index] = this.values[index * STRIDE + column]!;
      }
    }
    this.#writeActive(column, out);
  }

  #writeActive(column: number, out: Float64Array): void {
    const { active, activeCount, values } = this;
    for (let n = 0; n < activeCount; n++) {
      const index = active[n]!;
      out[index] = values[index * STRIDE + column]!;
    }
  }
}

/** Copies four neighbouring columns of every tick: a line of the cache is read for all of them at once. */
function copyFour(values: Float64Array, first: number, out: readonly Float64Array[]): void {
  const a = out[first]!;
  const b = out[first + 1]!;
  const c = out[first + 2]!;
  const d = out[first + 3]!;
  for (let i = 0, o = first; i < a.length; i++, o += STRIDE) {
    a[i] = values[o]!;
    b[i] = values[o + 1]!;
    c[i] = values[o + 2]!;
    d[i] = values[o + 3]!;
  }
}

/** Copy of the touched ticks, fit for structured clone. */
export interface TickStateCopy {
  readonly active: Int32Array;
  readonly values: Float64Array;
  readonly pressure: Float64Array;
  readonly vacuum: Float64Array;
  readonly lastNs: Float64Array;
  readonly lastEventId: Float64Array;
  /** Resting depth of all ticks, also of those that were never touched. */
  readonly restDepth: Float64Array;
}

/** Copies a state: touched ticks whole, of the others the depth. */
export function copyTickState(state: TickState): TickStateCopy {
  const active = state.active.slice(0, state.activeCount);
  const values = new Float64Array(active.length * STRIDE);
  const restDepth = new Float64Array(state.ticks);
  state.column(ENG.REST_DEPTH, restDepth);
  for (const [i, index] of active.entries()) {
    values.set(state.values.subarray(index * STRIDE, (index + 1) * STRIDE), i * STRIDE);
  }
  const pick = (column: Float64Array) => Float64Array.from(active, (index) => column[index]!);
  return {
    active,
    values,
    pressure: pick(state.pressure),
    vacuum: pick(state.vacuum),
    lastNs: pick(state.lastNs),
    lastEventId: pick(state.lastEventId),
    restDepth,
  };
}

/** Puts a copy back. */
export function restoreTickState(state: TickState, copy: TickStateCopy): void {
  state.reset();
  state.setRestDepth(copy.restDepth);
  state.active.set(copy.active);
  state.activeCount = copy.active.length;
  for (const [i, index] of copy.active.entries()) {
    state.values.set(copy.values.subarray(i * STRIDE, (i + 1) * STRIDE), index * STRIDE);
    state.pressure[index] = copy.pressure[i]!;
    state.vacuum[index] = copy.vacuum[i]!;
    state.lastNs[index] = copy.lastNs[i]!;
    state.lastEventId[index] = copy.lastEventId[i]!;
  }
}
