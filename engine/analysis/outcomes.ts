import { checkNumber, checkWhole } from "./error.ts";

/** How a trade is judged. */
export interface TradeRules {
  /** Profit that ends a trade, ticks > 0. */
  readonly tpTicks: number;
  /** Loss that ends it, ticks > 0. */
  readonly slTicks: number;
  /** Price units per tick, > 0. */
  readonly tickSize: number;
  /** Bins after which it ends anyhow, ≥ 1. */
  readonly maxHoldBins: number;
  /**
   * Where a trade that ran out of time ends when that bin has no mid: at the mid 0, as the original
   * does, or at the last mid there was.
   */
  readonly blankExit: "zero" | "last";
}

/** Codes of {@link OutcomeTable.kind}. */
export const OUTCOME = { NONE: 0, TP: 1, SL: 2, TIMEOUT: 3 } as const;

/**
 * What a trade would come to from every bin in both directions. Place 2·bin is up, 2·bin + 1 down.
 */
export interface OutcomeTable {
  readonly rules: TradeRules;
  /** An `OUTCOME` code; NONE where the bin has no mid. */
  readonly kind: Uint8Array;
  /** Bin of the exit. */
  readonly exit: Int32Array;
  /** Signed move in ticks, positive is profit; no costs. */
  readonly pnl: Float64Array;
}

/** Place of a bin and direction in an {@link OutcomeTable}. */
export function outcomeAt(bin: number, direction: number): number {
  return 2 * bin + (direction > 0 ? 0 : 1);
}

/** @throws {AnalysisError} When a rule is out of range. */
function checkRules(rules: TradeRules): void {
  checkNumber("tp-ticks", rules.tpTicks, 0, true);
  checkNumber("sl-ticks", rules.slTicks, 0, true);
  checkNumber("tick-size", rules.tickSize, 0, true);
  checkWhole("max-hold-snapshots", rules.maxHoldBins, 1);
}

/**
 * Judges a trade from every bin. Entry and exit are at mid: the exit price is the mid that crossed the
 * level, not the level. Profit is tested before loss. Bins without a mid (≤ 0) are passed over.
 *
 * The scan goes from change to change of the mid, since a mid that was tested need not be again.
 *
 * @param mid One per bin, ≤ 0 for none.
 * @throws {AnalysisError} When a rule is out of range.
 */
export function judgeAll(mid: Float64Array, rules: TradeRules): OutcomeTable {
  checkRules(rules);
  const n = mid.length;
  const next = nextChanges(mid);
  const table: OutcomeTable = {
    rules,
    kind: new Uint8Array(2 * n),
    exit: new Int32Array(2 * n),
    pnl: new Float64Array(2 * n),
  };
  for (let i = 0; i < n; i++) {
    if (!(mid[i]! > 0)) continue;
    judge(mid, next, i, 1, table);
    judge(mid, next, i, -1, table);
  }
  return table;
}

/** First later bin whose mid exists and differs from the one in force, n when there is none. */
function nextChanges(mid: Float64Array): Int32Array {
  const n = mid.length;
  const next = new Int32Array(n);
  let laterChange = n;
  let later = n;
  for (let i = n - 1; i >= 0; i--) {
    if (!(mid[i]! > 0)) continue;
    if (later < n) laterChange = mid[later] !== mid[i] ? later : next[later]!;
    next[i] = laterChange;
    later = i;
  }
  return next;
}

function judge(
  mid: Float64Array,
  next: Int32Array,
  i: number,
  direction: 1 | -1,
  table: OutcomeTable,
): void {
  const { tpTicks, slTicks, tickSize, maxHoldBins, blankExit } = table.rules;
  const entry = mid[i]!;
  const end = Math.min(i + maxHoldBins, mid.length);
  const profit = direction > 0 ? entry + tpTicks * tickSize : entry - tpTicks * tickSize;
  const loss = direction > 0 ? entry - slTicks * tickSize : entry + slTicks * tickSize;
  let kind: number = OUTCOME.TIMEOUT;
  let exit = end - 1;
  for (let j = next[i]!; j < end; j = next[j]!) {
    const price = mid[j]!;
    if (direction > 0 ? price >= profit : price <= profit) kind = OUTCOME.TP;
    else if (direction > 0 ? price <= loss : price >= loss) kind = OUTCOME.SL;
    else continue;
    exit = j;
    break;
  }
  const at = outcomeAt(i, direction);
  table.kind[at] = kind;
  table.exit[at] = exit;
  let price = mid[exit]!;
  if (blankExit === "last") {
    for (let j = exit; !(price > 0) && j > i; j--) price = mid[j - 1]!;
  }
  table.pnl[at] = direction * (price - entry) / tickSize + 0;
}
