import type { SurfacePass } from "../../surfaces/pass/mod.ts";
import {
  copyGex,
  type MarketFrame,
  type ProfileChannel,
  type ProfileName,
} from "./market_frame.ts";
import {
  copyWindow,
  emptyCopy,
  type SurfaceCopy,
  VELOCITY_STRIKES,
  VELOCITY_TICKS,
} from "./surface_copy.ts";
import { STRIKE_STEP_TICKS } from "../../surfaces/book/mod.ts";

const NS_PER_S = 1e9;
/** Windows that are kept before the first tick: the surfaces run ahead of the bins by less. */
const KEPT_BEFORE = 128;
const VELOCITY: readonly ProfileName[] = [
  "vel.pressureGrad",
  "vel.nu",
  "vel.omegaProm",
  "vel.reinforce",
];

/** Copy of the memory between windows, fit for structured clone. */
export interface SurfaceChannelsState {
  readonly waiting: readonly SurfaceCopy[];
  readonly velocityAtNs: number;
  readonly optionsAtNs: number;
  readonly gammaAtNs: number;
}

/**
 * What of a frame comes from the surfaces: the newest window that ends by the end of the tick, held until the next. The
 * surfaces take records ahead of the bins, so a window waits here until its time has come.
 */
export class SurfaceChannels {
  readonly #frame: MarketFrame;
  /** Ticks of the future to lab ticks. */
  readonly #scale: number;
  readonly #waiting: SurfaceCopy[] = [];
  readonly #spare: SurfaceCopy[] = [];
  /** Ends of the windows that the channels show, ns offset. */
  #velocityAtNs = -Infinity;
  #optionsAtNs = -Infinity;
  #gammaAtNs = -Infinity;

  /** @param scale Lab ticks in a tick of the future, > 0. */
  constructor(frame: MarketFrame, scale: number) {
    this.#frame = frame;
    this.#scale = scale;
    const { profiles } = frame;
    for (const name of VELOCITY) lay(profiles[name], VELOCITY_TICKS, scale);
    lay(profiles["opt.velocity"], VELOCITY_STRIKES, STRIKE_STEP_TICKS * scale);
  }

  /**
   * Takes a window that closes.
   *
   * @param isEarly Whether no tick is open yet, so that of many windows only the newest can ever be shown.
   */
  take(pass: SurfacePass, isEarly: boolean): void {
    const isFull = isEarly && this.#waiting.length >= KEPT_BEFORE;
    const copy = (isFull ? this.#waiting.shift() : this.#spare.pop()) ?? emptyCopy();
    copyWindow(pass, copy);
    this.#waiting.push(copy);
  }

  /** Shows the newest window that ends by then. @param endNs End of the tick, ns offset. */
  advance(endNs: number): void {
    const waiting = this.#waiting;
    while (waiting.length > 0 && waiting[0]!.endNs <= endNs) {
      const copy = waiting.shift()!;
      this.#show(copy);
      this.#spare.push(copy);
    }
  }

  /** Writes the ages. @param endNs End of the tick, ns offset. */
  stamp(endNs: number): void {
    const { profiles, scalars, gex } = this.#frame;
    const velocityAgeS = (endNs - this.#velocityAtNs) / NS_PER_S;
    for (let i = 0; i < VELOCITY.length; i++) profiles[VELOCITY[i]!].ageS = velocityAgeS;
    profiles["opt.velocity"].ageS = (endNs - this.#optionsAtNs) / NS_PER_S;
    gex.ageS = (endNs - this.#gammaAtNs) / NS_PER_S;
    scalars["gex.neutral"].ageS = gex.ageS;
  }

  save(): SurfaceChannelsState {
    return structuredClone({
      waiting: this.#waiting,
      velocityAtNs: this.#velocityAtNs,
      optionsAtNs: this.#optionsAtNs,
      gammaAtNs: this.#gammaAtNs,
    });
  }

  restore(state: SurfaceChannelsState): void {
    this.#waiting.splice(0, Infinity, ...structuredClone(state.waiting));
    this.#velocityAtNs = state.velocityAtNs;
    this.#optionsAtNs = state.optionsAtNs;
    this.#gammaAtNs = state.gammaAtNs;
  }

  #show(copy: SurfaceCopy): void {
    const { profiles, scalars, gex } = this.#frame;
    const put = (name: ProfileName, { refTicks, v }: SurfaceCopy["nu"]) => {
      profiles[name].refTicks = refTicks * this.#scale;
      profiles[name].v.set(v);
    };
    if (copy.nu.isThere) {
      put("vel.pressureGrad", copy.pressureGrad);
      put("vel.nu", copy.nu);
      put("vel.omegaProm", copy.omegaProm);
      put("vel.reinforce", copy.reinforce);
      this.#velocityAtNs = copy.endNs;
    }
    if (copy.optionVelocity.isThere) {
      put("opt.velocity", copy.optionVelocity);
      this.#optionsAtNs = copy.endNs;
    }
    if (copy.gex.count === 0) return;
    copyGex(copy.gex, gex);
    for (let i = 0; i < gex.count; i++) gex.ticks[i]! *= this.#scale;
    scalars["gex.neutral"].v = copy.neutral;
    this.#gammaAtNs = copy.endNs;
  }
}

/** Lays a profile's samples around its middle. */
function lay(profile: ProfileChannel, samples: number, step: number): void {
  profile.x0 = -(samples - 1) / 2 * step;
  profile.step = step;
}
