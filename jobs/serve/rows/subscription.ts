import type { FlowPacket, StreamName } from "../../../engine/frames/mod.ts";
import {
  type AnyRecord,
  CHANNEL_RULES,
  type ChannelRule,
  type LiveFilters,
  type LiveSubscription,
  type LiveSubscriptionKey,
  rowFilter,
} from "../../../modules/tape/mod.ts";
import { columnsOf, type RowFacts } from "../../tape/mod.ts";

/** A row by its columns; the record is looked at only when a filter needs it. */
export interface Candidate extends RowFacts {
  readonly record: unknown;
}

/** A subscription made ready for use. */
export interface Subscription {
  readonly wanted: LiveSubscription;
  readonly rule: ChannelRule;
  readonly stream: StreamName;
  /** Names the subscription among those of a socket: equal keys are the same subscription. */
  readonly key: string;
  /** Names what it selects, whoever asked: rows for equal selections are put together once. */
  readonly selection: string;
  /** The subscription as JSON, as it goes out with every message. */
  readonly json: string;
  readonly matches: (row: Candidate) => boolean;
}

/** Whether a stored record is wanted. */
export function matchesRecord(subscription: Subscription, record: AnyRecord): boolean {
  return subscription.matches({ ...columnsOf(record), record });
}

/**
 * Makes a validated subscription ready.
 *
 * @param admits Rows that may go out at all; every row when omitted.
 */
export function compile(
  wanted: LiveSubscription,
  admits?: (row: Candidate) => boolean,
): Subscription {
  const rule = CHANNEL_RULES[wanted.channel];
  const { resume_after: _resume, ...named } = wanted;
  const { snapshot_limit: _limit, id, ...rest } = named;
  const selection = JSON.stringify(sortedKeys(rest));
  return {
    wanted,
    rule,
    stream: rule.stream,
    key: `${id ?? ""}|${selection}`,
    selection,
    json: JSON.stringify(named satisfies LiveSubscriptionKey),
    matches: all([...admits === undefined ? [] : [admits], ...conditions(wanted, rule.stream)]),
  };
}

function sortedKeys(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}

type Condition = (row: Candidate) => boolean;

function all(list: readonly Condition[]): Condition {
  const [only] = list;
  if (only === undefined) return () => true;
  return list.length === 1 ? only : (row) => list.every((condition) => condition(row));
}

function conditions(wanted: LiveSubscription, stream: StreamName): readonly Condition[] {
  const list: Condition[] = [];
  const symbols = new Set(wanted.underlying_ids);
  if (wanted.underlying_id !== undefined) symbols.add(wanted.underlying_id);
  if (symbols.size > 0) list.push((row) => symbols.has(row.underlying));
  const contract = wanted.option_contract_id;
  if (contract !== undefined) list.push((row) => row.contract === contract);
  const interval = wanted.interval_ms;
  if (interval !== undefined && stream === "candles") {
    list.push((row) => (row.record as { interval_ms: number }).interval_ms === interval);
  }
  const filters = wanted.filters ?? {};
  const filter = recordFilter(stream, filters, contract);
  if (filter !== undefined) list.push((row) => filter(row.record as AnyRecord));
  return list;
}

/** The same filters as the pages have; symbols and contracts are told by the columns already. */
function recordFilter(
  stream: StreamName,
  filters: LiveFilters,
  contract: string | undefined,
): ((record: AnyRecord) => boolean) | undefined {
  // The row of a stream is a record of that stream.
  type Loose = ((record: AnyRecord) => boolean) | undefined;
  switch (stream) {
    case "options":
      return rowFilter(stream, { ...filters, option_contract_id: contract }) as Loose;
    case "smart-money":
      return rowFilter(stream, filters) as Loose;
    case "alerts":
      return rowFilter(stream, filters) as Loose;
    case "equities":
      return rowFilter(stream, filters) as Loose;
    case "flow":
      return flowFilter(filters) as Loose;
    default:
      return undefined;
  }
}

function flowFilter(filters: LiveFilters): ((packet: FlowPacket) => boolean) | undefined {
  const { security = "all", type, min_notional: least } = filters;
  if (security === "all" && type === undefined && least === undefined) return undefined;
  const types: readonly unknown[] | undefined = type;
  return ({ features }) =>
    (security === "all" || (features["is_etf"] === true) === (security === "etf")) &&
    (types === undefined || types.includes(features["option_type"])) &&
    (least === undefined || Number(features["total_premium"] ?? 0) >= least);
}
