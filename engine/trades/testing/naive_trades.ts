import { ACTION, FLAG, SIDE } from "../../dbn/mod.ts";
import { CELL, PRINT } from "../../frames/mod.ts";
import type { TradeFrame } from "../trade_frame.ts";

/** A record as a reader of the feed sees it. */
export interface PlainRecord {
  /** ns offset. */
  readonly tsNs: number;
  readonly action: number;
  readonly side: number;
  readonly priceNano: number;
  readonly size: number;
  readonly flags: number;
}

/** Trades of one bin, as plain values. */
export interface PlainBin {
  readonly binSeq: number;
  readonly binEndNs: number;
  /** [tick, bought, sold, neither, count, largest], lowest price first. */
  readonly cells: readonly (readonly number[])[];
  /** [ns offset, price, size, aggressor]. */
  readonly prints: readonly (readonly number[])[];
}

/**
 * What a trade stage must come to, the obvious way: every event is put into its bin, then each bin is
 * summed over its trades price by price.
 *
 * @param emitAfterNs Start of the first bin, or 0 where the first event opens it.
 */
export function naiveTrades(
  records: readonly PlainRecord[],
  { cellNs, tickNano, emitAfterNs }: {
    readonly cellNs: number;
    readonly tickNano: number;
    readonly emitAfterNs: number;
  },
): readonly PlainBin[] {
  const isSnapshot = ({ flags }: PlainRecord) => (flags & FLAG.SNAPSHOT) !== 0;
  const events = records.filter((record) => record.tsNs >= emitAfterNs);
  const first = events.findIndex((record) => !isSnapshot(record));
  if (first < 0) return [];
  const startNs = emitAfterNs > 0 ? emitAfterNs : events[first]!.tsNs;
  const bins = new Map<number, PlainRecord[]>();
  let open = 0;
  for (const record of events.slice(first)) {
    // A straggler lies in the bin that is open when it comes.
    open = Math.max(open, Math.floor((record.tsNs - startNs) / cellNs));
    if (record.action !== ACTION.TRADE || isSnapshot(record)) continue;
    bins.set(open, [...bins.get(open) ?? [], record]);
  }
  return [...bins].map(([binSeq, trades]) => ({
    binSeq,
    binEndNs: startNs + (binSeq + 1) * cellNs,
    cells: cellsOf(trades, tickNano),
    prints: trades.map((
      { tsNs, priceNano, size, side },
    ) => [tsNs, priceNano, size, side === SIDE.BID ? 1 : side === SIDE.ASK ? -1 : 0]),
  }));
}

function cellsOf(trades: readonly PlainRecord[], tickNano: number): readonly (readonly number[])[] {
  const byTick = Map.groupBy(trades, ({ priceNano }) => Math.floor(priceNano / tickNano + 0.5));
  return [...byTick].toSorted(([a], [b]) => a - b).map(([tick, own]) => {
    const sum = (isOf: (side: number) => boolean) =>
      own.reduce((total, { side, size }) => isOf(side) ? total + size : total, 0);
    return [
      tick,
      sum((side) => side === SIDE.BID),
      sum((side) => side === SIDE.ASK),
      sum((side) => side !== SIDE.BID && side !== SIDE.ASK),
      own.length,
      Math.max(0, ...own.map(({ size }) => size)),
    ];
  });
}

/** A stage's frame as plain values. @param baseNs Epoch ns that offsets count from. */
export function plainOf(frame: TradeFrame, baseNs: bigint): PlainBin {
  const rows = (of: "cells" | "prints", places: readonly number[]) =>
    Array.from(
      { length: frame[of].columns[0]?.length ?? 0 },
      (_, row) =>
        places.map((place) => {
          const value = frame[of].columns[place]?.[row] ?? NaN;
          return typeof value === "bigint" ? Number(value - baseNs) : Number(value);
        }),
    );
  return {
    binSeq: frame.binSeq,
    binEndNs: frame.binEndNs,
    cells: rows("cells", [
      CELL.PRICE_TICK,
      CELL.BUY_QTY,
      CELL.SELL_QTY,
      CELL.NONE_QTY,
      CELL.COUNT,
      CELL.LARGEST_QTY,
    ]),
    prints: rows("prints", [PRINT.TS_NS, PRINT.PRICE_INT, PRINT.SIZE, PRINT.AGGRESSOR]),
  };
}
