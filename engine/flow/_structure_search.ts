import type { Leg } from "./_measured.ts";
import type { StructureType } from "./packet_facts.ts";

/** A set of legs that make a structure. */
export interface Found {
  readonly type: StructureType;
  readonly legs: readonly Leg[];
  readonly stockLinked: boolean;
}

/** Whether a stock print matches some legs. */
export type StockMatch = (legs: readonly Leg[]) => boolean;

/**
 * Looks for a structure that contains `anchor`, the largest kind first.
 *
 * @param others Legs of the same root that started close by and are of like size; other contracts.
 */
export function findStructure(
  anchor: Leg,
  others: readonly Leg[],
  stockMatch: StockMatch,
): Found | null {
  const sameExpiry = others.filter((leg) => leg.expiry === anchor.expiry);
  return findBox(anchor, sameExpiry) ?? findPair(anchor, sameExpiry, stockMatch) ??
    findStrangle(anchor, sameExpiry) ?? findVertical(anchor, sameExpiry) ??
    findTwoExpiries(anchor, others);
}

/** Contract order: expiry, strike, calls before puts. */
function byContract(a: Leg, b: Leg): number {
  return a.expiry - b.expiry || a.strike - b.strike || (a.right < b.right ? -1 : 1);
}

function found(type: StructureType, legs: readonly Leg[], stockLinked = false): Found {
  return { type, legs: [...legs].sort(byContract), stockLinked };
}

function find(legs: readonly Leg[], strike: number, right: string): Leg | undefined {
  return legs.find((leg) => leg.strike === strike && leg.right === right);
}

/** Share of a leg's contracts on one side from which the leg as a whole is on that side. */
const CLEAR_SIDE = 0.75;

/** Whether two legs were traded on opposite sides, as far as the quotes tell. */
function areOpposite(a: Leg, b: Leg): boolean {
  return a.signedRatio * b.signedRatio <= 0;
}

/** Whether two legs were plainly traded on opposite sides, each as a whole. */
function areClearlyOpposite(a: Leg, b: Leg): boolean {
  return areOpposite(a, b) && Math.abs(a.signedRatio) >= CLEAR_SIDE &&
    Math.abs(b.signedRatio) >= CLEAR_SIDE;
}

/** Largest difference of starts, and least ratio of sizes, of legs that could pair up by chance. */
const TIGHT_MS = 250;
const TIGHT_SIZE_RATIO = 0.95;

/**
 * Whether two legs fit as fills of one order do. Any two contracts of a root make some strangle, spread or
 * roll, so those must be closer than a call and a put of one strike need to be.
 */
function isTight(a: Leg, b: Leg): boolean {
  return Math.abs(a.startTs - b.startTs) <= TIGHT_MS && a.count === b.count &&
    Math.min(a.size, b.size) >= TIGHT_SIZE_RATIO * Math.max(a.size, b.size);
}

function findBox(anchor: Leg, others: readonly Leg[]): Found | null {
  const twin = find(others, anchor.strike, anchor.right === "C" ? "P" : "C");
  if (twin === undefined) return null;
  for (const third of others) {
    if (third.strike === anchor.strike || third.right !== anchor.right) continue;
    const fourth = find(others, third.strike, twin.right);
    if (fourth !== undefined) return found("box", [anchor, twin, third, fourth]);
  }
  return null;
}

/**
 * Call and put of one strike: with stock and on opposite sides a conversion, else a straddle. A few prints
 * on the other side do not undo one; two legs plainly on opposite sides are a synthetic stock position.
 */
function findPair(anchor: Leg, others: readonly Leg[], stockMatch: StockMatch): Found | null {
  const twin = find(others, anchor.strike, anchor.right === "C" ? "P" : "C");
  if (twin === undefined) return null;
  const legs = [anchor, twin];
  if (areOpposite(anchor, twin) && stockMatch(legs)) return found("conversion", legs, true);
  if (areClearlyOpposite(anchor, twin)) return null;
  return found("straddle", legs, stockMatch(legs));
}

function findStrangle(anchor: Leg, others: readonly Leg[]): Found | null {
  for (const other of others) {
    if (other.right === anchor.right || anchor.signedRatio * other.signedRatio <= 0) continue;
    if (!isTight(anchor, other) || !(anchor.complex && other.complex)) continue;
    const [put, call] = anchor.right === "P" ? [anchor, other] : [other, anchor];
    if (put.strike < call.strike) return found("strangle", [anchor, other]);
  }
  return null;
}

/**
 * Two strikes of one right on opposite sides; three or more make a butterfly or a ladder. Every fill of such
 * an order prints each leg once.
 */
function findVertical(anchor: Leg, others: readonly Leg[]): Found | null {
  const same = others.filter((leg) =>
    leg.right === anchor.right && leg.strike !== anchor.strike && isTight(anchor, leg)
  );
  if (same.length >= 2) {
    const legs = [anchor, ...same].sort(byContract);
    return found(isButterfly(legs) ? "butterfly" : "ladder", legs);
  }
  const [other] = same;
  if (other === undefined) return null;
  // A spread order says so on its prints; without that the sides must differ.
  const marked = anchor.complex && other.complex;
  return marked || areOpposite(anchor, other) ? found("vertical", [anchor, other]) : null;
}

function isButterfly(sorted: readonly Leg[]): boolean {
  const [low, middle, high] = sorted;
  if (sorted.length !== 3 || low === undefined || middle === undefined || high === undefined) {
    return false;
  }
  const even = Math.abs(middle.strike - low.strike - (high.strike - middle.strike)) < 1e-9;
  return even && areOpposite(low, middle) && areOpposite(middle, high);
}

/** One right, two expiries, both marked: a calendar at one strike, else a roll. */
function findTwoExpiries(anchor: Leg, others: readonly Leg[]): Found | null {
  const other = others.find((leg) =>
    leg.right === anchor.right && leg.expiry !== anchor.expiry && leg.complex &&
    isTight(anchor, leg)
  );
  // Any two contracts of a right would do, so that chance pairs are many: both must say so.
  if (other === undefined || !anchor.complex) return null;
  return found(anchor.strike === other.strike ? "calendar" : "roll", [anchor, other]);
}
