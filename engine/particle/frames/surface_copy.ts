import { METRIC, norm } from "../../surfaces/calibration/mod.ts";
import type { SurfacePass } from "../../surfaces/pass/mod.ts";
import type { GexTable } from "./market_frame.ts";

/** Ticks of the velocity surface. */
export const VELOCITY_TICKS = 401;
/** Strikes of the options' velocity. */
export const VELOCITY_STRIKES = 21;
/** Strikes of the gamma table. */
export const GAMMA_STRIKES = 25;

/** Values of a window on a lattice of ticks or strikes. */
interface WindowProfile {
  /** Whether the window has it. */
  isThere: boolean;
  /** Where its middle sample lies, ticks. */
  refTicks: number;
  readonly v: Float32Array;
}

/** What the lab takes from one window of the surfaces, kept until its time. Lengths are ticks of the future. */
export interface SurfaceCopy {
  /** End of the window, ns offset. */
  endNs: number;
  readonly pressureGrad: WindowProfile;
  readonly nu: WindowProfile;
  readonly omegaProm: WindowProfile;
  readonly reinforce: WindowProfile;
  readonly optionVelocity: WindowProfile;
  readonly gex: GexTable;
  /** Where no flow lies between the bounds of the flow at the strikes, [0, 1]. */
  neutral: number;
}

/** A copy of no window. */
export function emptyCopy(): SurfaceCopy {
  const profile = (samples: number): WindowProfile => ({
    isThere: false,
    refTicks: 0,
    v: new Float32Array(samples),
  });
  const norms = () => new Float32Array(GAMMA_STRIKES);
  return {
    endNs: NaN,
    pressureGrad: profile(VELOCITY_TICKS),
    nu: profile(VELOCITY_TICKS),
    omegaProm: profile(VELOCITY_TICKS),
    reinforce: profile(VELOCITY_TICKS),
    optionVelocity: profile(VELOCITY_STRIKES),
    gex: {
      count: 0,
      ticks: new Float64Array(GAMMA_STRIKES),
      absNorm: norms(),
      imb: norms(),
      reinforceNorm: norms(),
      pullRestNorm: norms(),
      ageS: Infinity,
    },
    neutral: 0,
  };
}

/** Copies what the lab takes from a window that closes; what cannot be trusted in it is not there. */
export function copyWindow(pass: SurfacePass, into: SurfaceCopy): void {
  into.endNs = pass.windows.endNs;
  copyVelocity(pass, into);
  copyOptions(pass, into);
  copyGamma(pass, into);
}

/** The physics of both sides as one: what a price holds is a bid or an ask, seldom both. */
function copyVelocity({ fields, windows }: SurfacePass, into: SurfaceCopy): void {
  const { pressureGrad, nu, omegaProm, reinforce } = into;
  const isThere = fields.count > 0 && windows.future.row.isWindowValid;
  for (const profile of [pressureGrad, nu, omegaProm, reinforce]) {
    profile.isThere = isThere;
    profile.refTicks = windows.band.spotTick;
  }
  if (!isThere) return;
  const { bids, asks } = fields;
  for (let i = 0; i < fields.count; i++) {
    const near = bids.omegaNear[i]! + asks.omegaNear[i]!;
    const prominence = bids.omegaProm[i]! + asks.omegaProm[i]!;
    pressureGrad.v[i] = bids.pressureGrad[i]! + asks.pressureGrad[i]!;
    nu.v[i] = 1 + near + 2 * Math.max(0, prominence);
    omegaProm.v[i] = prominence;
    reinforce.v[i] = bids.uPSlow[i]! + asks.uPSlow[i]!;
  }
}

function copyOptions(pass: SurfacePass, { optionVelocity }: SurfaceCopy): void {
  const { strikes, windows, hasOptions, tickNano } = pass;
  optionVelocity.isThere = hasOptions && strikes.netCount > 0 && windows.isStrikeFlowValid;
  optionVelocity.refTicks = windows.future.row.strikeRefInt / tickNano;
  if (optionVelocity.isThere) optionVelocity.v.set(strikes.netVelocity);
}

function copyGamma(pass: SurfacePass, into: SurfaceCopy): void {
  const { gamma: { surface }, gexFlow, calibration: { bounds: { q05, q95 } } } = pass;
  const { FLOW_REINFORCE, GEX_ABS } = METRIC;
  const { gex } = into;
  const isThere = pass.hasOptions && pass.windows.isStrikeFlowValid && gexFlow.count > 0;
  gex.count = isThere ? surface.count : 0;
  for (let i = 0; i < gex.count; i++) {
    gex.ticks[i] = surface.strikeInt[i]! / pass.tickNano;
    gex.absNorm[i] = norm(surface.gexAbs[i]!, q05[GEX_ABS]!, q95[GEX_ABS]!);
    gex.imb[i] = surface.gexImbalanceRatio[i]!;
    gex.reinforceNorm[i] = gexFlow.flowReinforceNorm[i]!;
    gex.pullRestNorm[i] = gexFlow.pullRestIntensityNorm[i]!;
  }
  into.neutral = norm(0, q05[FLOW_REINFORCE]!, q95[FLOW_REINFORCE]!);
}
