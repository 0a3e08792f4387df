import type { LiveCursor } from "../../../modules/tape/contract.ts";
import type { LinkState } from "../socket/mod.ts";
import type { DataRow, Side, TapeChannel } from "./rows.ts";

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

/** The query as the socket wants it. `id` is the query's key. */
export function wireSubscription(
  query: TapeQuery,
  resumeAfter: LiveCursor | null,
  snapshotLimit: number,
): Record<string, unknown> {
  const wireSymbols = query.symbols.length <= MAX_WIRE_SYMBOLS ? query.symbols : [];
  return {
    channel: query.channel,
    id: queryKey(query),
    ...(Object.keys(query.filters).length === 0 ? {} : { filters: query.filters }),
    ...(wireSymbols.length === 0 ? {} : { underlying_ids: wireSymbols }),
    ...(query.contract === null ? {} : { option_contract_id: query.contract }),
    ...(resumeAfter === null
      ? { snapshot_limit: snapshotLimit }
      : { resume_after: { ts: resumeAfter.ts, seq: resumeAfter.seq } }),
  };
}

/** Health of one channel as the server sees it. */
export interface ChannelHealth {
  readonly ageMs: number | null;
  readonly healthy: boolean;
}

/** Clock of a replay as the socket tells it. `ts` and the ends in epoch ms of the tape. */
export interface TapeClock {
  readonly ts: number;
  readonly startTs: number;
  readonly endTs: number;
  readonly speed: number;
  readonly phase: string;
}

/** What the link tells the page about one query. */
export type LinkItem =
  | {
    readonly kind: "snapshot";
    readonly key: string;
    /** Oldest first. */
    readonly rows: readonly DataRow[];
    readonly nextBefore: LiveCursor | null;
  }
  | { readonly kind: "rows"; readonly key: string; readonly rows: readonly DataRow[] }
  | {
    readonly kind: "gap";
    readonly key: string;
    readonly dropped: number | null;
    readonly after: LiveCursor | null;
  };

/** Link to page. */
export type FromLink =
  | { readonly type: "items"; readonly items: readonly LinkItem[] }
  | { readonly type: "state"; readonly state: LinkState }
  | {
    readonly type: "health";
    /** Clock of the server and of the page when the message came, epoch ms. */
    readonly serverTs: number;
    readonly atMs: number;
    readonly channels: Readonly<Record<string, ChannelHealth>>;
  }
  | { readonly type: "clock"; readonly clock: TapeClock; readonly atMs: number }
  | { readonly type: "refused"; readonly message: string };

/** Page to link. */
export type ToLink =
  | { readonly type: "open"; readonly url: string }
  | {
    readonly type: "want";
    /** Every query wanted from now on, with the number of rows of its snapshot. */
    readonly queries: readonly { readonly query: TapeQuery; readonly snapshot: number }[];
  }
  | { readonly type: "retry" }
  | { readonly type: "close" };
