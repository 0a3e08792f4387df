import { STRIKE_STEP_INT, type SurfaceBook } from "../book/mod.ts";

/** Numbers per strike: calls' bids, calls' asks, puts' bids, puts' asks. */
const CELLS = 4;

/**
 * Depth and flow of one window per strike, right and side: cell
 * `((offset + half) * 2 + right) * 2 + side`, right 0 for calls and 1 for puts, side 0 for bids and 1
 * for asks; the strike is `strikeRefInt + offset` steps of 5 points.
 */
export class StrikeFlow {
  /** Strikes on each side of the middle. */
  readonly half: number;
  /** Strike in the middle, 1e-9 points; 0 when the window has no spot: all cells are 0 then. */
  strikeRefInt = 0;
  /** Contracts that rest at the end. */
  readonly end: Float64Array;
  readonly add: Float64Array;
  readonly pull: Float64Array;
  /** Of `pull`, what had rested. */
  readonly pullRest: Float64Array;
  readonly fill: Float64Array;

  constructor(half: number) {
    this.half = half;
    const cells = (2 * half + 1) * CELLS;
    this.end = new Float64Array(cells);
    this.add = new Float64Array(cells);
    this.pull = new Float64Array(cells);
    this.pullRest = new Float64Array(cells);
    this.fill = new Float64Array(cells);
  }

  /** Empties all cells and puts them around a strike, or nowhere (0). */
  moveTo(strikeRefInt: number): void {
    this.strikeRefInt = strikeRefInt;
    this.end.fill(0);
    this.add.fill(0);
    this.pull.fill(0);
    this.pullRest.fill(0);
    this.fill.fill(0);
  }

  /** Adds the finished window of an option, under the nearest strike of the lattice (ties upward). */
  take(book: SurfaceBook, strikeInt: number, isCall: boolean): void {
    if (this.strikeRefInt === 0) return;
    const steps = (strikeInt - this.strikeRefInt) / STRIKE_STEP_INT;
    const offset = Math.floor(steps + 0.5) + this.half;
    if (offset < 0 || offset > 2 * this.half) return;
    const first = offset * CELLS + (isCall ? 0 : 2);
    const { levels } = book;
    this.end[first] = this.end[first]! + levels.total[0]!;
    this.end[first + 1] = this.end[first + 1]! + levels.total[1]!;
    for (let i = 0; i < levels.touchedCount; i++) {
      const level = levels.touchedAt(i);
      const cell = first + levels.sideOf(level);
      this.add[cell] = this.add[cell]! + levels.added(level);
      this.pull[cell] = this.pull[cell]! + levels.pulled(level);
      this.pullRest[cell] = this.pullRest[cell]! + levels.pulledRest(level);
      this.fill[cell] = this.fill[cell]! + levels.filled(level);
    }
  }
}
