import { z } from "zod";
import { ApiError } from "../../kit/http/mod.ts";
import { type MarketSession, SIGNAL_VALUES } from "../../market/mod.ts";

/** Bins that one request may ask for: what the market keeps. */
const MAX_BINS = 1_200;
/** Answers that may be under way at once; each costs the worker some ms. */
const MAX_WAITING = 8;

const seq = z.string().regex(/^\d{1,15}$/, "must be a bin number").transform(Number).pipe(z.int());

/** Bins that signals are wanted over. */
export const SIGNAL_QUERY = z.strictObject({
  from: seq.describe("Number of the first bin"),
  to: seq.describe("Number of the last bin, at most 1,199 further"),
}).refine(({ from, to }) => to >= from && to - from < MAX_BINS, {
  path: ["to"],
  message: `must be from to from + ${MAX_BINS - 1}`,
});

let waiting = 0;

/**
 * The directional signals over some of the newest bins of a market, begun anew at the first of them: what
 * a page that has just these bins must come to as well.
 *
 * @throws {ApiError} 404 when one of the bins is no longer kept, 503 while many others wait.
 */
export async function signalsOf(
  session: Pick<MarketSession, "signals">,
  { from, to }: z.infer<typeof SIGNAL_QUERY>,
) {
  if (waiting >= MAX_WAITING) {
    throw new ApiError(503, {
      code: "busy",
      error: "Other pages are asking; ask again in a moment",
    });
  }
  waiting++;
  try {
    const stretch = await session.signals(from, to);
    if (stretch === null) {
      throw new ApiError(404, {
        code: "not_kept",
        error: "The market no longer keeps all of these bins",
        detail: "from: is no longer kept",
      });
    }
    return {
      from,
      to,
      first_bin_end_ns: stretch.firstEndNs.toString(),
      last_bin_end_ns: stretch.lastEndNs.toString(),
      cell_width_ms: stretch.cellWidthMs,
      columns: SIGNAL_VALUES,
      values: Array.from(stretch.values),
    };
  } finally {
    waiting--;
  }
}
