import { NO_I32 } from "./_field.ts";
import { checkRecord, exactField, exactOf, numberOf, timeField, timeOf } from "./_row_fields.ts";
import { encodeRecord } from "./record.ts";
import type { RecordView } from "./record_view.ts";

/** Kinds of statistic, those that are used here; others keep their numbers. */
export const STAT_TYPE = { SETTLEMENT: 3, CLEARED_VOLUME: 6, OPEN_INTEREST: 9 } as const;

/** What a statistics record says. */
export interface StatisticsRow {
  readonly publisherId: number;
  readonly instrumentId: number;
  readonly tsEventNs: bigint;
  readonly tsRecvNs: bigint | null;
  /** What the value is of: the trading date; null when the record has none. */
  readonly tsRefNs: bigint | null;
  /** 1e-9 of the currency, exact, |x| ≤ 2^53; null when the kind has no price. */
  readonly priceInt: number | null;
  /** Exact, |x| ≤ 2^53; null when the kind has no quantity. */
  readonly quantity: number | null;
  readonly sequence: number;
  readonly tsInDeltaNs: number;
  /** One of {@link STAT_TYPE}, or another. */
  readonly statType: number;
  readonly channelId: number;
  /** 1 new, 2 deleted. */
  readonly updateAction: number;
  readonly statFlags: number;
}

/**
 * A statistics record by its fields. Cold path: one object per record.
 *
 * @param view One of type `statistics`, of any version.
 * @throws {DbnError} `field` when price or quantity are larger than 2^53.
 * @throws {RangeError} When the record is of another type.
 */
export function statisticsRow(view: RecordView): StatisticsRow {
  checkRecord(view, "statistics");
  const quantity = exactOf(view, "quantity");
  // Versions 1 and 2 kept it in 32 bits.
  const isNone = view.version !== null && view.version < 3 && quantity === NO_I32;
  return {
    publisherId: numberOf(view, "publisher_id"),
    instrumentId: view.instrumentId,
    tsEventNs: view.tsEventNs,
    tsRecvNs: timeOf(view, "ts_recv"),
    tsRefNs: timeOf(view, "ts_ref"),
    priceInt: exactOf(view, "price"),
    quantity: isNone ? null : quantity,
    sequence: numberOf(view, "sequence"),
    tsInDeltaNs: numberOf(view, "ts_in_delta"),
    statType: numberOf(view, "stat_type"),
    channelId: numberOf(view, "channel_id"),
    updateAction: numberOf(view, "update_action"),
    statFlags: numberOf(view, "stat_flags"),
  };
}

/**
 * The bytes of a statistics record of version 3.
 *
 * @throws {RangeError} When a value does not fit its field.
 */
export function encodeStatistics(row: StatisticsRow): Uint8Array {
  return encodeRecord({
    record: "statistics",
    publisher_id: row.publisherId,
    instrument_id: row.instrumentId,
    ts_event: row.tsEventNs.toString(),
    ts_recv: timeField(row.tsRecvNs),
    ts_ref: timeField(row.tsRefNs),
    price: exactField(row.priceInt),
    quantity: exactField(row.quantity),
    sequence: row.sequence,
    ts_in_delta: row.tsInDeltaNs,
    stat_type: row.statType,
    channel_id: row.channelId,
    update_action: row.updateAction,
    stat_flags: row.statFlags,
  });
}
