import { strictEqual } from "node:assert/strict";
import { newYorkNs } from "../../../engine/clock/mod.ts";
import { ACTION, FLAG, type MboBlock, SIDE, writeMbo } from "../../../engine/dbn/mod.ts";
import { MboTable } from "../../../engine/surfaces/bronze/mod.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { PartitionWriter } from "../partitions/mod.ts";
import { contractOn } from "./contracts_on.ts";
import { SET } from "./tables.ts";

/** A trade in the early morning. */
function tradeBlock(instrumentId: number, dt: string, size: number): MboBlock {
  const tsNs = newYorkNs(dt, "06:00");
  const words = new Uint32Array(14);
  const [low, high] = [Number(tsNs & 0xffff_ffffn), Number(tsNs >> 32n)];
  writeMbo(words, 0, {
    publisherId: 1,
    instrumentId,
    tsEventLow: low,
    tsEventHigh: high,
    orderIdLow: 0,
    orderIdHigh: 0,
    priceLow: 0,
    priceHigh: 1_600,
    size,
    flags: FLAG.LAST,
    channelId: 0,
    action: ACTION.TRADE,
    side: SIDE.BID,
    tsRecvLow: low,
    tsRecvHigh: high,
    tsInDelta: 0,
    sequence: 1,
  });
  return { words, strideWords: 14, count: 1 };
}

function putTrade(lake: string, symbol: string, dt: string, size: number): void {
  const of = { source: "databento", symbol, dt };
  const writer = new PartitionWriter(lake, SET.FUTURE_MBO, of);
  const table = new MboTable(new Map([[7, { symbol, option: null }]]), (rows) => writer.add(rows));
  table.take(tradeBlock(7, dt, size));
  table.finish();
  writer.commit({ inputs: [], codeVersion: "1" });
}

Deno.test("contractOn() takes the only contract, else the one that traded most the day before", async () => {
  await withTempDir(async (lake) => {
    const es = { lake, source: "databento", root: "ES" };
    strictEqual(await contractOn(es, "2026-03-16"), null);
    putTrade(lake, "ESH6", "2026-03-16", 530);
    strictEqual(await contractOn(es, "2026-03-16"), "ESH6");
    putTrade(lake, "ESM6", "2026-03-16", 616);
    strictEqual(await contractOn(es, "2026-03-16"), null, "nothing traded before");
    putTrade(lake, "ESH6", "2026-03-17", 9);
    putTrade(lake, "ESM6", "2026-03-17", 9);
    strictEqual(await contractOn(es, "2026-03-17"), "ESM6");
    strictEqual(await contractOn({ ...es, root: "NQ" }, "2026-03-17"), null);
  });
});
