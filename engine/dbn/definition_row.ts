import {
  checkRecord,
  exactField,
  exactOf,
  numberOf,
  textOf,
  timeField,
  timeOf,
} from "./_row_fields.ts";
import { encodeRecord } from "./record.ts";
import type { RecordView } from "./record_view.ts";

/** What an instrument definition says of a future or an option. Prices are 1e-9 of the currency. */
export interface DefinitionRow {
  readonly publisherId: number;
  readonly instrumentId: number;
  readonly tsEventNs: bigint;
  readonly tsRecvNs: bigint | null;
  /** One letter: C call, P put, F future, S future spread, T option spread, K stock and others. */
  readonly instrumentClass: string;
  /** A added, M modified, D deleted. */
  readonly securityUpdateAction: string;
  /** Venue's word for the kind: `FUT`, `OOF` for options on futures. */
  readonly securityType: string;
  readonly rawSymbol: string;
  readonly underlyingId: number;
  readonly underlying: string;
  /** Exact, |x| ≤ 2^53; null when the record has none. */
  readonly strikePriceInt: number | null;
  /** End of trading; null when the record has none. */
  readonly expirationNs: bigint | null;
  readonly activationNs: bigint | null;
  readonly minPriceIncrementInt: number | null;
  readonly unitOfMeasure: string;
  /** 1e-9 units. */
  readonly unitOfMeasureQtyInt: number | null;
  readonly currency: string;
  readonly exchange: string;
  readonly asset: string;
  readonly group: string;
}

/**
 * A definition record by its fields. Cold path: one object per record.
 *
 * @param view One of type `definition`, of any version.
 * @throws {DbnError} `field` when a price is larger than 2^53.
 * @throws {RangeError} When the record is of another type.
 */
export function definitionRow(view: RecordView): DefinitionRow {
  checkRecord(view, "definition");
  return {
    publisherId: numberOf(view, "publisher_id"),
    instrumentId: view.instrumentId,
    tsEventNs: view.tsEventNs,
    tsRecvNs: timeOf(view, "ts_recv"),
    instrumentClass: textOf(view, "instrument_class"),
    securityUpdateAction: textOf(view, "security_update_action"),
    securityType: textOf(view, "security_type"),
    rawSymbol: textOf(view, "raw_symbol"),
    underlyingId: numberOf(view, "underlying_id"),
    underlying: textOf(view, "underlying"),
    strikePriceInt: exactOf(view, "strike_price"),
    expirationNs: timeOf(view, "expiration"),
    activationNs: timeOf(view, "activation"),
    minPriceIncrementInt: exactOf(view, "min_price_increment"),
    unitOfMeasure: textOf(view, "unit_of_measure"),
    unitOfMeasureQtyInt: exactOf(view, "unit_of_measure_qty"),
    currency: textOf(view, "currency"),
    exchange: textOf(view, "exchange"),
    asset: textOf(view, "asset"),
    group: textOf(view, "group"),
  };
}

/**
 * The bytes of a definition record of version 3; fields that the row lacks get their null.
 *
 * @throws {RangeError} When a value does not fit its field.
 */
export function encodeDefinition(row: DefinitionRow): Uint8Array {
  return encodeRecord({
    record: "definition",
    publisher_id: row.publisherId,
    instrument_id: row.instrumentId,
    ts_event: row.tsEventNs.toString(),
    ts_recv: timeField(row.tsRecvNs),
    instrument_class: row.instrumentClass,
    security_update_action: row.securityUpdateAction,
    security_type: row.securityType,
    raw_symbol: row.rawSymbol,
    underlying_id: row.underlyingId,
    underlying: row.underlying,
    strike_price: exactField(row.strikePriceInt),
    expiration: timeField(row.expirationNs),
    activation: timeField(row.activationNs),
    min_price_increment: exactField(row.minPriceIncrementInt),
    unit_of_measure: row.unitOfMeasure,
    unit_of_measure_qty: exactField(row.unitOfMeasureQtyInt),
    currency: row.currency,
    exchange: row.exchange,
    asset: row.asset,
    group: row.group,
  });
}
