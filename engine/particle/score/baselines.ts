import type { LabConfig } from "../config.ts";
import { MoveScale, type MoveScaleState } from "../moves/mod.ts";

/** Settings of the baselines. */
export interface BaselineOptions extends Pick<LabConfig, "H" | "lam" | "emaBeta"> {
  /** Ridge of the regressions, ticks^2, > 0. */
  readonly kappa: number;
}

/** Forecasts of the baselines at one tick, ticks from the spot; each of shape [H]. */
export interface BaselineRow {
  /** The last move goes on. */
  readonly lastv: Float64Array;
  /** The mean move of late goes on. */
  readonly ema: Float64Array;
  /** Autoregression of order 1 of the moves. */
  readonly ar1: Float64Array;
  /** Regression on the order-flow imbalance, one per horizon. */
  readonly ofi: Float64Array;
  /** Coefficient of the autoregression, -0.99 to 0.99. */
  phi: number;
}

/** State of {@link Baselines}. */
export interface BaselineState {
  readonly moves: MoveScaleState;
  readonly meanMove: number;
  readonly lastMove: number;
  readonly moveXy: number;
  readonly moveXx: number;
  readonly flowXy: Float64Array;
  readonly flowXx: Float64Array;
  readonly ticks: Float64Array;
  readonly spots: Float64Array;
  readonly flows: Float64Array;
}

const MOST_PHI = 0.99;

/**
 * The forecasts that the lab has to beat, learned tick by tick from what has arrived. Beside them
 * stands the random walk, whose forecast is 0.
 *
 * A missing tick makes no move, and a span with a jump teaches nothing.
 */
export class Baselines {
  /** Forecasts of the last tick; the arrays are used again. */
  readonly row: BaselineRow;
  readonly #options: BaselineOptions;
  readonly #moves = new MoveScale();
  #meanMove = 0;
  /** Move of the last tick, ticks; NaN when there was none or it was a jump. */
  #lastMove = NaN;
  #moveXy = 0;
  #moveXx = 0;
  readonly #flowXy: Float64Array;
  readonly #flowXx: Float64Array;
  /** Rings of H + 1 ticks, by tick modulo their length. */
  readonly #ticks: Float64Array;
  readonly #spots: Float64Array;
  readonly #flows: Float64Array;

  constructor(options: BaselineOptions) {
    const { H } = options;
    const column = () => new Float64Array(H);
    this.#options = options;
    this.row = { lastv: column(), ema: column(), ar1: column(), ofi: column(), phi: 0 };
    this.#flowXy = column();
    this.#flowXx = column();
    this.#ticks = new Float64Array(H + 1).fill(NaN);
    this.#spots = new Float64Array(H + 1);
    this.#flows = new Float64Array(H + 1);
  }

  /**
   * Takes a present tick and returns the forecasts from there; ticks rise.
   *
   * @param tick Whole number.
   * @param spot Mid, ticks.
   * @param f Normalised order-flow imbalance, -1 to 1.
   */
  tick(tick: number, spot: number, f: number): BaselineRow {
    this.#moves.take(tick, spot);
    return this.step(tick, spot, f, this.#moves);
  }

  /** {@link tick} for a caller that tells moves and jumps itself. @param moves Has taken this tick. */
  step(tick: number, spot: number, f: number, moves: MoveScale): BaselineRow {
    const { H } = this.#options;
    const move = moves.isJump ? NaN : moves.move;
    this.#learnMove(move);
    for (let h = 1; h <= H; h++) this.#learnFlow(h, tick, spot, moves);
    const at = tick % (H + 1);
    this.#ticks[at] = tick;
    this.#spots[at] = spot;
    this.#flows[at] = f;
    this.#forecast(moves.move, move, f);
    return this.row;
  }

  /** @param move Ticks; NaN when it teaches nothing. */
  #learnMove(move: number): void {
    const { lam, emaBeta } = this.#options;
    if (!Number.isNaN(move)) this.#meanMove += emaBeta * (move - this.#meanMove);
    const product = move * this.#lastMove;
    if (!Number.isNaN(product)) {
      this.#moveXy = lam * this.#moveXy + product;
      this.#moveXx = lam * this.#moveXx + this.#lastMove * this.#lastMove;
    }
    this.#lastMove = move;
  }

  #learnFlow(h: number, tick: number, spot: number, moves: MoveScale): void {
    const origin = tick - h;
    const at = origin % this.#ticks.length;
    if (this.#ticks[at] !== origin || moves.hasJumpedSince(origin)) return;
    const { lam } = this.#options;
    const flow = this.#flows[at]!;
    this.#flowXy[h - 1] = lam * this.#flowXy[h - 1]! + flow * (spot - this.#spots[at]!);
    this.#flowXx[h - 1] = lam * this.#flowXx[h - 1]! + flow * flow;
  }

  /** @param last The last move; NaN when missing. @param move The same, but NaN when it is a jump. */
  #forecast(last: number, move: number, f: number): void {
    const { H, kappa } = this.#options;
    const slope = this.#moveXy / (this.#moveXx + kappa);
    const phi = Math.min(MOST_PHI, Math.max(-MOST_PHI, slope));
    const speed = Number.isNaN(last) ? 0 : last;
    const known = Number.isNaN(move) ? 0 : move;
    const row = this.row;
    row.phi = phi;
    let power = 1;
    let sum = 0;
    for (let h = 1; h <= H; h++) {
      power *= phi;
      sum += power;
      row.lastv[h - 1] = h * speed;
      row.ema[h - 1] = h * this.#meanMove;
      row.ar1[h - 1] = known * sum;
      row.ofi[h - 1] = f * this.#flowXy[h - 1]! / (this.#flowXx[h - 1]! + kappa);
    }
  }

  /** Copy of the whole state. */
  save(): BaselineState {
    return {
      moves: this.#moves.save(),
      meanMove: this.#meanMove,
      lastMove: this.#lastMove,
      moveXy: this.#moveXy,
      moveXx: this.#moveXx,
      flowXy: this.#flowXy.slice(),
      flowXx: this.#flowXx.slice(),
      ticks: this.#ticks.slice(),
      spots: this.#spots.slice(),
      flows: this.#flows.slice(),
    };
  }

  /** Goes on from a state. @throws {RangeError} When it is of more horizons. */
  restore(state: BaselineState): void {
    this.#moves.restore(state.moves);
    this.#meanMove = state.meanMove;
    this.#lastMove = state.lastMove;
    this.#moveXy = state.moveXy;
    this.#moveXx = state.moveXx;
    this.#flowXy.set(state.flowXy);
    this.#flowXx.set(state.flowXx);
    this.#ticks.set(state.ticks);
    this.#spots.set(state.spots);
    this.#flows.set(state.flows);
  }
}
