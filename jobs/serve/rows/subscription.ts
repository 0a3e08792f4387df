import type { StreamName } from "../../../engine/frames/mod.ts";
import {
  type Candidate,
  type ChannelRule,
  type LiveSubscription,
  type LiveSubscriptionKey,
  STREAMS,
  type Streams,
} from "../../../modules/tape/mod.ts";

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

/**
 * Makes a validated subscription ready.
 *
 * @param admits Rows that may go out at all; every row when omitted.
 */
export function compile(
  wanted: LiveSubscription,
  admits?: (row: Candidate) => boolean,
  streams: Streams = STREAMS,
): Subscription {
  const rule = streams.channel(wanted.channel);
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
    matches: all([...admits === undefined ? [] : [admits], ...conditions(wanted, streams)]),
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

function conditions(wanted: LiveSubscription, streams: Streams): readonly Condition[] {
  const list: Condition[] = [];
  const { option_contract_id, interval_ms } = wanted;
  const symbols = new Set(wanted.underlying_ids);
  if (wanted.underlying_id !== undefined) symbols.add(wanted.underlying_id);
  if (symbols.size > 0) list.push((row) => symbols.has(row.underlying));
  if (option_contract_id !== undefined) list.push((row) => row.contract === option_contract_id);
  // The same filters as the pages have.
  const { stream } = streams.channel(wanted.channel);
  const filter = streams.filter(stream, { ...wanted.filters, option_contract_id, interval_ms });
  if (filter !== undefined) list.push(filter);
  return list;
}
