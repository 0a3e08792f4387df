import { strictEqual } from "node:assert/strict";
import { DEFAULTS } from "./options.ts";
import { flatReason } from "./flat_reason.ts";
import type { RegimeResult } from "./result.ts";

interface Case {
  readonly trades: number;
  readonly tpRate: number;
  readonly slRate: number;
  readonly range?: number;
}

function reasonOf({ trades, tpRate, slRate, range }: Case): string | null {
  const result = {
    params: DEFAULTS.regime,
    trade_results: {
      n_signals: trades,
      tp_before_sl_rate: tpRate,
      sl_before_tp_rate: slRate,
      timeout_rate: 1 - tpRate - slRate,
    },
    ...(range !== undefined && { mid_range_ticks: range }),
  };
  return flatReason(result as unknown as RegimeResult);
}

Deno.test("flatReason() says that nothing was within reach, and what would be", () => {
  strictEqual(
    reasonOf({ trades: 91, tpRate: 0, slRate: 0, range: 3.5 }),
    "No trade reached an exit: neither a take profit of 8 nor a stop of 4 ticks was within reach, " +
      "as the mid stayed within 3.5 ticks in the window, so try --tp-ticks 1 --sl-ticks 1",
  );
  strictEqual(
    reasonOf({ trades: 91, tpRate: 0, slRate: 0.1, range: 6 }),
    "No trade took its profit: 8 ticks were never within reach, " +
      "as the mid stayed within 6 ticks in the window, so try --tp-ticks 3 --sl-ticks 1",
  );
  strictEqual(
    reasonOf({ trades: 0, tpRate: NaN, slRate: NaN, range: 6 }),
    "No trade: the edge passed its threshold of 0.05 nowhere in the window",
  );
});

Deno.test("flatReason() says nothing where the market moved, or where that is not known", () => {
  strictEqual(reasonOf({ trades: 9, tpRate: 0.2, slRate: 0.3, range: 40 }), null);
  strictEqual(reasonOf({ trades: 9, tpRate: 0, slRate: 1, range: 8 }), null);
  strictEqual(reasonOf({ trades: 9, tpRate: 0, slRate: 0 }), null);
});
