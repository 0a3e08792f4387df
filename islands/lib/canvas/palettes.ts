import { encodeChannel, oklabToLinear, type Oklch, parseOklch } from "./colour.ts";

/** Names of the two heatmap palettes; both stay apart under the common colour-vision deficiencies. */
export const PALETTES = ["tide", "dusk"] as const;
export type PaletteName = (typeof PALETTES)[number];

/** What the heatmap can draw, in the order of the keys 1 to 5. */
export const QUANTITIES = ["score", "pressure", "vacuum", "net", "depth"] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** Entries of a colour table; index {@link LUT_ZERO} is zero of a diverging one, 0 of a sequential one. */
export const LUT_SIZE = 257;
export const LUT_ZERO = 128;

/** Reads one design token by its name without the leading dashes. */
export type TokenReader = (name: string) => string;

const NEGATIVE = ["neg-2", "neg-1"] as const;
const POSITIVE = ["pos-1", "pos-2"] as const;

/** Returns the token names, low end first, that make up the scale of a quantity. */
export function scaleTokens(palette: PaletteName, quantity: Quantity): readonly string[] {
  const negative = NEGATIVE.map((stop) => `scale-${palette}-${stop}`);
  const positive = POSITIVE.map((stop) => `scale-${palette}-${stop}`);
  switch (quantity) {
    case "score":
    case "net":
      return [...negative, "scale-zero", ...positive];
    case "pressure":
      return ["scale-zero", ...positive];
    case "vacuum":
      return ["scale-zero", ...negative.toReversed()];
    case "depth":
      return ["scale-zero", "scale-depth-1", "scale-depth-2"];
  }
}

/** True when the quantity has a sign, so that zero sits in the middle of its table. */
export function isDiverging(quantity: Quantity): boolean {
  return quantity === "score" || quantity === "net";
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

/** Returns the colour table of a quantity in a palette, from the design tokens. */
export function paletteLut(
  palette: PaletteName,
  quantity: Quantity,
  token: TokenReader,
): Uint32Array {
  return buildLut(scaleTokens(palette, quantity).map((name) => parseOklch(token(name))));
}

/**
 * Returns the table index of a value.
 *
 * @param clip Value at the end of the scale, > 0.
 */
export function lutIndex(quantity: Quantity, value: number, clip: number): number {
  if (isDiverging(quantity)) {
    const v = value / clip;
    return Math.round(LUT_ZERO + LUT_ZERO * (v > 1 ? 1 : v < -1 ? -1 : v));
  }
  const v = Math.abs(value) / clip;
  return Math.round((LUT_SIZE - 1) * (v > 1 ? 1 : v < 0 ? 0 : v));
}
