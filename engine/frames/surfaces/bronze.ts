import type { Column } from "../layout.ts";
import {
  code,
  double,
  INSTRUMENT_ID,
  int,
  long,
  priceInt,
  records,
  RIGHT,
  table,
  type TableLayout,
  text,
  timeNs,
} from "./table.ts";

/** What an order event has, whatever it trades. */
const MBO: readonly Column[] = [
  timeNs("ts_recv", "Time of arrival at the recorder"),
  long("size", "contracts", "Size of the order, or quantity of the event"),
  timeNs("ts_event", "Time of the matching engine"),
  long("channel_id", "", "Channel of the venue's feed"),
  long("rtype", "", "Record type, always 160"),
  {
    name: "order_id",
    type: "i64",
    unit: "",
    meaning: "Venue's number of the order: the bits of an unsigned 64-bit integer",
  },
  long("publisher_id", "", "Number of dataset and venue"),
  long("flags", "", "Bit set of the record: 128 last of its event, 32 snapshot, 4 maybe bad book"),
  INSTRUMENT_ID,
  long("ts_in_delta", "ns", "From the venue's sending to ts_recv"),
  code(
    "action",
    ["A", "C", "M", "R", "T", "F", "N"],
    "A add, C cancel, M modify, R clear, T trade, F fill, N none",
  ),
  long("sequence", "", "Number of the venue's message"),
  code("side", ["B", "A", "N"], "B bid, A ask, N none; of a trade, the aggressor's"),
  text("symbol", "Raw symbol of the instrument"),
  priceInt("price", "Price; 0 when none"),
];

/**
 * Order events of one future in the order of their file: a snapshot tells older times than the clear before
 * it, and late events are counted as such, so that a book of rows in order of time would be another.
 */
export const FUTURE_MBO: TableLayout = records("bronze.future_mbo.mbo", [], MBO);

/** Order events of the day's options on one future, likewise. */
export const OPTION_MBO: TableLayout = records("bronze.future_option_mbo.mbo", [], [
  ...MBO,
  text("underlying", "Symbol of the future"),
  RIGHT,
  priceInt("strike", "Strike"),
  timeNs("expiration", "End of trading"),
]);

/** Definition records of options on one future, as they came. */
export const DEFINITIONS: TableLayout = records(
  "bronze.shared.instrument_definitions",
  ["instrument_id", "ts_event"],
  [
    timeNs("ts_event", "Time of the definition"),
    int("instrument_id", "", "Venue's number of the instrument: the bits of an unsigned integer"),
    text("instrument_class", "C call, P put"),
    text("security_update_action", "A added, M modified, D deleted"),
    text("security_type", "Venue's word for the kind: OOF for options on futures"),
    int("underlying_id", "", "Venue's number of the future: the bits of an unsigned integer"),
    text("underlying", "Symbol of the future"),
    timeNs("expiration", "End of trading; 2^63 - 1 when none"),
    priceInt("strike_price", "Strike; 0 when none"),
    text("currency", "Currency of the price"),
    text("raw_symbol", "Symbol of the option"),
  ],
);

const OPEN_INTEREST: readonly Column[] = [
  timeNs("ts_event_ns", "Time of the statistic"),
  timeNs("ts_recv_ns", "Time of arrival at the recorder; 0 when none"),
  text("source", "Where the records come from"),
  text("underlying", "Symbol of the future"),
  text("option_symbol", "Symbol of the option"),
  {
    name: "exp_date",
    type: "utf8",
    unit: "",
    meaning: "New York date of expiration, YYYY-MM-DD",
    nullable: true,
  },
  double("strike", "points", "Strike"),
  RIGHT,
  double("open_interest", "contracts", "Open interest; 0 when the record has none"),
];

/** Statements of open interest of the day's options, from the oldest to the newest. */
export const STATISTICS: TableLayout = records(
  "bronze.future_option.statistics",
  [],
  OPEN_INTEREST,
);

/** The open interest of each of the day's options: the record of the latest reference day. */
export const STATISTICS_CLEAN: TableLayout = table(
  "silver.future_option.statistics_clean",
  ["option_symbol"],
  [...OPEN_INTEREST, text("ts_event_est", "ts_event_ns as New York wall time")],
);
