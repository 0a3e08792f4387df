import { channelNamed, type MarkOf } from "./channels/mod.ts";
import { MAX_WIRE_SYMBOLS, type TapeQuery, type WireFilters } from "./tape_query.ts";
import type { TapeChannel, TapeRow } from "./rows.ts";
import { SIDES } from "./side.ts";
import type { Bounds, RangeName, TapeFilter } from "./tape_filter.ts";

/** The part of a filter that the server applies. A contract is always looked at raw. */
export function queryOf(
  channel: TapeChannel,
  filter: TapeFilter,
  symbols: readonly string[],
): TapeQuery {
  const few = symbols.length <= MAX_WIRE_SYMBOLS ? symbols : [];
  if (channel !== "options") return { channel, filters: {}, symbols: few, contract: null };
  if (filter.contract !== null) {
    const filters: WireFilters = { view: "raw", security: "all" };
    return { channel, filters, symbols: [], contract: filter.contract };
  }
  const filters: WireFilters = {
    view: filter.view,
    security: filter.security,
    ...(filter.sides.length === SIDES.length ? {} : { side: filter.sides }),
    ...(filter.right === "both" ? {} : { type: [filter.right] }),
    ...(filter.minPremium > 0 ? { min_notional: filter.minPremium } : {}),
  };
  return { channel, filters, symbols: few, contract: null };
}

/** A bounded figure of a row; null when the row has none. Volatility in percent. */
function figureOf(row: TapeRow, name: RangeName): number | null {
  if (row.kind === "gap") return null;
  const own = channelNamed(row.kind).figure?.(row, name);
  if (own !== undefined) return own;
  const record: Readonly<Record<string, unknown>> = { ...row };
  const value = record[name];
  if (typeof value !== "number") return null;
  return name === "iv" ? value * 100 : value;
}

function inRanges(row: TapeRow, ranges: [RangeName, Bounds][]): boolean {
  for (const [name, { min, max }] of ranges) {
    const value = figureOf(row, name);
    if (value === null || (min !== null && value < min) || (max !== null && value > max)) {
      return false;
    }
  }
  return true;
}

/** Contract that a row is grouped and looked up by: its own, else its underlying. */
export function contractOf(row: Exclude<TapeRow, { kind: "gap" }>): string {
  return "contract" in row && row.contract !== "" ? row.contract : row.symbol;
}

/**
 * Returns the test of a filter on the page's side: what the server cannot do, and what it does too, as
 * streams may be shared.
 *
 * @param markOf The recognised event that a print belongs to, by the print's id.
 */
export function rowTest(
  filter: TapeFilter,
  symbols: readonly string[],
  markOf: MarkOf,
): (row: TapeRow) => boolean {
  const wanted = symbols.length === 0 || filter.contract !== null ? null : new Set(symbols);
  const ranges = (Object.entries(filter.ranges) as [RangeName, Bounds][])
    .filter(([, { min, max }]) => min !== null || max !== null);
  return (row) => {
    if (row.kind === "gap") return true;
    if (wanted !== null && !wanted.has(row.symbol)) return false;
    if (filter.contract !== null && contractOf(row) !== filter.contract) return false;
    if (ranges.length > 0 && !inRanges(row, ranges)) return false;
    return channelNamed(row.kind).shows(row, filter, markOf);
  };
}

/** Premium of a row with its sign: bought +, sold −, neither 0. USD. */
export function signedPremium(row: TapeRow): number {
  return row.kind === "gap" ? 0 : channelNamed(row.kind).signedPremium?.(row) ?? 0;
}

/** Premium of a row by the way it leans: bullish +, bearish −, neither 0. USD. */
export function leaningPremium(row: TapeRow): number {
  return row.kind === "gap" ? 0 : channelNamed(row.kind).leaningPremium?.(row) ?? 0;
}

/** Delta that a row added for its aggressor, in shares of the underlying. */
export function signedDelta(row: TapeRow): number {
  return row.kind === "gap" ? 0 : channelNamed(row.kind).signedDelta?.(row) ?? 0;
}
