import { deepEqual, equal, throws } from "node:assert/strict";
import { ACTION, FLAG, MBO_WORD, type MboBlock, SIDE } from "../../dbn/mod.ts";
import { BookRecord } from "../book/mod.ts";
import { SurfaceWindows, type SurfaceWindowsOptions } from "./mod.ts";
import { NO_CHAIN } from "../gamma/mod.ts";

const BASE_NS = 1_767_709_800_000_000_000n;
const UNDEF_PRICE = 2n ** 63n - 1n;
const BID_INT = 6_950_000_000_000;

interface Own {
  readonly instrument?: number;
  readonly tsNs: bigint;
  readonly action: number;
  readonly priceInt?: bigint;
  readonly size?: number;
  readonly id?: bigint;
  readonly flags?: number;
}

/** A block of records; bids of instrument 7 where nothing else is said. */
function blockOf(records: readonly Own[]): MboBlock {
  const strideWords = 14;
  const words = new Uint32Array(records.length * strideWords);
  records.forEach((own, i) => {
    const wide = new BigInt64Array(words.buffer, i * strideWords * 4, strideWords / 2);
    wide[MBO_WORD.TS_EVENT_LOW / 2] = own.tsNs;
    wide[MBO_WORD.ORDER_ID_LOW / 2] = own.id ?? 1n;
    wide[MBO_WORD.PRICE_LOW / 2] = own.priceInt ?? BigInt(BID_INT);
    const at = i * strideWords;
    words[at + MBO_WORD.INSTRUMENT_ID] = own.instrument ?? 7;
    words[at + MBO_WORD.SIZE] = own.size ?? 5;
    words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE] =
      ((own.flags ?? FLAG.LAST) | own.action << 16 | SIDE.BID << 24) >>> 0;
  });
  return { words, strideWords, count: records.length };
}

function open(own: Partial<SurfaceWindowsOptions> = {}): SurfaceWindows {
  return new SurfaceWindows({
    baseNs: BASE_NS,
    future: { instrumentId: 7, tickNano: 250_000_000 },
    options: NO_CHAIN,
    onWindow: () => {},
    ...own,
  });
}

Deno.test("SurfaceWindows.take() reads ids of 64 bits, and drops what has no price or no time", () => {
  const windows = open();
  windows.take(blockOf([
    { tsNs: BASE_NS, action: ACTION.ADD, id: 0xffff_ffff_ffff_fffen, size: 3 },
    { tsNs: BASE_NS, action: ACTION.ADD, id: 0x7fff_ffff_ffff_fffen, size: 4 },
    { tsNs: BASE_NS, action: ACTION.ADD, id: 9n, priceInt: UNDEF_PRICE },
    { tsNs: BASE_NS, action: ACTION.ADD, id: 9n, priceInt: -BigInt(BID_INT) },
    { tsNs: -1n, action: ACTION.CLEAR },
    { tsNs: BASE_NS, action: ACTION.CANCEL, id: 0xffff_ffff_ffff_fffen, size: 3 },
  ]));
  equal(windows.endNs, 1e9);
  equal(windows.future.counts.rejected, 3);
  equal(windows.future.counts.ghosts, 0);
  equal(windows.future.levels.total[0], 4);
});

Deno.test("SurfaceWindows lets records without a book move the clock, and snapshots never", () => {
  const ends: [endNs: number, unknown: number, late: number][] = [];
  const windows = open({
    onWindow: ({ endNs, undefinedInstruments, late }) =>
      void ends.push([endNs, undefinedInstruments, late]),
  });
  const at = (second: number) => BASE_NS + BigInt(second) * 1_000_000_000n;
  windows.take(blockOf([
    { tsNs: at(-50), action: ACTION.ADD, flags: FLAG.SNAPSHOT },
    { tsNs: at(2), action: ACTION.NONE, instrument: 8 },
    { tsNs: at(90), action: ACTION.ADD, flags: FLAG.SNAPSHOT },
    { tsNs: at(1), action: ACTION.NONE },
    { tsNs: at(4), action: ACTION.NONE, instrument: 8 },
  ]));
  windows.closeUntil(5e9);
  windows.finish();
  deepEqual(ends, [[3e9, 1, 1], [4e9, 0, 0], [5e9, 1, 0], [6e9, 0, 0]]);
});

Deno.test("SurfaceWindows opens on the whole second, wherever its base lies in one", () => {
  const windows = open({ baseNs: BASE_NS + 300_000_007n });
  const record = Object.assign(new BookRecord(), { action: ACTION.NONE, tsNs: 5e8 });
  windows.takeRecord(7, record);
  deepEqual([windows.startNs, windows.endNs], [-300_000_007, 699_999_993]);
});

Deno.test("SurfaceWindows sums a strike off the grid at the nearest one, ties upward", () => {
  const ids = [1, 2, 3, 4];
  let flow: number[] = [];
  const windows = open({
    options: {
      instrumentId: Float64Array.from(ids),
      isCall: Uint8Array.of(1, 1, 0, 1),
      strikeInt: Float64Array.of(6_952.5e9, 6_947e9, 6_950e9, 6_880e9),
    },
    onWindow: ({ strikeFlow: { end, half } }) => {
      flow = [...end.subarray((half - 1) * 4, (half + 2) * 4)];
    },
  });
  const tsNs = BASE_NS;
  windows.take(blockOf([
    { tsNs, action: ACTION.ADD, flags: FLAG.SNAPSHOT | FLAG.LAST },
    ...ids.map((id) => ({
      tsNs,
      action: ACTION.ADD,
      instrument: id,
      size: 10 ** id,
      priceInt: 50_000_000n,
    })),
  ]));
  windows.finish();
  equal(windows.offGridOptions, 2);
  deepEqual(flow, [100, 0, 0, 0, 0, 0, 1_000, 0, 10, 0, 0, 0]);
});

Deno.test("SurfaceWindows.restore() refuses the books of other options", () => {
  const other = open({
    options: {
      instrumentId: Float64Array.of(1),
      isCall: Uint8Array.of(1),
      strikeInt: Float64Array.of(BID_INT),
    },
  });
  throws(() => open().restore(other.save()), RangeError);
});
