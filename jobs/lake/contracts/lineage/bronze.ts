import { from, same, type TableLineage } from "./lineage.ts";

const MBO: TableLineage = {
  ts_recv: same("dbn.mbo.ts_recv"),
  size: same("dbn.mbo.size"),
  ts_event: same("dbn.mbo.ts_event"),
  channel_id: same("dbn.mbo.channel_id"),
  rtype: from("", "160 in every row."),
  order_id: from("dbn.mbo.order_id", "The bits of the unsigned integer."),
  publisher_id: same("dbn.mbo.publisher_id"),
  flags: same("dbn.mbo.flags"),
  instrument_id: same("dbn.mbo.instrument_id"),
  ts_in_delta: same("dbn.mbo.ts_in_delta"),
  action: same("dbn.mbo.action"),
  sequence: same("dbn.mbo.sequence"),
  side: same("dbn.mbo.side"),
  symbol: from(
    "dbn.mbo.instrument_id",
    "Symbol that the file's metadata gives the instrument on that date.",
    "Rows without one, and of spreads, are left out.",
  ),
  price: from(
    "dbn.mbo.price",
    "Undefined prices are 0; records that a book will refuse stay.",
  ),
};

const DEFINITION = "dbn.definition.";

/** Definitions as they came. */
export const DEFINITIONS_LINEAGE: TableLineage = {
  ts_event: same(`${DEFINITION}ts_event`),
  instrument_id: from(`${DEFINITION}instrument_id`, "The bits of the unsigned integer."),
  instrument_class: same(`${DEFINITION}instrument_class`),
  security_update_action: same(`${DEFINITION}security_update_action`),
  security_type: same(`${DEFINITION}security_type`),
  underlying_id: from(`${DEFINITION}underlying_id`, "The bits of the unsigned integer."),
  underlying: same(`${DEFINITION}underlying`),
  expiration: from(`${DEFINITION}expiration`, "2^63 - 1 where undefined."),
  strike_price: from(`${DEFINITION}strike_price`, "0 where undefined."),
  currency: same(`${DEFINITION}currency`),
  raw_symbol: same(`${DEFINITION}raw_symbol`),
};

/** Orders of a future. */
export const FUTURE_MBO_LINEAGE: TableLineage = MBO;

/** Orders of the day's options. */
export const OPTION_MBO_LINEAGE: TableLineage = {
  ...MBO,
  underlying: from("dbn.mbo.instrument_id defs.underlying", "Joined by instrument_id."),
  right: from("dbn.mbo.instrument_id defs.instrument_class", "Joined by instrument_id."),
  strike: from("dbn.mbo.instrument_id defs.strike_price", "Joined by instrument_id."),
  expiration: from("dbn.mbo.instrument_id defs.expiration", "Joined by instrument_id."),
};

const JOINED = "Joined by instrument_id.";

/** Records of open interest. */
export const STATISTICS_LINEAGE: TableLineage = {
  ts_event_ns: from("dbn.statistics.ts_event", "Records of statistic 9 only."),
  ts_recv_ns: from("dbn.statistics.ts_recv", "0 where undefined."),
  source: from("", "Name of the raw files' source."),
  underlying: from("dbn.statistics.instrument_id defs.underlying", JOINED),
  option_symbol: from("dbn.statistics.instrument_id defs.raw_symbol", JOINED),
  exp_date: from("dbn.statistics.instrument_id defs.expiration", JOINED, "Date in New York."),
  strike: from("dbn.statistics.instrument_id defs.strike_price", JOINED, "Times 1e-9."),
  right: from("dbn.statistics.instrument_id defs.instrument_class", JOINED),
  open_interest: from("dbn.statistics.quantity", "0 where undefined."),
};

/** Open interest of each of the day's options. */
export const STATISTICS_CLEAN_LINEAGE: TableLineage = {
  ...Object.fromEntries(
    Object.keys(STATISTICS_LINEAGE).map((name) => [
      name,
      from(
        `stat.${name}`,
        "Of the record of the latest reference day, then of the one that arrived last.",
      ),
    ]),
  ),
  ts_event_est: from("stat.ts_event_ns", "As wall time of New York."),
};
