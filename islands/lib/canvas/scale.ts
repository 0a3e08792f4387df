import { parseOklch } from "./colour.ts";
import { buildLut, LUT_SIZE, LUT_ZERO, type TokenReader } from "./palettes.ts";

/** How values become colours; a legend says the same in words. */
export interface Scale {
  /** A diverging scale has its neutral colour in the middle, a sequential one at its low end. */
  readonly kind: "diverging" | "sequential";
  /** Values at the ends, `lo` < `hi`; what lies beyond takes the colour of the end. */
  readonly lo: number;
  readonly hi: number;
  readonly unit: string;
  /** Design tokens of its colours, low end first, evenly spaced; at least two. */
  readonly stops: readonly string[];
}

/** How a value becomes an index: `zero + (value − origin) × gain`, rounded and held within the table. */
export interface LutGain {
  readonly zero: number;
  /** Neutral value of the scale. */
  readonly origin: number;
  /** Indices per unit of value. */
  readonly gain: number;
}

/** Returns how values of a scale become indices of its colour table. */
export function lutGain(scale: Scale): LutGain {
  const isDiverging = scale.kind === "diverging";
  return {
    zero: isDiverging ? LUT_ZERO : 0,
    origin: isDiverging ? (scale.lo + scale.hi) / 2 : scale.lo,
    gain: (LUT_SIZE - 1) / (scale.hi - scale.lo),
  };
}

/** Returns the index of a value in the colour table of its scale. */
export function lutIndex(scale: Scale, value: number): number {
  const { zero, origin, gain } = lutGain(scale);
  const index = Math.round(zero + (value - origin) * gain);
  return index < 0 ? 0 : index >= LUT_SIZE ? LUT_SIZE - 1 : index;
}

/** Returns the colour table of a scale, from the design tokens. */
export function scaleLut(scale: Scale, token: TokenReader): Uint32Array {
  return buildLut(scale.stops.map((name) => parseOklch(token(name))));
}
