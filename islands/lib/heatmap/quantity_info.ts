import { fixed, signed } from "../text/mod.ts";
import { divergingStops, type PaletteName, type Scale, sequentialStops } from "../canvas/mod.ts";

/** What the heatmap can draw, in the order of the keys 1 to 5. */
export const QUANTITIES = ["score", "pressure", "vacuum", "net", "depth"] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** How a drawn quantity is named on screen. */
export interface QuantityInfo {
  readonly label: string;
  readonly unit: string;
  readonly low: string;
  readonly high: string;
}

/** Returns label, unit and the words at the ends of the scale. */
export function quantityInfo(quantity: Quantity, qtyUnit: string): QuantityInfo {
  const rate = `${qtyUnit}/s`;
  switch (quantity) {
    case "score":
      return { label: "Score", unit: "", low: "vacuum", high: "pressure" };
    case "pressure":
      return { label: "Pressure", unit: rate, low: "", high: "arriving" };
    case "vacuum":
      return { label: "Vacuum", unit: rate, low: "", high: "leaving" };
    case "net":
      return { label: "Net", unit: rate, low: "vacuum", high: "pressure" };
    case "depth":
      return { label: "Depth", unit: qtyUnit, low: "", high: "" };
  }
}

/** How the heatmap is to look. */
export interface Look {
  readonly quantity: Quantity;
  readonly palette: PaletteName;
  /** Value at the end of the scale, > 0. */
  readonly clip: number;
}

/** Returns the scale of a look. */
export function lookScale({ quantity, palette, clip }: Look, qtyUnit: string): Scale {
  const { unit } = quantityInfo(quantity, qtyUnit);
  switch (quantity) {
    case "score":
    case "net":
      return { kind: "diverging", lo: -clip, hi: clip, unit, stops: divergingStops(palette) };
    case "pressure":
      return magnitude(sequentialStops(palette, "pos"), clip, unit);
    case "vacuum":
      return magnitude(sequentialStops(palette, "neg"), clip, unit);
    case "depth":
      return magnitude(["scale-zero", "scale-depth-1", "scale-depth-2"], clip, unit);
  }
}

/** What the ends of a scale say, low end first. */
export function scaleEnds({ kind, lo, hi }: Scale): readonly [string, string] {
  const decimals = hi < 10 ? 2 : 0;
  const bound = (value: number) =>
    kind === "diverging" ? signed(value, decimals) : fixed(value, decimals);
  return [lo === 0 ? "0" : bound(lo), bound(hi)];
}

function magnitude(stops: readonly string[], hi: number, unit: string): Scale {
  return { kind: "sequential", lo: 0, hi, unit, stops };
}
