import type { Candle } from "../../../engine/frames/mod.ts";
import type { SessionOutline } from "../../../modules/tape/contract.ts";
import { numberOf, wireOf } from "../socket/mod.ts";

/** Candles that are asked for at once. */
const PAGE_CANDLES = 500;

/** Asks the server for the session's outline; null when there is none or it cannot be reached. */
export async function fetchOutline(symbol: string): Promise<SessionOutline | null> {
  try {
    const response = await fetch(`/v1/session?${new URLSearchParams({ symbol })}`);
    return response.ok ? await response.json() as SessionOutline : null;
  } catch {
    return null;
  }
}

/** Candles that end at or before `endTs`; none when the server refuses or cannot be reached. */
export async function fetchCandles(
  symbol: string,
  intervalMs: number,
  endTs: number | null,
): Promise<readonly Candle[]> {
  const params = new URLSearchParams({
    underlying_id: symbol,
    interval_ms: `${intervalMs}`,
    limit: `${PAGE_CANDLES}`,
  });
  if (endTs !== null) params.set("end_ts", `${endTs}`);
  try {
    const response = await fetch(`/candles/equities?${params}`);
    if (!response.ok) return [];
    const { data } = wireOf(await response.json(), "body") as { data?: unknown };
    if (!Array.isArray(data)) return [];
    for (const row of data) numberOf(wireOf(row, "candle"), "close");
    return data as readonly Candle[];
  } catch {
    return [];
  }
}
