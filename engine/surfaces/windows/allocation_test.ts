import { ok } from "node:assert/strict";
import { ACTION, FLAG, MBO_WORD, type MboBlock, SIDE } from "../../dbn/mod.ts";
import { FlowRows } from "../book/mod.ts";
import { StrikeRows, SurfaceWindows } from "./mod.ts";
import { NO_CHAIN } from "../gamma/mod.ts";

const BASE_NS = 1_767_709_800_000_000_000n;
const STRIDE_WORDS = 14;
const RECORDS = 20_000;
const ORDERS = 500;
/** Rounds that the optimising compiler gets to catch up on a busy machine. */
const MOST_ROUNDS = 60;
/** A boxed double would be 12 bytes and more. */
const MOST_BYTES_PER_RECORD = 1;

/** A block of adds, modifies, executions and cancels over some hundred orders, a second long. */
function blockOf(): MboBlock {
  const words = new Uint32Array(RECORDS * STRIDE_WORDS);
  for (let i = 0; i < RECORDS; i++) {
    const at = i * STRIDE_WORDS;
    const id = i % ORDERS;
    const turn = Math.floor(i / ORDERS) % 4;
    const side = id % 2 === 0 ? SIDE.BID : SIDE.ASK;
    const away = 1 + (id % 37) + (turn === 1 ? 1 : 0);
    const price = BigInt(6_950_000_000_000 + 250_000_000 * (side === SIDE.BID ? -away : away));
    const action = [ACTION.ADD, ACTION.MODIFY, ACTION.FILL, ACTION.CANCEL][turn]!;
    words[at + MBO_WORD.INSTRUMENT_ID] = 7;
    words[at + MBO_WORD.ORDER_ID_LOW] = id;
    words[at + MBO_WORD.PRICE_LOW] = Number(price & 0xffff_ffffn);
    words[at + MBO_WORD.PRICE_HIGH] = Number(price >> 32n);
    words[at + MBO_WORD.SIZE] = 5;
    words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE] = (FLAG.LAST | action << 16 | side << 24) >>> 0;
  }
  return { words, strideWords: STRIDE_WORDS, count: RECORDS };
}

function moveTo({ words }: MboBlock, second: number): void {
  for (let i = 0; i < RECORDS; i++) {
    const ts = BASE_NS + BigInt(second) * 1_000_000_000n + BigInt(i * 40_000);
    words[i * STRIDE_WORDS + MBO_WORD.TS_EVENT_LOW] = Number(ts & 0xffff_ffffn);
    words[i * STRIDE_WORDS + MBO_WORD.TS_EVENT_HIGH] = Number(ts >> 32n);
  }
}

Deno.test("SurfaceWindows.take() allocates nothing per record, its windows included", () => {
  const rows = new FlowRows(200);
  const strikes = new StrikeRows(10);
  const windows = new SurfaceWindows({
    baseNs: BASE_NS,
    future: { instrumentId: 7, tickNano: 250_000_000 },
    options: NO_CHAIN,
    onWindow: ({ band, future, strikeFlow }) => {
      rows.take(band, future);
      strikes.take(strikeFlow);
    },
  });
  const block = blockOf();
  let least = Infinity;
  for (let round = 0; round < MOST_ROUNDS && least > MOST_BYTES_PER_RECORD; round++) {
    moveTo(block, round);
    const before = Deno.memoryUsage().heapUsed;
    windows.take(block);
    const grown = Deno.memoryUsage().heapUsed - before;
    // A collection in between makes the heap shrink and says nothing.
    if (grown >= 0) least = Math.min(least, grown / RECORDS);
  }
  ok(rows.count > 70);
  ok(least <= MOST_BYTES_PER_RECORD, `${least} bytes per record`);
});
