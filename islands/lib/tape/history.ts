import type { LiveCursor } from "../../../modules/tape/contract.ts";
import { MAX_WIRE_SYMBOLS, type TapeQuery } from "./tape_query.ts";
import { lostIn, type LostSpan, numberOf, RowWireError, wireOf } from "../socket/mod.ts";
import { projectRow } from "./channels/mod.ts";
import type { DataRow } from "./rows.ts";

/** Older or missed rows could not be fetched; the message is for the reader. */
class HistoryError extends Error {
  override readonly name = "HistoryError";
  readonly code = "TAPE_HISTORY";
}

/** Query string of the filters, as the REST routes name them. */
function historyParams(query: TapeQuery): URLSearchParams {
  const { filters } = query;
  const params = new URLSearchParams();
  if (filters.view !== undefined) params.set("view", filters.view);
  if (filters.security !== undefined) params.set("security", filters.security);
  if (filters.side !== undefined) params.set("side", filters.side.join(","));
  if (filters.type !== undefined) params.set("type", filters.type.join(","));
  if (filters.min_notional !== undefined) params.set("min_notional", `${filters.min_notional}`);
  if (filters.include_abstained !== undefined) {
    params.set("include_abstained", `${filters.include_abstained}`);
  }
  if (query.symbols.length > 0 && query.symbols.length <= MAX_WIRE_SYMBOLS) {
    params.set("underlying_ids", query.symbols.join(","));
  }
  if (query.contract !== null) params.set("option_contract_id", query.contract);
  return params;
}

async function page(query: TapeQuery, kind: "history" | "replay", params: URLSearchParams) {
  let body: unknown;
  try {
    const response = await fetch(`/${kind}/${query.channel}?${params}`);
    body = await response.json();
    if (!response.ok) {
      const error = wireOf(body, "body")["error"];
      throw new HistoryError(`Cannot load older rows: ${String(error)} (${response.status})`);
    }
    const wire = wireOf(body, "body");
    const data = wire["data"];
    if (!Array.isArray(data)) throw new RowWireError("data", data);
    return { wire, rows: data.map((record) => projectRow(query.channel, record)) };
  } catch (cause) {
    if (cause instanceof HistoryError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HistoryError(`Cannot load older rows: ${why}`, { cause });
  }
}

function cursorIn(value: unknown): LiveCursor | null {
  if (value === null || value === undefined) return null;
  const wire = wireOf(value, "cursor");
  return { ts: numberOf(wire, "ts"), seq: numberOf(wire, "seq") };
}

/** A page of older rows. */
interface OlderPage {
  /** Newest first. */
  readonly rows: readonly DataRow[];
  readonly nextBefore: LiveCursor | null;
  /** Stretches that the page passed over. */
  readonly lost: readonly LostSpan[];
}

/** Rows before a position, newest first. @throws {HistoryError} When they cannot be had. */
export async function fetchBefore(
  query: TapeQuery,
  before: LiveCursor,
  limit: number,
): Promise<OlderPage> {
  const params = historyParams(query);
  params.set("before_ts", `${before.ts}`);
  params.set("before_seq", `${before.seq}`);
  params.set("limit", `${limit}`);
  const { wire, rows } = await page(query, "history", params);
  return { rows, nextBefore: cursorIn(wire["next_before"]), lost: lostIn(wire) };
}

/** Rows after a position, oldest first. @throws {HistoryError} When they cannot be had. */
export async function fetchAfter(
  query: TapeQuery,
  after: LiveCursor,
  limit: number,
): Promise<{ readonly rows: readonly DataRow[]; readonly next: LiveCursor | null }> {
  const params = historyParams(query);
  params.set("after_ts", `${after.ts}`);
  params.set("after_seq", `${after.seq}`);
  params.set("limit", `${limit}`);
  const { wire, rows } = await page(query, "replay", params);
  return { rows, next: cursorIn(wire["next"]) };
}
