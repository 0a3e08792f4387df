import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { ACTION, MBO_WORD, type MboBlock } from "../../engine/dbn/mod.ts";
import {
  ArrowDecoder,
  CELL,
  type Frame,
  PRINT,
  TRADE_CELLS,
  TRADE_PRINTS,
} from "../../engine/frames/mod.ts";
import { type TradeFrame, TradeStage } from "../../engine/trades/mod.ts";
import { openRun } from "../feeds/mod.ts";
import { ReplayFeed } from "../feeds/replay_feed.ts";
import { specOf, VirtualClock } from "../testing/market_bench.ts";
import { tapeBytes, withTempDir } from "../testing/market_files.ts";
import { samplePath, sampleTest } from "../testing/samples.ts";
import { openMarket } from "./open.ts";
import type { EncodedBin, MarketSpec } from "./protocol.ts";

/** What traded in a file: contracts by side (`B`, `A`, `N`), price and 100 ms, by its records alone. */
async function decoded(path: string) {
  const feed = await ReplayFeed.open(path);
  const sums: Record<string, number> = {};
  let trades = 0;
  const mbo = ({ words, strideWords, count }: MboBlock) => {
    for (let at = 0; at < count * strideWords; at += strideWords) {
      const packed = words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
      if (((packed >>> 16) & 0xff) !== ACTION.TRADE) continue;
      const side = String.fromCharCode(packed >>> 24);
      const price = BigInt.asIntN(
        64,
        (BigInt(words[at + MBO_WORD.PRICE_HIGH]!) << 32n) | BigInt(words[at + MBO_WORD.PRICE_LOW]!),
      );
      const key = `${side} ${price}`;
      sums[key] = (sums[key] ?? 0) + words[at + MBO_WORD.SIZE]!;
      trades++;
    }
  };
  while (await feed.pull(2n ** 63n - 1n, 10_000, { mbo }) === "more");
  feed.close();
  return { sums, trades };
}

/** Every bin of a file, and the tick of its instrument. */
async function binsOf(spec: MarketSpec) {
  const bins: EncodedBin[] = [];
  const { market, config } = await openMarket(spec, new VirtualClock(), 1_200, {
    onBin: (bin) => bins.push(bin),
    onWarning: () => {},
  });
  while (!market.ended) await market.step(market.closedUntilNs + 6.4e9 || 2 ** 53 - 1);
  market.feed.close();
  const tickNano = Math.round(Number(config["tick_size"]) / Number(config["price_scale"]));
  return { bins, tickNano };
}

type Rows = Pick<Frame, "columns">;

/** What the frames of a file come to, in the words of {@link decoded}. */
class TradeSums {
  readonly byCell: Record<string, number> = {};
  readonly byPrint: Record<string, number> = {};
  counted = 0;
  printed = 0;
  readonly #tickNano: number;

  constructor(tickNano: number) {
    this.#tickNano = tickNano;
  }

