import type { Quantity } from "../canvas/mod.ts";

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
