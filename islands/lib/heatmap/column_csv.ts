import { type Provenance, stampSlug, stampText } from "../../../modules/kit/contract.ts";
import { nsToMs } from "../text/mod.ts";
import type { BinHistory } from "./history.ts";
import { planeNames } from "./planes.ts";
import { priceScaleOf } from "./price_text.ts";

/** Digits that the page keeps of a value; the stream carries more. */
const KEPT_DIGITS = 7;

/** Returns the file name for one column, from symbol, bin number, its start in UTC and the kind of data. */
export function columnCsvName(history: BinHistory, position: number, of: Provenance): string {
  const slot = history.store.slot(position);
  const ms = nsToMs(history.baseNs) + history.store.startNs[slot]! / 1e6;
  const stamp = new Date(ms).toISOString().replaceAll(/[-:]/g, "");
  return `${history.config.symbol}-bin${history.store.binSeq[slot]}-${stamp}-${stampSlug(of)}.csv`;
}

/**
 * Returns one column as CSV (RFC 4180): a header, then the rows from the highest price down, with
 * price, k, every value of the stream in 7 significant digits, the last event id, and in every line where
 * the data comes from. A column without a window has the header only.
 */
export function columnCsv(history: BinHistory, position: number, of: Provenance): string {
  const { store, config } = history;
  const slot = store.slot(position);
  const names = planeNames(config.horizonsMs);
  const lines = [["price", "k", ...names, "last_event_id", "provenance"].join(",")];
  const spot = store.spotTick[slot]!;
  if (store.rowOf(slot, spot) < 0) return `${lines[0]}\r\n`;
  const { tickSize, decimals } = priceScaleOf(config);
  const stamp = `"${stampText(of).replaceAll('"', '""')}"`;
  for (let row = store.rows - 1; row >= 0; row--) {
    const k = row - store.radius;
    const values = names.map((_, plane) =>
      Number(store.cells[store.offset(slot, plane) + row]!.toPrecision(KEPT_DIGITS))
    );
    lines.push([
      ((spot + k) * tickSize).toFixed(decimals),
      k,
      ...values,
      store.eventIds[slot * store.rows + row]!,
      stamp,
    ].join(","));
  }
  return lines.join("\r\n") + "\r\n";
}
