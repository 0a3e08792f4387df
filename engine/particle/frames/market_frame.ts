/** Scalars that a frame has, by the names that producers ask for. Units in {@link SCALARS}. */
export type ScalarName = keyof typeof SCALARS;

/** Profiles that a frame has, by the names that producers ask for. Units in {@link PROFILES}. */
export type ProfileName = keyof typeof PROFILES;

/** Unit and range of every scalar; an empty unit is a ratio. */
const SCALARS = {
  /** Resting at the best bid, ≥ 0. */
  "book.bidQty": "contracts",
  /** Resting at the best ask, ≥ 0. */
  "book.askQty": "contracts",
  /** Ask less bid, > 0. */
  "book.spread": "ticks",
  /** (bid − ask) / (bid + ask) of the two quantities, [−1, 1]. */
  "book.imbalance": "",
  /** Micro-price less mid: half a spread times the imbalance, held to [−2, 2]. */
  "book.microOffset": "ticks",
  /** Order-flow imbalance of the tick, any sign. */
  "flow.ofi": "contracts",
  /** The same over its usual size, (−1, 1). */
  "flow.ofiNorm": "",
  /** Pressure below and vacuum above less pressure above and vacuum below. */
  "vp.netEdge": "contracts/s",
  /** Their sum, ≥ 0. */
  "vp.forceTotal": "contracts/s",
  /** Blend of the directional signals once all are warm, [−1, 1]. */
  "vp.signal": "",
  /** Where no flow lies between the bounds of the flow at the strikes, [0, 1]. */
  "gex.neutral": "",
} as const;

/** Unit and range of every profile; an empty unit is a ratio. */
const PROFILES = {
  /** Score of the spectrum: vacuum −1 to pressure +1. */
  "vp.score": "",
  /** The same, projected 500 ms ahead. */
  "vp.proj500": "",
  /** Resting, bid and ask together, ≥ 0. */
  "vp.depth": "contracts",
  /** Push of the resting quotes on price, bids up and asks down, about [−3, 3]. */
  "vel.pressureGrad": "",
  /** Viscosity, ≥ 1. */
  "vel.nu": "",
  /** Prominence of the obstacle: its near mean less its far one. */
  "vel.omegaProm": "",
  /** Slow velocity of what rests, > 0 where it builds, about [−1, 1]. */
  "vel.reinforce": "",
  /** Net velocity of the options' quotes per strike, about [−3, 3]. */
  "opt.velocity": "",
} as const;

/** A number, and how old it is. */
export interface ScalarChannel {
  v: number;
  /** From its time to the end of the tick, s, ≥ 0; Infinity where there was none yet. */
  ageS: number;
}

/** Values on a lattice of prices, and how old they are. */
export interface ProfileChannel {
  /** Where the first sample lies, lab ticks from `refTicks`. */
  x0: number;
  /** From a sample to the next, lab ticks, > 0. */
  step: number;
  /** The feed's own anchor, lab ticks; not the spot of the frame. */
  refTicks: number;
  v: Float32Array;
  /** From its time to the end of the tick, s, ≥ 0; Infinity where there was none yet. */
  ageS: number;
}

/** Gamma exposure and the flow of quotes at the strikes around the spot, ascending, and how old they are. */
export interface GexTable {
  /** Strikes that hold; 0 where there was no table yet. */
  count: number;
  /** Absolute price of the strike, lab ticks. */
  ticks: Float64Array;
  /** Size of the exposure between its usual bounds, [0, 1]. */
  absNorm: Float32Array;
  /** Calls less puts, of their sum, [−1, 1]. */
  imb: Float32Array;
  /** Added less pulled and filled between its usual bounds, [0, 1]; `gex.neutral` is none. */
  reinforceNorm: Float32Array;
  /** Pulled of what had rested between its usual bounds, [0, 1]. */
  pullRestNorm: Float32Array;
  ageS: number;
}

/** Why a frame is no tick of the lab. */
export type FrameFault = "one_sided" | "crossed" | "spot" | "time" | "jump";

/**
 * What the lab knows of one instrument at the end of a tick; plain numbers, as the core takes them. Lengths are lab
 * ticks. A channel that nothing feeds is old without end, not zero. Whoever fills it rewrites it for every tick.
 */
