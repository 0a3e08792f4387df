import { checkLabConfig, type LabConfig, WEIGHTS } from "../config.ts";
import type { NodalFields } from "../fields/mod.ts";
import { GaussNewton, type Learner, type LearnerState, NormalisedDescent } from "../learner/mod.ts";
import { Rollout } from "../motion/mod.ts";
import { MoveScale, Volatility } from "../moves/mod.ts";
import { type BaselineRow, Baselines, type Draws } from "../score/mod.ts";
import { BAND_SHARES, Bands } from "./bands.ts";
import { Blend } from "./blend.ts";
import { checkTick } from "./check_tick.ts";
import { ReplayDigest } from "./digest.ts";
import { Ledger } from "./ledger.ts";
import type { LabLoopState } from "./lab_state.ts";
import type { LabTick } from "./lab_tick.ts";
import { LiveGuard } from "./live_guard.ts";

/** How the weights learn: recursive Gauss-Newton or normalised descent. */
export type LearnerKind = "rls" | "nsgd";

/** What differs between a live lab and one that takes fields as given. */
export interface LabOptions {
  /** Whether guards raise sub-steps, silence an unstable medium and bound the published forecast. */
  readonly isGuarded?: boolean;
  /** Ticks that outcomes are multiples of, for the scaled bands; 0 where on none. */
  readonly lattice?: number;
  /** Mean square of a move, ticks^2, that ridges are scaled by; "learned" takes it from 600 moves. */
  readonly moveSq?: number | "learned";
  /** Weights and curvature of the session before, as its {@link LabLoop.save} gave them. */
  readonly learner?: LearnerState;
}

/** Moves that a scale of moves is taken from. */
const SCALE_MOVES = 600;
const LEAST_MOVE_SQ = 1e-3;

/**
 * One instrument's lab: scores old forecasts by the new spot, learns, and forecasts again, in this
 * order. A missing tick is one that is not given; it changes nothing but time.
 */
export class LabLoop {
  /** What was said at the last tick; its buffers are used again. */
  readonly rollout: Rollout;
  /** Forecasts that wait and those that were scored. */
  readonly ledger: Ledger;
  readonly #cfg: LabConfig;
  readonly #options: LabOptions;
  readonly #learner: Learner;
  readonly #blend: Blend;
  readonly #bands: Bands;
  readonly #guard: LiveGuard;
  readonly #moves = new MoveScale();
  readonly #volatility = new Volatility();
  readonly #digest = new ReplayDigest();
  readonly #pub: Float64Array;
  #baselines: Baselines;
  #tick = -Infinity;
  #spot = NaN;
  #vhat = 0;
  #moveSq = 1;
  #isScaled: boolean;

  /**
   * @param cfg Every constant.
   * @param mode How the weights learn.
   * @throws {LabError} When a constant is out of range.
   */
  constructor(cfg: LabConfig, mode: LearnerKind, options: LabOptions = {}) {
    const { moveSq = 1 } = options;
    checkLabConfig(cfg);
    this.#cfg = cfg;
    this.#options = options;
    this.rollout = new Rollout(cfg);
    this.ledger = new Ledger(cfg.H);
    this.#learner = mode === "rls" ? new GaussNewton(cfg) : new NormalisedDescent(cfg);
    this.#blend = new Blend(cfg.H, cfg.lam, cfg.blendKappa);
    this.#bands = new Bands(cfg, options.lattice);
    this.#guard = new LiveGuard();
    this.#pub = new Float64Array(cfg.H);
    this.#baselines = this.#newBaselines();
    this.#isScaled = moveSq !== "learned";
    if (moveSq !== "learned" && moveSq !== 1) this.#rescale(moveSq);
    const { learner } = options;
    if (learner !== undefined) this.#learner.restore({ ...learner, priorScale: this.#moveSq });
  }

  /** Origins that went without all their outcomes. */
  get expired(): number {
    return this.ledger.expired;
  }

  /** Hash of all that was said so far, 8 hexadecimal digits. */
  get digest(): string {
    return this.#digest.hex;
  }

