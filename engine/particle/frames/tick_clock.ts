import { LabError } from "../error.ts";

const NS_PER_S = 1e9;

/**
 * Width of a tick in whole ns.
 *
 * @param dt Time between forecasts, s.
 * @throws {LabError} `setting` when it is not a whole number of ns, at least one.
 */
function widthOf(dt: number): number {
  const widthNs = Math.round(dt * NS_PER_S);
  if (!(widthNs >= 1 && Math.abs(dt * NS_PER_S - widthNs) < 1e-3)) {
    throw new LabError("setting", "dt", `must be whole nanoseconds, at least one: it is ${dt} s`);
  }
  return widthNs;
}

/**
 * The tick that holds a time: `⌊t / dt⌋`. It exceeds 2^31 and is exact.
 *
 * @param tsNs Epoch ns, ≥ 0; as a BigInt, since a time in ns exceeds 2^53.
 * @param dt s.
 */
export function tickOf(tsNs: bigint, dt: number): number {
  return Number(tsNs / BigInt(widthOf(dt)));
}

/**
 * End of a tick, epoch ns, exclusive: `(k + 1) dt`, the time at which its frame closes.
 *
 * @param tick 0 or more.
 * @param dt s.
 */
export function tickEndNs(tick: number, dt: number): bigint {
  return BigInt(tick + 1) * BigInt(widthOf(dt));
}

/**
 * Ticks of one width on the grid of the epoch, told as offsets from a base: a time in ns is no exact double, an
 * offset of less than 104 days is.
 */
export class TickClock {
  /** The open tick; NaN before the first. */
  tick = NaN;
  /** Its end, ns offset, exclusive; NaN before the first. */
  endNs = NaN;
  readonly #widthNs: number;
  readonly #baseTick: number;
  /** How far the base lies inside its tick, ns. */
  readonly #restNs: number;

  /**
   * @param baseNs Epoch ns that offsets count from.
   * @param dt Width of a tick, s.
   * @throws {LabError} `setting` when the width is not a whole number of ns, at least one.
   */
  constructor(baseNs: bigint, dt: number) {
    this.#widthNs = widthOf(dt);
    this.#baseTick = tickOf(baseNs, dt);
    this.#restNs = Number(baseNs % BigInt(this.#widthNs));
  }

  /** Opens the tick that holds a time. @param tsNs ns offset. */
  open(tsNs: number): void {
    this.goTo(this.#baseTick + Math.floor((this.#restNs + tsNs) / this.#widthNs));
  }

  /** Opens a tick. @param tick NaN for none. */
  goTo(tick: number): void {
    this.tick = tick;
    this.endNs = (tick + 1 - this.#baseTick) * this.#widthNs - this.#restNs;
  }
}
