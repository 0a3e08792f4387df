import type { ChannelQuery } from "../socket/mod.ts";
import type { Side, TapeChannel } from "./rows.ts";

/** Filters that the server applies to a subscription and to its history. */
export interface WireFilters {
  readonly view?: "signal" | "raw";
  readonly security?: "stock" | "etf" | "all";
  readonly side?: readonly Side[];
  readonly type?: readonly ("call" | "put")[];
  readonly min_notional?: number;
  readonly include_abstained?: boolean;
}

/** What a pane asks for; the same query gives the same rows to every pane. */
export interface TapeQuery {
  readonly channel: TapeChannel;
  readonly filters: WireFilters;
  /** Empty: all. */
  readonly symbols: readonly string[];
  readonly contract: string | null;
}

/** Most symbols that the socket takes in one subscription; more are filtered by the page. */
export const MAX_WIRE_SYMBOLS = 16;

/** A name for a query, equal for equal queries. At most 64 characters. */
export function queryKey(query: TapeQuery): string {
  const { filters } = query;
  const text = [
    query.channel,
    filters.view ?? "",
    filters.security ?? "",
    filters.side?.join("+") ?? "",
    filters.type?.join("+") ?? "",
    filters.min_notional ?? "",
    filters.include_abstained ?? "",
    [...query.symbols].sort().join("+"),
    query.contract ?? "",
  ].join(",");
  if (text.length <= 64) return text;
  let hash = 2_166_136_261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619);
  return `${text.slice(0, 52)}~${(hash >>> 0).toString(36)}`;
}

/** Rows of a first snapshot: hot window of options, and of the others. */
const SNAPSHOT_ROWS = { options: 200, other: 300 } as const;

/** The query as a channel of the live socket. */
export function channelOf(query: TapeQuery): ChannelQuery {
  const wireSymbols = query.symbols.length <= MAX_WIRE_SYMBOLS ? query.symbols : [];
  return {
    key: queryKey(query),
    wire: {
      channel: query.channel,
      ...(Object.keys(query.filters).length === 0 ? {} : { filters: query.filters }),
      ...(wireSymbols.length === 0 ? {} : { underlying_ids: wireSymbols }),
      ...(query.contract === null ? {} : { option_contract_id: query.contract }),
    },
    snapshot: query.channel === "options" ? SNAPSHOT_ROWS.options : SNAPSHOT_ROWS.other,
    isProjected: true,
  };
}