  /** The weights, shape [7]. */
  get theta(): Float64Array {
    return this.#learner.theta;
  }

  /** Published forecasts of the last tick, shape [H], ticks; used again. */
  get published(): Float64Array {
    return this.#pub;
  }

  /** Forecasts of the last tick without physics; its arrays are used again. */
  get baselines(): BaselineRow {
    return this.#baselines.row;
  }

  /** Scale of the ridges, the mean square of a move, ticks^2. */
  get moveSq(): number {
    return this.#moveSq;
  }

  /**
   * Takes a present tick and returns what the lab says, in arrays of its own.
   *
   * @param tick Rises; missing ticks are left out.
   * @param spot Ticks.
   * @param ofi Normalised order flow, -1..1.
   * @param fields The medium about the spot, shape [2N + 1] each; not kept.
   * @throws {LabError} When one of them is out of range, not finite or of another grid. Nothing has
   * changed then: the tick counts as missing.
   */
  tick(tick: number, spot: number, ofi: number, fields: NodalFields): LabTick {
    this.advance(tick, spot, ofi, fields);
    return this.snapshot();
  }

  /** As {@link tick}, without the answer: for runs over many ticks that read what they need. */
  advance(tick: number, spot: number, ofi: number, fields: NodalFields): void {
    checkTick({ tick, spot, ofi, fields }, this.#tick, 2 * this.#cfg.N + 1);
    this.#score(tick, spot);
    this.#observe(tick, spot, ofi);
    this.rollout.run(fields, this.theta, this.#vhat, undefined, this.#options.isGuarded);
    this.#publish(tick, spot);
    this.#digest.take(tick, spot, this.rollout.x, this.theta, this.#pub);
  }

  /** The past: outcomes, learning, blend and bands. */
  #score(tick: number, spot: number): void {
    const { ledger } = this;
    ledger.resolve(tick, spot);
    this.#learner.learn(ledger.resolved, ledger.count);
    this.#moves.take(tick, spot);
    for (let i = 0; i < ledger.count; i++) {
      const entry = ledger.resolved[i]!;
      this.#bands.push(entry.h, entry.act - entry.y, entry.pace);
      if (this.#moves.hasJumpedSince(entry.origin)) continue;
      this.#blend.learn(entry.h, entry.z, entry.act);
    }
  }

  /** The present: velocity, volatility, baselines. */
  #observe(tick: number, spot: number, ofi: number): void {
    const { H, dt } = this.#cfg;
    const gap = tick - this.#tick;
    this.#vhat = gap <= H ? (spot - this.#spot) / (gap * dt) : 0;
    this.#tick = tick;
    this.#spot = spot;
    this.#volatility.take(spot, this.#moves.move);
    if (!this.#isScaled && this.#volatility.count >= SCALE_MOVES) {
      this.#rescale(this.#volatility.meanSquare);
    }
    this.#baselines.step(tick, spot, ofi, this.#moves);
  }

  /** The future: blend, guard, bands, ledger. */
  #publish(tick: number, spot: number): void {
    const { H } = this.#cfg;
    const { x, J, flags } = this.rollout;
    if (this.#options.isGuarded) this.#guard.take(flags.fClip + flags.vClip + flags.xClip);
    const entries = this.ledger.open(tick, spot, this.theta, this.#volatility.pace);
    for (let h = 1; h <= H; h++) {
      const entry = entries[h - 1]!;
      entry.J.set(J.subarray((h - 1) * WEIGHTS, h * WEIGHTS));
      entry.z[0] = x[h - 1]!;
      entry.z[1] = this.#baselines.row.ar1[h - 1]!;
      entry.z[2] = this.#baselines.row.ofi[h - 1]!;
      entry.y = this.#held(h, this.#blend.publish(h, entry.z));
      entry.low = this.#bands.scaled(h, entry.y, BAND_SHARES[0], this.#volatility);
      entry.high = this.#bands.scaled(h, entry.y, BAND_SHARES[1], this.#volatility);
      this.#pub[h - 1] = entry.y;
    }
  }

  #held(h: number, y: number): number {
    return this.#options.isGuarded ? this.#guard.hold(h, y, this.#volatility.variance) : y;
  }

  /**
   * Quantile of a horizon's published forecast at the last tick, ticks.
   *
   * @param h 1..H.
   * @param q Share of outcomes below, in (0, 1).
   * @param kind Which bands.
   */
  quantile(h: number, q: number, kind: "plain" | "scaled"): number {
    return this.#bands[kind](h, this.#pub[h - 1]!, q, this.#volatility);
  }

  /** Scaled draws of a horizon about the published forecast at the last tick. @see Bands.draws */
  draws(h: number): Draws | null {
    return this.#bands.draws(h, this.#pub[h - 1]!, this.#volatility);
  }

  #newBaselines(): Baselines {
    const { H, lam, baseKappa, emaBeta } = this.#cfg;
    return new Baselines({ H, lam, emaBeta, kappa: baseKappa * this.#moveSq });
  }

  /** Starts curvature, blend and baselines again with ridges in proportion to the moves. */
  #rescale(moveSq: number): void {
    this.#moveSq = Math.min(Math.max(moveSq, LEAST_MOVE_SQ), 1);
    this.#isScaled = true;
    this.#learner.rescale(this.#moveSq);
    this.#blend.restart(this.#cfg.blendKappa * this.#moveSq);
    this.#baselines = this.#newBaselines();
  }

  /** Writes standard errors of the weights, shape [7]; NaN before the first lesson. */
  writeErrors(out: Float64Array): void {
    this.#learner.writeErrors(out);
  }

  /** What the lab says at the last tick, in arrays of its own. */
  snapshot(): LabTick {
    const { rollout, ledger } = this;
    const band = (kind: "plain" | "scaled") =>
      Float64Array.from(
        { length: 2 * this.#cfg.H },
        (_, i) => this.quantile((i >> 1) + 1, BAND_SHARES[(i & 1) as 0 | 1], kind),
      );
    return {
      tick: this.#tick,
      vhat: this.#vhat,
      v0: rollout.v0,
      a0: rollout.a0,
      nSub: rollout.nSub,
      x: rollout.x.slice(),
      Phi: rollout.Phi.slice(),
      resolved: ledger.resolved.slice(0, ledger.count).map(({ origin, h, err }) =>
        [origin, h, err] as const
      ),
      theta: this.theta.slice(),
      blend: this.#blend.u.slice(),
      pub: this.#pub.slice(),
      band: band("plain"),
      scaledBand: band("scaled"),
      pinned: [...this.#learner.pinned],
      resets: this.#learner.resets,
      flags: { ...rollout.flags },
      isJump: this.#moves.isJump,
      held: this.#guard.held,
      isUnstable: this.#guard.isUnstable,
    };
  }

  /** Whole state, fit to be cloned. */
  save(): LabLoopState {
    return {
      tick: this.#tick,
      spot: this.#spot,
      moveSq: this.#moveSq,
      isScaled: this.#isScaled,
      digest: this.#digest.save(),
      learner: this.#learner.save(),
      ledger: this.ledger.save(),
      blend: this.#blend.save(),
      bands: this.#bands.save(),
      moves: this.#moves.save(),
      volatility: this.#volatility.save(),
      baselines: this.#baselines.save(),
      guard: this.#guard.save(),
    };
  }

  /** Goes on from a state of a loop with the same constants; nothing is said until the next tick. */
  restore(state: LabLoopState): void {
    this.#tick = state.tick;
    this.#spot = state.spot;
    this.#moveSq = state.moveSq;
    this.#isScaled = state.isScaled;
    this.#digest.restore(state.digest);
    this.#learner.restore(state.learner);
    this.ledger.restore(state.ledger);
    this.#blend.restore(state.blend);
    this.#bands.restore(state.bands);
    this.#moves.restore(state.moves);
    this.#volatility.restore(state.volatility);
    this.#baselines = this.#newBaselines();
    this.#baselines.restore(state.baselines);
    this.#guard.restore(state.guard);
  }
}
