import { extend, toUnit } from "../../regime/mod.ts";
import type { ActivityTable } from "./activity_table.ts";
import type { BackgroundKind } from "./background_types.ts";

type Structure = "vertical" | "calendar" | "straddle" | "strangle" | "condor" | "tied";

/** Structures with their shares and legs; judged: spreads of two strikes are the most frequent by far. */
const SMALL: readonly (readonly [Structure, share: number, legs: number])[] = [
  ["vertical", 0.48, 2],
  ["condor", 0.14, 4],
  ["calendar", 0.12, 2],
  ["strangle", 0.12, 2],
  ["straddle", 0.08, 2],
  ["tied", 0.06, 1],
];
/** Of large orders: two legs at most, which print once each, so that no reader could tell what they are for. */
const LARGE: typeof SMALL = [
  ["vertical", 0.5, 2],
  ["calendar", 0.15, 2],
  ["strangle", 0.15, 2],
  ["straddle", 0.1, 2],
  ["tied", 0.1, 1],
];
/** Share of orders of several legs, stock among them; by prints and volume as X6 wants it. */
const PACKAGES: Readonly<Record<BackgroundKind, number>> = {
  single_print_mid: 0.35,
  stale_quote_noise: 0.3,
  two_sided_scalp: 0,
  mid_size: 0.66,
  block: 0.66,
};
const WIDEST_STEPS = 3;

function shapesOf(kind: BackgroundKind) {
  return kind === "mid_size" || kind === "block" ? LARGE : SMALL;
}

/** Share of the orders of a kind that have several legs. */
export function packageShare(kind: BackgroundKind): number {
  return PACKAGES[kind];
}

/** Option legs of an order of several legs, on average. */
export function meanLegs(kind: BackgroundKind): number {
  return shapesOf(kind).reduce((sum, [, share, legs]) => sum + share * legs, 0);
}

/** Contracts of an order by their numbers in the table, and whether stock is a leg. */
export interface Legs {
  readonly numbers: readonly number[];
  readonly isTied: boolean;
}

function structureOf(kind: BackgroundKind, u: number): Structure {
  let left = u;
  for (const [structure, share] of shapesOf(kind)) {
    left -= share;
    if (left < 0) return structure;
  }
  return "vertical";
}

function numbersOf(
  structure: Structure,
  anchor: number,
  table: ActivityTable,
  width: number,
): readonly number[] {
  const isCall = anchor % 2 === 0;
  const twin = anchor ^ 1;
  // Out of the money is up for a call and down for a put.
  const out = isCall ? width : -width;
  switch (structure) {
    case "vertical":
      return [anchor, table.beside(anchor, out)];
    case "calendar":
      return [anchor, table.later(anchor)];
    case "straddle":
      return [anchor, table.beside(twin, 0)];
    case "strangle":
      return [anchor, table.beside(twin, -out)];
    case "condor":
      return [
        anchor,
        table.beside(anchor, out),
        table.beside(twin, -out),
        table.beside(twin, -2 * out),
      ];
    case "tied":
      return [anchor];
  }
}

/**
 * The legs of an order of some kind around a contract; null when makers do not quote all of them.
 *
 * @param anchor Number of a contract in the table.
 */
export function legsOf(
  kind: BackgroundKind,
  anchor: number,
  table: ActivityTable,
  draws: number,
): Legs | null {
  if (toUnit(extend(draws, 20)) >= packageShare(kind)) return { numbers: [anchor], isTied: false };
  const structure = structureOf(kind, toUnit(extend(draws, 21)));
  const width = 1 + Math.floor(WIDEST_STEPS * toUnit(extend(draws, 22)));
  const numbers = numbersOf(structure, anchor, table, width);
  return numbers.includes(-1) ? null : { numbers, isTied: structure === "tied" };
}
