import type { Family, Subtype } from "../parent.ts";

/** An inclusive range, low end first. */
export type Range = readonly [number, number];

/** Shares of the placements AA, A, MID, B, BB; they add up to 1. */
export type PlacementMix = readonly [number, number, number, number, number];

/** Which legs a parent has. One contract, or a structure of two or four. */
export type LegPattern = "single" | "straddle" | "vertical" | "conversion" | "box";

/** Which right a single leg takes. */
export type RightRule =
  | "C"
  | "P"
  /** Call when the parent is bullish, put when bearish (before the side is applied). */
  | "by-direction"
  /** Sold against the last move: a put after a rise, a call after a fall. */
  | "against-move"
  | "either";

/** How the strike is chosen. */
export type StrikeRule =
  /** Strike over spot of a call; a put takes the mirror image, 2 − x. */
  | { readonly kind: "moneyness"; readonly range: Range }
  /** |delta|; `offNearest` keeps out the listed strike nearest to spot. */
  | { readonly kind: "delta"; readonly range: Range; readonly offNearest: boolean }
  /** The listed strike nearest to spot, moved by up to `steps`; a structure spans up to `width` steps. */
  | { readonly kind: "nearest"; readonly steps: number; readonly width: Range };

/** How the expiry is chosen: calendar days from the session's date, or the first after an event. */
export type ExpiryRule =
  | { readonly kind: "days"; readonly range: Range }
  | { readonly kind: "after-event"; readonly withinDays: number };

/** What the underlying did in the 60 s before the first print, in one-minute standard deviations. */
export type MoveRule =
  | { readonly kind: "any" }
  /** `range` times the sign that `sign` names. */
  | {
    readonly kind: "target";
    readonly range: Range;
    readonly sign: "up" | "down" | "direction" | "as-it-moved";
  }
  | { readonly kind: "calm"; readonly below: number };

/** Gaps between consecutive prints, ms. */
export type TimingRule =
  /** Three waves of gaps in `gapMs`, `waveGapMs` apart. */
  | { readonly kind: "waves"; readonly gapMs: Range; readonly waveGapMs: Range }
  | { readonly kind: "even"; readonly gapMs: Range }
  /** Self-exciting: most gaps in `gapMs`, the rest up to `upToMs`. */
  | {
    readonly kind: "excited";
    readonly gapMs: Range;
    readonly upToMs: number;
    readonly share: number;
  };

/** Which event a subtype belongs to. */
export type EventRule = "none" | "future" | "past";

/** Everything that sets one hidden subtype apart. One interpreter reads all of them. */
export interface Template {
  readonly subtype: Subtype;
  readonly family: Family;
  /** Share inside the family before normalising. */
  readonly weight: number;
  readonly event: EventRule;
  readonly legs: LegPattern;
  readonly right: RightRule;
  /** Share of calls where the right goes by direction. */
  readonly callShare: number;
  /** +1 bought, −1 sold; 0 when the legs differ or the sides alternate. */
  readonly side: 1 | -1 | 0;
  readonly strike: StrikeRule;
  readonly expiry: ExpiryRule;
  /** Prints of the whole parent. */
  readonly prints: Range;
  readonly premiumUsd: Range;
  /** Bounds on the contracts of one leg. */
  readonly contracts: Range;
  readonly placement: PlacementMix;
  /** Mix of a sold leg where it differs from `placement`. */
  readonly soldPlacement: PlacementMix | null;
  readonly venues: Range;
  /** Volatility points at full strength. */
  readonly ivShockPoints: Range;
  readonly move: MoveRule;
  readonly spreadZ: Range;
  readonly timing: TimingRule;
  /** Share of parents with a linked stock trade. */
  readonly stockShare: number;
}
