import type { StreamName } from "../frames/mod.ts";

/** One measured property of the synthetic market next to what it should be. */
export interface RealismRow {
  /** Letter of the group and a number, as in docs/realism.md. */
  readonly id: string;
  readonly name: string;
  readonly values: readonly RealismValue[];
  readonly target: string;
  /** Null: too little was seen to say. */
  readonly pass: boolean | null;
  /** Size of the sample, and what it counts. */
  readonly n: number;
  readonly unit: string;
  /** Where the range comes from; rows of the older groups do not say. */
  readonly basis?: Basis;
  /** What has to be known to measure it; rows of the older groups do not say. */
  readonly needs?: readonly RowNeed[];
}

/** Streams of a tape by name, `labels` for what was meant, `orders` for those of a future. */
export type RowNeed = StreamName | "labels" | "orders";

/**
 * Where a range comes from: measured on a real file, published (docs/realism.md names the source), or judged
 * by what a reader of real tapes would let pass.
 */
export type Basis = "measured" | "published" | "judged";

/** One number of a row; `of` is empty when the row has only one. */
export interface RealismValue {
  readonly of: string;
  /** Null: not measured. */
  readonly value: number | null;
}

/** A number of a row with the range that it must lie in, bounds included. */
export interface Bound {
  readonly of: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Size of this number's own sample; below `least` it is not judged. */
  readonly n?: number;
  readonly least?: number;
}

/** Makes a bound. */
export function bound(of: string, value: number, low = -Infinity, high = Infinity): Bound {
  return { of, value, low, high };
}

/** What names a row. */
export interface RowHead {
  readonly id: string;
  readonly name: string;
  readonly target: string;
  readonly unit: string;
  /** Size of the sample, and the smallest that the row is judged on. */
  readonly n: number;
  readonly least: number;
  readonly basis?: Basis;
  readonly needs?: readonly RowNeed[];
}

function judged(bounds: readonly Bound[]): readonly Bound[] {
  return bounds.filter(({ value, n, least }) =>
    Number.isFinite(value) && (n === undefined || n >= (least ?? 1))
  );
}

/** A row that passes when every number that has a sample of its own lies in its range. */
export function rowOf(head: RowHead, bounds: readonly Bound[]): RealismRow {
  const { id, name, target, unit, n, least, basis, needs } = head;
  const found = judged(bounds);
  const inside = found.every(({ value, low, high }) => value >= low && value <= high);
  return {
    id,
    name,
    target,
    unit,
    n,
    values: bounds.map(({ of, value }) => ({
      of,
      value: Number.isFinite(value) ? value : null,
    })),
    pass: n < least || found.length === 0 ? null : inside,
    ...(basis !== undefined && { basis }),
    ...(needs !== undefined && { needs }),
  };
}

/** The verdict in a word. */
export function verdict({ pass }: RealismRow): "pass" | "MISS" | "too little data" {
  return pass === null ? "too little data" : pass ? "pass" : "MISS";
}

function digits(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5);
}

/** The numbers of a row as text. */
export function valueText({ values }: RealismRow): string {
  return values.map(({ of, value }) => {
    const text = value === null ? "–" : digits(value).replace("-", "−");
    return of === "" ? text : `${of} ${text}`;
  }).join(", ");
}

/** Letter of a row's group. */
export function groupOf({ id }: RealismRow): string {
  return id.charAt(0);
}

/** Groups in the order in which they are shown. */
export const GROUPS: readonly (readonly [letter: string, title: string])[] = [
  ["D", "Determinism"],
  ["R", "Regime"],
  ["P", "Prices"],
  ["T", "Timing and shape of the tape"],
  ["Q", "Quotes"],
  ["C", "Coupling of options and stocks"],
  ["K", "Coverage and classification"],
  ["L", "Leaks"],
  ["X", "As an outsider sees it"],
];