  take({ columns: cells }: Rows, { columns: prints }: Rows): void {
    const of = (place: number, row: number) => Number(cells[place]?.[row]);
    for (let row = 0; row < cells[0]!.length; row++) {
      const price = BigInt(of(CELL.PRICE_TICK, row)) * BigInt(this.#tickNano);
      add(this.byCell, "B", price, of(CELL.BUY_QTY, row));
      add(this.byCell, "A", price, of(CELL.SELL_QTY, row));
      add(this.byCell, "N", price, of(CELL.NONE_QTY, row));
      this.counted += of(CELL.COUNT, row);
    }
    const big = (place: number, row: number) => BigInt(prints[place]![row]!);
    for (let row = 0; row < prints[0]!.length; row++) {
      const [ts, endNs] = [big(PRINT.TS_NS, row), big(PRINT.BIN_END_NS, row)];
      ok(ts < endNs && ts >= endNs - 100_000_000n, "a print outside its bin");
      const side = { "1": "B", "-1": "A", "0": "N" }[String(prints[PRINT.AGGRESSOR]![row])]!;
      add(this.byPrint, side, big(PRINT.PRICE_INT, row), Number(big(PRINT.SIZE, row)));
      this.printed++;
    }
  }
}

function add(into: Record<string, number>, side: string, price: bigint, qty: number): void {
  if (qty > 0) into[`${side} ${price}`] = (into[`${side} ${price}`] ?? 0) + qty;
}

/** Checks what a market streams of a file's trades against the records of the file. */
async function checkTrades(path: string) {
  const { sums, trades } = await decoded(path);
  const { bins, tickNano } = await binsOf(specOf(path));
  const [cellReader, printReader] = [new ArrowDecoder(TRADE_CELLS), new ArrowDecoder(TRADE_PRINTS)];
  const own = new TradeSums(tickNano);
  for (const { seq, header, parts } of bins) {
    const [cells, prints] = parts;
    const { bin_end_ns: endNs } = JSON.parse(header);
    for (const part of parts) {
      const told = JSON.parse(part.header);
      deepStrictEqual([told.bin_seq, told.bin_end_ns, told.left_out], [seq, endNs, 0]);
      strictEqual(told.rows === 0, part.arrow === null);
    }
    if (!cells?.arrow || !prints?.arrow) continue;
    const rows = cellReader.decode(cells.arrow);
    for (const ends of rows.columns[CELL.BIN_END_NS]!) strictEqual(String(ends), endNs);
    own.take(rows, printReader.decode(prints.arrow));
  }
  deepStrictEqual(own.byPrint, sums);
  deepStrictEqual(own.byCell, sums);
  deepStrictEqual([own.counted, own.printed], [trades, trades]);
  return trades;
}

Deno.test("Market streams every trade of a file with its bin, by price and one by one", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.dbn");
    await Deno.writeFile(path, tapeBytes({ seconds: 30, regime: "trend_up" }));
    const trades = await checkTrades(path);
    ok(trades > 50, `${trades} trades`);
  });
});

sampleTest(
  "TradeStage has every trade of a recording, those without an aggressor too",
  async (dir) => {
    const path = samplePath(dir, "CLX5_mbo.dbn");
    const { sums, trades } = await decoded(path);
    const run = await openRun({ source: { kind: "file", path }, instrument: "", model: null });
    const { feed, instrument } = run;
    const frames: TradeFrame[] = [];
    const stage = new TradeStage(instrument, {
      ...run.timing(run.firstBin({ date: null, start: null })),
      onBin: (frame) => frames.push(frame),
    });
    const mbo = (block: MboBlock) => stage.take(block);
    while (await feed.pull(2n ** 63n - 1n, 10_000, { mbo }) === "more");
    feed.close();
    stage.finish();
    const own = new TradeSums(instrument.tick_int);
    for (const { cells, prints } of frames) own.take(cells, prints);
    deepStrictEqual(own.byCell, sums);
    deepStrictEqual(own.byPrint, sums);
    deepStrictEqual([own.counted, own.printed], [trades, trades]);
    const sumOf = (side: string) =>
      Object.entries(sums).reduce((sum, [key, qty]) => key.startsWith(side) ? sum + qty : sum, 0);
    deepStrictEqual([sumOf("B"), sumOf("A"), sumOf("N"), trades], [1_545, 1_829, 239, 1_599]);
  },
);

Deno.test("Market with a first bin begins its trades there, in the same bins", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.dbn");
    await Deno.writeFile(path, tapeBytes({ seconds: 30 }));
    const { bins } = await binsOf(specOf(path, { start: "09:30:10" }));
    let trades = 0;
    for (const { header, parts } of bins) {
      const { bin_end_ns: endNs } = JSON.parse(header);
      const [cells] = parts;
      if (!cells?.arrow) continue;
      const { columns } = new ArrowDecoder(TRADE_CELLS).decode(cells.arrow);
      strictEqual(String(columns[CELL.BIN_END_NS]?.[0]), endNs);
      trades++;
    }
    ok(trades > 10 && bins.length <= 200, `${trades} of ${bins.length} bins have trades`);
  });
});
