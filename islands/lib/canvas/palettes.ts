import { encodeChannel, oklabToLinear, type Oklch } from "./colour.ts";

/** Names of the two heatmap palettes; both stay apart under the common colour-vision deficiencies. */
export const PALETTES = ["tide", "dusk"] as const;
export type PaletteName = (typeof PALETTES)[number];

/** Entries of a colour table; index {@link LUT_ZERO} is zero of a diverging one, 0 of a sequential one. */
export const LUT_SIZE = 257;
export const LUT_ZERO = 128;

/** Reads one design token by its name without the leading dashes. */
export type TokenReader = (name: string) => string;

/** Returns the stops of a palette for values of either sign. */
export function divergingStops(palette: PaletteName): readonly string[] {
  const [neutral, ...positive] = sequentialStops(palette, "pos");
  return [...sequentialStops(palette, "neg").slice(1).reverse(), neutral!, ...positive];
}

/** Returns the stops of one side of a palette for magnitudes, from neutral on. */
export function sequentialStops(palette: PaletteName, side: "neg" | "pos"): readonly string[] {
  return ["scale-zero", `scale-${palette}-${side}-1`, `scale-${palette}-${side}-2`];
}

/** Returns one pixel as it lies in a little-endian RGBA buffer, opaque. */
export function packPixel(colour: Oklch): number {
  const hue = (colour.h * Math.PI) / 180;
  return packLab(colour.l, colour.c * Math.cos(hue), colour.c * Math.sin(hue));
}

function packLab(l: number, a: number, b: number): number {
  const [red, green, blue] = oklabToLinear(l, a, b);
  return ((255 << 24) | (encodeChannel(blue) << 16) | (encodeChannel(green) << 8) |
    encodeChannel(red)) >>> 0;
}

/**
 * Returns a table of {@link LUT_SIZE} pixels, evenly spaced stops, interpolated in OKLab so that
 * equal steps look equal.
 *
 * @param stops At least two colours, low end first.
 */
export function buildLut(stops: readonly Oklch[]): Uint32Array {
  if (stops.length < 2) throw new RangeError(`Cannot build a scale of ${stops.length} stops`);
  const lut = new Uint32Array(LUT_SIZE);
  const labs = stops.map((s) => {
    const hue = (s.h * Math.PI) / 180;
    return [s.l, s.c * Math.cos(hue), s.c * Math.sin(hue)] as const;
  });
  for (let i = 0; i < LUT_SIZE; i++) {
    const at = (i / (LUT_SIZE - 1)) * (labs.length - 1);
    const low = Math.min(labs.length - 2, Math.floor(at));
    const t = at - low;
    const from = labs[low]!;
    const to = labs[low + 1]!;
    lut[i] = packLab(
      from[0] + (to[0] - from[0]) * t,
      from[1] + (to[1] - from[1]) * t,
      from[2] + (to[2] - from[2]) * t,
    );
  }
  return lut;
}
