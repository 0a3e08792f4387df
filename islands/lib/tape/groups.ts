import { contractOf, leaningPremium, signedDelta, signedPremium } from "./filters.ts";
import { type GroupBy, UNRECOGNISED } from "./tape_filter.ts";
import type { TapeRow } from "./rows.ts";

/** Sums over the rows of one group. Premium in USD, delta in shares of the underlying. */
export interface GroupRow {
  readonly kind: "group";
  readonly id: string;
  readonly symbol: string;
  count: number;
  size: number;
  premium: number;
  /** Bought minus sold. */
  netPremium: number;
  /** Bullish minus bearish: a put bought counts against. */
  leaningPremium: number;
  netDelta: number;
  lastTs: number;
  /** Goes up with every change. */
  stamp: number;
}

/** Running sums of a tape by contract, underlying or profile. Exact inverse when rows leave. */
export class GroupSums {
  readonly #by: GroupBy;
  readonly #profileOf: (row: TapeRow) => string;
  readonly #groups = new Map<string, GroupRow>();

  /** @param profileOf Profile of a row that does not say its own, such as a print of an event. */
  constructor(by: GroupBy, profileOf: (row: TapeRow) => string) {
    this.#by = by;
    this.#profileOf = profileOf;
  }

  /** Adds a row (+1) or takes it away (−1). */
  row(row: TapeRow, sign: 1 | -1): void {
    if (row.kind === "gap" || this.#by === "none") return;
    const id = this.#keyOf(row);
    let group = this.#groups.get(id);
    if (group === undefined) {
      if (sign < 0) return;
      group = {
        kind: "group",
        id,
        symbol: row.symbol,
        count: 0,
        size: 0,
        premium: 0,
        netPremium: 0,
        leaningPremium: 0,
        netDelta: 0,
        lastTs: 0,
        stamp: 0,
      };
      this.#groups.set(id, group);
    }
    group.count += sign;
    if (group.count <= 0) {
      this.#groups.delete(id);
      return;
    }
    group.size += sign * ("size" in row ? row.size ?? 0 : 0);
    group.premium += sign * ("premium" in row ? row.premium ?? 0 : 0);
    group.netPremium += sign * signedPremium(row);
    group.leaningPremium += sign * leaningPremium(row);
    group.netDelta += sign * signedDelta(row);
    if (sign > 0 && row.ts > group.lastTs) group.lastTs = row.ts;
    group.stamp++;
  }

  reset(): void {
    this.#groups.clear();
  }

  /** Groups in the order asked for. Call it a few times a second, not per row. */
  sorted(column: string, isDown: boolean): GroupRow[] {
    const sign = isDown ? -1 : 1;
    return [...this.#groups.values()].sort((a, b) => {
      if (column === "key") return sign * (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
      return sign * (groupFigure(a, column) - groupFigure(b, column)) || (a.id < b.id ? -1 : 1);
    });
  }

  #keyOf(row: Exclude<TapeRow, { kind: "gap" }>): string {
    if (this.#by === "symbol") return row.symbol;
    if (this.#by === "contract") return contractOf(row);
    if ("profile" in row && row.profile !== null) return row.profile;
    return this.#profileOf(row) || UNRECOGNISED;
  }
}

/** Figure of a group that a column shows and sorts by. */
function groupFigure(group: GroupRow, column: string): number {
  switch (column) {
    case "count":
      return group.count;
    case "size":
      return group.size;
    case "net":
      return group.netPremium;
    case "netdelta":
      return group.netDelta;
    case "time":
      return group.lastTs;
    default:
      return group.premium;
  }
}