export interface MarketFrame {
  /** `⌊t / dt⌋` of the times that it holds; it closes at `(tick + 1) dt`. */
  tick: number;
  /** Mid of the best prices, a multiple of a half; 0 where the book had no two sides. */
  spotTicks: number;
  /** Best prices; 0 where there is none. */
  bidTicks: number;
  askTicks: number;
  /** False where the tick is to be treated as missing; {@link MarketFrame.fault} says why. */
  valid: boolean;
  fault: FrameFault | null;
  /** Mean freshness of the channels, 0 to 1; 0 where the frame is not valid. */
  quality: number;
  readonly scalars: Readonly<Record<ScalarName, ScalarChannel>>;
  readonly profiles: Readonly<Record<ProfileName, ProfileChannel>>;
  readonly gex: GexTable;
}

/** How many samples the profiles of a frame have. */
export interface FrameSizes {
  /** Of the pressure engine's window. */
  readonly pressure: number;
  /** Of the velocity surface. */
  readonly velocity: number;
  /** Strikes of the options' velocity. */
  readonly options: number;
  /** Strikes of the gamma table. */
  readonly gamma: number;
}

/** A frame without a time, whose channels were never fed. */
export function emptyFrame(sizes: FrameSizes): MarketFrame {
  const profile = (samples: number): ProfileChannel => ({
    x0: 0,
    step: 1,
    refTicks: 0,
    v: new Float32Array(samples),
    ageS: Infinity,
  });
  const { pressure, velocity, options, gamma } = sizes;
  return {
    tick: NaN,
    spotTicks: 0,
    bidTicks: 0,
    askTicks: 0,
    valid: false,
    fault: "one_sided",
    quality: 0,
    scalars: emptyScalars(),
    profiles: {
      "vp.score": profile(pressure),
      "vp.proj500": profile(pressure),
      "vp.depth": profile(pressure),
      "vel.pressureGrad": profile(velocity),
      "vel.nu": profile(velocity),
      "vel.omegaProm": profile(velocity),
      "vel.reinforce": profile(velocity),
      "opt.velocity": profile(options),
    },
    gex: {
      count: 0,
      ticks: new Float64Array(gamma),
      absNorm: new Float32Array(gamma),
      imb: new Float32Array(gamma),
      reinforceNorm: new Float32Array(gamma),
      pullRestNorm: new Float32Array(gamma),
      ageS: Infinity,
    },
  };
}

function emptyScalars(): Record<ScalarName, ScalarChannel> {
  const names = Object.keys(SCALARS) as ScalarName[];
  const entries = names.map((name) => [name, { v: 0, ageS: Infinity }] as const);
  return Object.fromEntries(entries) as Record<ScalarName, ScalarChannel>;
}

/** Writes a frame over another of the same sizes, whose channels stay the same objects. */
export function copyFrame(from: MarketFrame, into: MarketFrame): void {
  const { tick, spotTicks, bidTicks, askTicks, valid, fault, quality } = from;
  Object.assign(into, { tick, spotTicks, bidTicks, askTicks, valid, fault, quality });
  for (const name of Object.keys(SCALARS) as ScalarName[]) {
    Object.assign(into.scalars[name], from.scalars[name]);
  }
  for (const name of Object.keys(PROFILES) as ProfileName[]) {
    copyProfile(from.profiles[name], into.profiles[name]);
  }
  copyGex(from.gex, into.gex);
}

function copyProfile(from: ProfileChannel, into: ProfileChannel): void {
  into.x0 = from.x0;
  into.step = from.step;
  into.refTicks = from.refTicks;
  into.v.set(from.v);
  into.ageS = from.ageS;
}

/** Writes a table over another, its age too. */
export function copyGex(from: GexTable, into: GexTable): void {
  into.count = from.count;
  into.ticks.set(from.ticks);
  into.absNorm.set(from.absNorm);
  into.imb.set(from.imb);
  into.reinforceNorm.set(from.reinforceNorm);
  into.pullRestNorm.set(from.pullRestNorm);
  into.ageS = from.ageS;
}
