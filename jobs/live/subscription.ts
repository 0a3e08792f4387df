import type {
  FlowPacket,
  OptionPrint,
  SmartMoneyEvent,
  StreamName,
} from "../../engine/flow/mod.ts";
import {
  type AnyRecord,
  CHANNEL_RULES,
  type ChannelRule,
  type LiveFilters,
  type LiveSubscription,
  type LiveSubscriptionKey,
} from "../../modules/tape/mod.ts";
import { columnsOf, type RowFacts } from "../tape/mod.ts";

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

/** Makes a validated subscription ready. */
export function compile(wanted: LiveSubscription): Subscription {
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
    matches: all(conditions(wanted, rule.stream)),
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
  if (stream === "options") list.push(...optionConditions(filters, contract !== undefined));
  if (stream === "flow") list.push(...flowConditions(filters));
  if (stream === "smart-money") list.push(...smartMoneyConditions(filters));
  return list;
}

/** The tape's view: signal by default, raw when one contract was asked for. */
function optionConditions(filters: LiveFilters, isDrillDown: boolean): readonly Condition[] {
  const view = filters.view ?? (isDrillDown ? "raw" : "signal");
  const security = filters.security ?? (view === "signal" ? "stock" : "all");
  const { side, type, min_notional: least } = filters;
  const list: Condition[] = [];
  const on = (test: (print: OptionPrint) => boolean) =>
    list.push((row) => test(row.record as OptionPrint));
  if (view === "signal") on((print) => print.signal_pass);
  if (security !== "all") on((print) => print.is_etf === (security === "etf"));
  if (side !== undefined && side.length > 0) on((print) => side.includes(print.nbbo_side));
  if (type !== undefined && type.length > 0) on((print) => type.includes(print.option_type));
  if (least !== undefined) on((print) => print.notional >= least);
  return list;
}

function flowConditions(filters: LiveFilters): readonly Condition[] {
  const { security = "all", type, min_notional: least } = filters;
  const list: Condition[] = [];
  const on = (test: (features: FlowPacket["features"]) => boolean) =>
    list.push((row) => test((row.record as FlowPacket).features));
  if (security !== "all") on((features) => (features["is_etf"] === true) === (security === "etf"));
  if (type !== undefined && type.length > 0) {
    on((features) => (type as readonly unknown[]).includes(features["option_type"]));
  }
  if (least !== undefined) on((features) => Number(features["total_premium"] ?? 0) >= least);
  return list;
}

function smartMoneyConditions(filters: LiveFilters): readonly Condition[] {
  const { profile, direction, min_probability: least, include_abstained: abstained } = filters;
  const list: Condition[] = [];
  const on = (test: (event: SmartMoneyEvent) => boolean) =>
    list.push((row) => test(row.record as SmartMoneyEvent));
  if (abstained === false) on((event) => !event.abstained);
  if (profile !== undefined) on((event) => event.primary_profile_id === profile);
  if (direction !== undefined) on((event) => event.primary_direction === direction);
  if (least !== undefined) on((event) => (event.profile_scores[0]?.probability ?? 0) >= least);
  return list;
}
