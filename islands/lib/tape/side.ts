/** Side of a print against the quote standing when it happened. */
export type Side = "AA" | "A" | "MID" | "B" | "BB" | "MISSING" | "STALE";
export const SIDES: readonly Side[] = ["AA", "A", "MID", "B", "BB", "MISSING", "STALE"];

/** +1 when the print bought, −1 when it sold, 0 when it did neither. */
export function sideSign(side: Side): number {
  if (side === "A" || side === "AA") return 1;
  return side === "B" || side === "BB" ? -1 : 0;
}
