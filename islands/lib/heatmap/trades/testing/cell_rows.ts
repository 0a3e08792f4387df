import { ArrowEncoder, TRADE_CELLS } from "../../../../../engine/frames/mod.ts";

/** What traded at one price of a bin: [tick, bought, sold, neither]. */
export type TestCell = readonly [tick: number, buy: number, sell: number, none: number];

const encoder = new ArrowEncoder(TRADE_CELLS);

/** The cells of one bin as the stream sends them, each of one trade a side. */
export function cellRows(binSeq: number, cells: readonly TestCell[]): Uint8Array<ArrayBuffer> {
  const numbers = (of: (cell: TestCell) => number) => Float64Array.from(cells, of);
  const ones = () => new Int32Array(cells.length).fill(1);
  return encoder.encode({
    columns: [
      numbers(() => binSeq),
      BigInt64Array.from(cells, () => 1n),
      ones(),
      numbers(([tick]) => tick),
      ones(),
      numbers(([, buy]) => buy),
      numbers(([, , sell]) => sell),
      numbers(([, , , none]) => none),
      Int32Array.from(cells, (cell) => cell.slice(1).filter((qty) => qty > 0).length),
      numbers(([, buy, sell, none]) => Math.max(buy, sell, none)),
    ],
    valid: TRADE_CELLS.columns.map(() => null),
  });
}
