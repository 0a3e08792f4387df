/** Side of a print against the quote standing when it happened. */
export type Side = "AA" | "A" | "MID" | "B" | "BB" | "MISSING" | "STALE";
export const SIDES: readonly Side[] = ["AA", "A", "MID", "B", "BB", "MISSING", "STALE"];

/** +1 when the print bought, −1 when it sold, 0 when it did neither. */
export function sideSign(side: Side): number {
  if (side === "A" || side === "AA") return 1;
  return side === "B" || side === "BB" ? -1 : 0;
}

/**
 * Which way a print leans: +1 bullish (a call bought, a put sold), −1 bearish (a put bought, a call sold),
 * 0 when it did neither.
 */
export function sentimentSign(side: Side, right: "C" | "P"): number {
  return right === "C" ? sideSign(side) : -sideSign(side);
}

/** Class of a signed figure: what is zero is neither. */
export function toneOf(sign: number): "up" | "down" | "" {
  return sign > 0 ? "up" : sign < 0 ? "down" : "";
}
