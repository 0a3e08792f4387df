/** Moves before a jump can be told from a lively market. */
const WARM_MOVES = 50;
/** A jump is beyond eight scales. */
const JUMP_SCALES_SQ = 64;
/** Least scale that a jump is measured by, ticks^2: a jump has four ticks at least. */
const LEAST_JUMP_SCALE_SQ = 0.25;
/** A move counts to the scale as three scales at most. */
const WINSOR_SCALES_SQ = 9;
const FLOOR_FIRST_SQ = 0.01;
const FLOOR_SQ = 1e-4;
const SLOWEST = 0.001;

/** State of a {@link MoveScale}. */
export interface MoveScaleState {
  readonly tick: number;
  readonly spot: number;
  readonly move: number;
  readonly isJump: boolean;
  readonly lastJump: number;
  readonly scaleSq: number;
  readonly count: number;
}

/**
 * The slow winsorised scale of the moves from tick to tick, and which of them are jumps.
 *
 * A jump teaches neither blend nor baselines; a lasting shift of volatility is taken up at 0.8 % a
 * tick at most.
 */
export class MoveScale {
  #tick = -Infinity;
  #spot = 0;
  #move = NaN;
  #isJump = false;
  #lastJump = -Infinity;
  #scaleSq = 0;
  #count = 0;

  /** The last tick's move, ticks; NaN when the tick before it was missing. */
  get move(): number {
    return this.#move;
  }

  /** Whether the last tick's move is a jump. */
  get isJump(): boolean {
    return this.#isJump;
  }

  /** Scale of a move, ticks; 0 before the first. */
  get scale(): number {
    return Math.sqrt(this.#scaleSq);
  }

  /** Moves seen. */
  get count(): number {
    return this.#count;
  }

  /** Takes the spot of a present tick, ticks; ticks rise. A jump is told by the scale before it. */
  take(tick: number, spot: number): void {
    this.#move = tick === this.#tick + 1 ? spot - this.#spot : NaN;
    this.#tick = tick;
    this.#spot = spot;
    const squared = this.#move * this.#move;
    this.#isJump = this.#count >= WARM_MOVES &&
      squared > JUMP_SCALES_SQ * Math.max(this.#scaleSq, LEAST_JUMP_SCALE_SQ);
    if (this.#isJump) this.#lastJump = tick;
    if (!Number.isNaN(squared)) this.#learn(squared);
  }

  #learn(squared: number): void {
    if (this.#count === 0) this.#scaleSq = Math.max(squared, FLOOR_FIRST_SQ);
    else {
      const share = Math.max(SLOWEST, 1 / (this.#count + 1));
      const winsorised = Math.min(squared, WINSOR_SCALES_SQ * this.#scaleSq);
      this.#scaleSq = Math.max(FLOOR_SQ, this.#scaleSq + share * (winsorised - this.#scaleSq));
    }
    this.#count++;
  }

  /** Whether one of the ticks after `origin` up to the last one is a jump. */
  hasJumpedSince(origin: number): boolean {
    return this.#lastJump > origin;
  }

  /** Whole state. */
  save(): MoveScaleState {
    return {
      tick: this.#tick,
      spot: this.#spot,
      move: this.#move,
      isJump: this.#isJump,
      lastJump: this.#lastJump,
      scaleSq: this.#scaleSq,
      count: this.#count,
    };
  }

  /** Goes on from a state. */
  restore(state: MoveScaleState): void {
    this.#tick = state.tick;
    this.#spot = state.spot;
    this.#move = state.move;
    this.#isJump = state.isJump;
    this.#lastJump = state.lastJump;
    this.#scaleSq = state.scaleSq;
    this.#count = state.count;
  }
}
