import type { DbnRecordInput } from "../../dbn/mod.ts";
import { dateOfDays, daysOfDate, etDays, etTime, weekdayOf } from "../../regime/mod.ts";
import { SYNTH_FUTURE, SYNTH_PUBLISHER_ID } from "../futures/mod.ts";
import { SYNTH_OPTIONS } from "./listing.ts";
import type { SessionTape } from "./session_tape.ts";

const NS_PER_MS = 1_000_000n;
const NANO = 1_000_000_000;
const QUARTER = 3; // March, of ESH6
const YEAR_DIGIT = 6;
const FRIDAY = 5;
const OPEN_MINUTE = 9 * 60 + 30;
/** Kinds of statistics, as the format numbers them. */
const STATISTIC = { SETTLEMENT: 3, OPEN_INTEREST: 9 } as const;

/**
 * Definition records of a tape's future and of the options that it lists.
 *
 * @param atNs Time that they are published, ns since 1970 UTC.
 */
export function* definitionRecords(tape: SessionTape, atNs: bigint): Generator<DbnRecordInput> {
  const shared = {
    record: "definition",
    publisher_id: SYNTH_PUBLISHER_ID,
    ts_event: `${atNs}`,
    ts_recv: `${atNs}`,
    currency: "USD",
    exchange: "XCME",
    unit_of_measure: "IPNT",
    unit_of_measure_qty: `${SYNTH_OPTIONS.multiplier * NANO}`,
  };
  yield {
    ...shared,
    instrument_id: SYNTH_FUTURE.instrumentId,
    instrument_class: "F",
    security_type: "FUT",
    raw_symbol: SYNTH_FUTURE.symbol,
    asset: "ES",
    group: "ES",
    min_price_increment: `${SYNTH_FUTURE.tickNano}`,
    expiration: `${futureExpirationNs(atNs)}`,
  };
  const { root, symbols, strikes, expirationNs } = tape.listing;
  for (let i = 0; i < symbols.length; i++) {
    yield {
      ...shared,
      instrument_id: SYNTH_OPTIONS.firstId + i,
      instrument_class: i % 2 === 0 ? "C" : "P",
      security_type: "OOF",
      raw_symbol: symbols[i]!,
      asset: root,
      group: root,
      underlying: SYNTH_FUTURE.symbol,
      underlying_id: SYNTH_FUTURE.instrumentId,
      strike_price: `${strikes[i >> 1]! * NANO}`,
      strike_price_currency: "USD",
      min_price_increment: `${SYNTH_OPTIONS.unitNano}`,
      expiration: `${expirationNs}`,
    };
  }
}

/**
 * Statistics records of a tape that has just been opened: open interest and settlement of every option that it
 * lists, settlement of the future.
 *
 * @param atNs Time that they are published, ns since 1970 UTC.
 */
export function* statisticsRecords(tape: SessionTape, atNs: bigint): Generator<DbnRecordInput> {
  let sequence = 0;
  const statistic = (instrumentId: number, type: number, value: DbnRecordInput) => ({
    record: "statistics",
    publisher_id: SYNTH_PUBLISHER_ID,
    instrument_id: instrumentId,
    ts_event: `${atNs}`,
    ts_recv: `${atNs}`,
    stat_type: type,
    sequence: ++sequence,
    ...value,
  });
  const settled = (points: number, tickNano: number) => ({
    price: `${Math.floor(points * NANO / tickNano + 0.5) * tickNano}`,
  });
  const { instrumentId, tickNano } = SYNTH_FUTURE;
  const future = tape.latentTicks * tickNano / NANO;
  yield statistic(instrumentId, STATISTIC.SETTLEMENT, settled(future, tickNano));
  const { openInterest } = tape.listing;
  for (let i = 0; i < openInterest.length; i++) {
    const id = SYNTH_OPTIONS.firstId + i;
    yield statistic(id, STATISTIC.OPEN_INTEREST, { quantity: `${openInterest[i]!}` });
    const price = settled(tape.optionValues[i]!, SYNTH_OPTIONS.unitNano);
    yield statistic(id, STATISTIC.SETTLEMENT, price);
  }
}

/** End of trading of the future, ns: 09:30 New York on the third Friday of its month, in the first year of its digit. */
function futureExpirationNs(atNs: bigint): bigint {
  const now = etDays(Number(atNs / NS_PER_MS));
  for (let year = Math.floor(dateOfDays(now) / 10_000);; year++) {
    if (year % 10 !== YEAR_DIGIT) continue;
    const first = daysOfDate(year * 10_000 + QUARTER * 100 + 1);
    const friday = first + (FRIDAY - weekdayOf(first) + 7) % 7 + 14;
    if (friday > now) return BigInt(etTime(friday, OPEN_MINUTE)) * NS_PER_MS;
  }
}
