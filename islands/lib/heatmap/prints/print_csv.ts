import { type Provenance, stampSlug, stampText } from "../../../../modules/kit/contract.ts";
import { saveFile } from "../../pane/mod.ts";
import { csvCell, exchangeClock, exchangeDate } from "../../text/mod.ts";
import { type Aggressor, passes, type PrintFilter, type PrintRow } from "./print.ts";
import type { PrintBook } from "./print_book.ts";
import type { PrintFeed } from "./print_feed.ts";

const WORDS: Readonly<Record<Aggressor, string>> = { [1]: "bought", [-1]: "sold", [0]: "no side" };

/** What of a book a file of prints holds. */
export interface PrintSelection {
  readonly filter: PrintFilter;
  /** Nothing later, epoch ms. */
  readonly untilMs: number;
  /** Decimals of a price. */
  readonly decimals: number;
}

/**
 * Prints as CSV (RFC 4180), newest first: times as New York time and epoch ms, price, size in
 * contracts, aggressor, and in every line where the print comes from. Stretches without prints stand
 * among them, with what is missing in `note`.
 */
export function printsCsv(book: PrintBook, selection: PrintSelection, of: Provenance): string {
  const { filter, untilMs, decimals } = selection;
  const stamp = csvCell(stampText(of));
  const lines = ["new_york,ts,price,size,aggressor,note,provenance"];
  for (let i = 0; i < book.rows.size; i++) {
    const row = book.rows.newest(i)!;
    if (row.ts > untilMs || row.kind === "print" && !passes(filter, row)) continue;
    const time = `${exchangeDate(row.ts)} ${exchangeClock(row.ts, true)}`;
    lines.push([time, row.ts, ...cellsOf(row, decimals), stamp].join(","));
  }
  return lines.join("\r\n") + "\r\n";
}

function cellsOf(row: PrintRow, decimals: number): readonly (string | number)[] {
  if (row.kind === "gap") return ["", "", "", csvCell(row.text)];
  return [(row.priceInt * 1e-9).toFixed(decimals), row.size, WORDS[row.aggressor], ""];
}

/** Gives the browser what a feed's time and sales show; nothing before the market is known. */
export function savePrints(
  feed: PrintFeed,
  selection: Omit<PrintSelection, "decimals">,
  of: Provenance | null,
): void {
  const { book } = feed;
  const config = feed.config.value;
  if (book === null || config === null || of === null) return;
  const csv = printsCsv(book, { ...selection, decimals: config.priceDecimals }, of);
  const at = new Date(Math.min(selection.untilMs, book.lastEndMs)).toISOString();
  const name = `${config.symbol}-prints-${at.replaceAll(/[-:]/g, "")}-${stampSlug(of)}.csv`;
  saveFile(name, new Blob([csv], { type: "text/csv" }));
}
