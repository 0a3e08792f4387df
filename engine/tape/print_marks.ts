import type { Session } from "../regime/mod.ts";

/** What decides which condition a print may carry, all of it for everybody to see. */
export interface MarkedPrint {
  readonly ts: number;
  readonly size: number;
  /** A leg of an order of several, stock among them. */
  readonly isMultiLeg: boolean;
  /** One of the legs is stock. */
  readonly isTied: boolean;
}

type Law = readonly (readonly [code: readonly string[], share: number])[];

const NONE: readonly string[] = [];
const OPENING: readonly string[] = ["OPENING"];
const CLOSING: readonly string[] = ["CLOSING"];
const ISO: readonly string[] = ["ISO"];
const AUTO_EX: readonly string[] = ["AUTO-EX"];
const LATE: readonly string[] = ["LATE"];
const AUCTION: readonly string[] = ["AUCTION"];
const CROSS: readonly string[] = ["CROSS"];
const COMPLEX: readonly string[] = ["COMPLEX"];
const SPREAD: readonly string[] = ["SPREAD"];
const BUYWRITE: readonly string[] = ["BUYWRITE"];

/** Contracts from which a print is large, and from which it is a block. */
const LARGE_LOTS = 100;
const BLOCK_LOTS = 500;

// Shares are judged: codes of real tapes are finer, and nobody publishes how often each is seen.
const SMALL: Law = [[ISO, 0.16], [AUTO_EX, 0.12], [LATE, 0.007], [AUCTION, 0.006], [CROSS, 0.002]];
const LARGE: Law = [[ISO, 0.16], [AUTO_EX, 0.1], [LATE, 0.007], [AUCTION, 0.016], [CROSS, 0.008]];
const BLOCK: Law = [[ISO, 0.12], [AUTO_EX, 0.06], [LATE, 0.007], [AUCTION, 0.025], [CROSS, 0.025]];
const SEVERAL: Law = [[COMPLEX, 0.56], [SPREAD, 0.44]];
const TIED: Law = [[BUYWRITE, 0.3], [COMPLEX, 0.4], [SPREAD, 0.3]];

/** OPENING and CLOSING mark some prints of the first and last minute. */
const EDGE_MS = 60_000;
const EDGE_SHARE = 0.12;

function lawOf({ size, isMultiLeg, isTied }: MarkedPrint): Law {
  if (isTied) return TIED;
  if (isMultiLeg) return SEVERAL;
  return size >= BLOCK_LOTS ? BLOCK : size >= LARGE_LOTS ? LARGE : SMALL;
}

/**
 * Condition codes of a print, by one law for whoever trades: orders and background alike. Shared arrays.
 *
 * @param u Uniform in [0, 1).
 */
export function conditionsOf(
  print: MarkedPrint,
  { openTs, closeTs }: Pick<Session, "openTs" | "closeTs">,
  u: number,
): readonly string[] {
  let left = u;
  const { ts, isMultiLeg } = print;
  // The rotation is of single contracts: orders of several legs trade when it is over.
  const edge = ts < openTs + EDGE_MS ? OPENING : ts >= closeTs - EDGE_MS ? CLOSING : null;
  if (edge !== null && !isMultiLeg) {
    if (u < EDGE_SHARE) return edge;
    left = (u - EDGE_SHARE) / (1 - EDGE_SHARE);
  }
  const law = lawOf(print);
  for (let i = 0; i < law.length; i++) {
    const row = law[i];
    if (row === undefined) break;
    left -= row[1];
    if (left < 0) return row[0];
  }
  return isMultiLeg ? COMPLEX : NONE;
}
