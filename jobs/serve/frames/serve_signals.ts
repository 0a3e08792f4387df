import { z } from "zod";
import { problem } from "../../kit/http/mod.ts";
import { type MarketSession, SIGNAL_VALUES } from "../../market/mod.ts";

/** Bins that one request may ask for: what the market keeps. */
const MAX_BINS = 1_200;
/** Answers that may be under way at once; each costs the worker some ms. */
const MAX_WAITING = 8;

const seq = z.string().regex(/^\d{1,15}$/, "must be a bin number").transform(Number);

const Query = z.strictObject({ from: seq, to: seq })
  .refine(({ from, to }) => to >= from && to - from < MAX_BINS, {
    path: ["to"],
    message: `must be from to from + ${MAX_BINS - 1}`,
  });

let waiting = 0;

/**
 * Answers a request for the directional signals over some of the newest bins of a market, begun anew at
 * the first of them: what a page that has just these bins must come to as well.
 */
export async function serveSignals(
  session: Pick<MarketSession, "signals">,
  query: URLSearchParams,
): Promise<Response> {
  const parsed = Query.safeParse(Object.fromEntries(query));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join(".") || "query";
    return problem(422, "invalid_query", `${field}: ${issue?.message ?? "is invalid"}`, field);
  }
  if (waiting >= MAX_WAITING) {
    return problem(503, "busy", "Other pages are asking; ask again in a moment");
  }
  waiting++;
  try {
    const { from, to } = parsed.data;
    const stretch = await session.signals(from, to);
    if (stretch === null) {
      return problem(404, "not_kept", "The market no longer keeps all of these bins", "from");
    }
    return Response.json({
      from,
      to,
      first_bin_end_ns: stretch.firstEndNs.toString(),
      last_bin_end_ns: stretch.lastEndNs.toString(),
      cell_width_ms: stretch.cellWidthMs,
      columns: SIGNAL_VALUES,
      values: Array.from(stretch.values),
    }, { headers: { "cache-control": "no-store" } });
  } finally {
    waiting--;
  }
}
