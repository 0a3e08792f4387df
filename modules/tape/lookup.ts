import type {
  ClassifierHit,
  EquityJoin,
  FlowPacket,
  OptionNbbo,
  OptionPrint,
  SmartMoneyEvent,
  StreamName,
  StreamRecords,
} from "../../engine/frames/mod.ts";
import { merged, secondOfTrace, spanOfPacket, type Stretch } from "./_identity.ts";
import type { TapeStore } from "./tape_store.ts";

/** How far the time of a packet may lie from that of one of its prints, ms. */
const PACKET_SLACK_MS = 15_000;

/** Oldest quote that is looked for before a print, ms. */
const QUOTE_LOOKBACK_MS = 30_000;

/** Rows fetched at once. */
const PAGE = 5_000;

/** Rows of the stretches that pass a filter, oldest first. */
async function within<S extends StreamName>(
  store: TapeStore,
  stream: S,
  stretches: readonly Stretch[],
  wanted: (record: StreamRecords[S]) => boolean,
  signal: AbortSignal | undefined,
): Promise<StreamRecords[S][]> {
  const found: StreamRecords[S][] = [];
  for (const { from, to } of merged(stretches)) {
    let position = { ts: from, seq: -1 };
    while (true) {
      const page = await store.after(stream, position, {
        limit: PAGE,
        untilTs: to,
        filter: ({ record }) => wanted(record),
        signal,
      });
      found.push(...page.rows);
      if (page.next === null || page.next.ts > to) break;
      position = page.next;
    }
  }
  return found;
}

function around(stretch: Stretch, slackMs: number): Stretch {
  return { from: Math.max(0, stretch.from - slackMs), to: stretch.to + slackMs };
}

function known<T>(values: readonly (T | null)[]): readonly T[] {
  return values.filter((value) => value !== null);
}

/**
 * Option prints by their trace ids, in the order asked; unknown ids are left out.
 *
 * @throws {StoreError} As every read.
 */
export async function printsByTrace(
  store: TapeStore,
  traceIds: readonly string[],
  signal?: AbortSignal,
): Promise<readonly OptionPrint[]> {
  const wanted = new Set(traceIds);
  const seconds = known(traceIds.map(secondOfTrace));
  const rows = await within(store, "options", seconds, (row) => wanted.has(row.trace_id), signal);
  const byId = new Map(rows.map((row) => [row.trace_id, row]));
  return known([...wanted].map((id) => byId.get(id) ?? null));
}

/** The packet with this id, or null. @throws {StoreError} As every read. */
export async function packetById(
  store: TapeStore,
  id: string,
  signal?: AbortSignal,
): Promise<FlowPacket | null> {
  const span = spanOfPacket(id);
  if (span === null) return null;
  const stretch = around(span, PACKET_SLACK_MS);
  const rows = await within(store, "flow", [stretch], (row) => row.id === id, signal);
  return rows[0] ?? null;
}

/** The equity join with this id, or null. @throws {StoreError} As every read. */
export async function joinById(
  store: TapeStore,
  id: string,
  signal?: AbortSignal,
): Promise<EquityJoin | null> {
  const second = secondOfTrace(id);
  if (second === null) return null;
  const stretch = around(second, 1_000);
  const rows = await within(store, "equity-joins", [stretch], (row) => row.id === id, signal);
  return rows[0] ?? null;
}

/** A print whose standing quote is asked for. */
export interface QuoteContext {
  readonly trace_id: string;
  readonly option_contract_id: string;
  /** Epoch ms. */
  readonly ts: number;
}

/**
 * The quote of the contract that stood at each print's time, by trace id; null when none came in the
 * 30 s before it.
 *
 * @throws {StoreError} As every read.
 */
export async function quotesAt(
  store: TapeStore,
  contexts: readonly QuoteContext[],
  signal?: AbortSignal,
): Promise<Readonly<Record<string, OptionNbbo | null>>> {
  const contracts = new Set(contexts.map((context) => context.option_contract_id));
  const stretches = contexts.map(({ ts }) => ({
    from: Math.max(0, ts - QUOTE_LOOKBACK_MS),
    to: ts,
  }));
  const wanted = (row: OptionNbbo) => contracts.has(row.option_contract_id);
  const rows = await within(store, "nbbo", stretches, wanted, signal);
  const byContract = Map.groupBy(rows, (row) => row.option_contract_id);
  return Object.fromEntries(contexts.map(({ trace_id, option_contract_id, ts }) => {
    const quotes = byContract.get(option_contract_id) ?? [];
    const standing = quotes.findLast((row) => row.ts <= ts);
    const fresh = standing !== undefined && standing.ts >= ts - QUOTE_LOOKBACK_MS;
    return [trace_id, fresh ? standing : null];
  }));
}

/** What was made of some prints. */
export interface PrintSupport {
  readonly packets: readonly FlowPacket[];
  readonly smart_money: readonly SmartMoneyEvent[];
  readonly classifier_hits: readonly ClassifierHit[];
}

/**
 * The packets that option prints belong to, with the events and hits that came of them, oldest first.
 *
 * @throws {StoreError} As every read.
 */
export async function supportOf(
  store: TapeStore,
  traceIds: readonly string[],
  signal?: AbortSignal,
): Promise<PrintSupport> {
  const wanted = new Set(traceIds);
  const stretches = known(traceIds.map(secondOfTrace)).map((at) => around(at, PACKET_SLACK_MS));
  const mine = (ids: readonly string[]) => ids.some((id) => wanted.has(id));
  const packets = await within(store, "flow", stretches, (row) => mine(row.members), signal);
  const events = await within(
    store,
    "smart-money",
    stretches,
    (row) => mine(row.member_print_ids),
    signal,
  );
  const eventIds = new Set(events.map((event) => event.event_id));
  const hits = await within(
    store,
    "classifier-hits",
    stretches,
    (row) => eventIds.has(row.event_id),
    signal,
  );
  return { packets, smart_money: events, classifier_hits: hits };
}
