import { DbnDecoder, FLAG, MBO_WORD, type MboBlock } from "../../dbn/mod.ts";
import { FlowRows } from "../book/mod.ts";
import { type NaiveWindow, NaiveWindows } from "./_windows_naive.ts";
import { SurfaceWindows } from "./surface_windows.ts";
import { NO_CHAIN } from "../gamma/mod.ts";

/** Records per second of the books and of full rescans, on the same records in the same windows. */
export interface WindowsBench {
  readonly records: number;
  readonly recordsPerSecond: number;
  /** Records of the rescans, a prefix of the same file. */
  readonly naiveRecords: number;
  readonly naiveRecordsPerSecond: number;
  readonly recordsPerWindow: number;
}

const HALF_TICKS = 200;
const RECORD_BYTES = 56;
const TS_EVENT_BYTE = 8;

/**
 * Times decoding, book, band and rows of depth and flow over a market-by-order file of one instrument,
 * the best of some turns. The times of its records are drawn together to as many in a window as given.
 *
 * @param now A clock in ms.
 * @param file A DBN file of mbo records without `ts_out`; one whole copy is made.
 */
export function benchWindows(
  now: () => number,
  file: Uint8Array,
  tickNano: number,
  { recordsPerWindow = 1_000, passes = 20, turns = 7, naiveRecords = 4_000 }: {
    readonly recordsPerWindow?: number;
    readonly passes?: number;
    readonly turns?: number;
    readonly naiveRecords?: number;
  } = {},
): WindowsBench {
  const { bytes, records, baseNs, instrumentId } = drawTogether(file, recordsPerWindow);
  const prefix = bytes.subarray(0, bytes.length - (records - naiveRecords) * RECORD_BYTES);
  const naiveBegin = now();
  const expected = naivePass(prefix, baseNs, tickNano);
  const naiveSeconds = (now() - naiveBegin) / 1_000;
  const pass = (of: Uint8Array) => windowsPass(of, baseNs, instrumentId, tickNano);
  if (pass(prefix) !== expected) throw new RangeError("Cannot trust a baseline that differs");
  pass(bytes); // warm
  let best = Infinity;
  for (let turn = 0; turn < turns; turn++) {
    const begin = now();
    for (let i = 0; i < passes; i++) pass(bytes);
    best = Math.min(best, (now() - begin) / 1_000 / passes);
  }
  return {
    records,
    recordsPerSecond: records / best,
    naiveRecords,
    naiveRecordsPerSecond: naiveRecords / naiveSeconds,
    recordsPerWindow,
  };
}

/** @returns Depth and flow over all rows, to compare. */
function windowsPass(
  bytes: Uint8Array,
  baseNs: bigint,
  instrumentId: number,
  tickNano: number,
): number {
  const rows = new FlowRows(HALF_TICKS);
  let sum = 0;
  const windows = new SurfaceWindows({
    baseNs,
    future: { instrumentId, tickNano },
    options: NO_CHAIN,
    onWindow: ({ band, future }) => {
      rows.take(band, future);
      for (let i = 0; i < rows.count; i++) {
        sum += rows.start[i]! + rows.end[i]! + rows.add[i]! + rows.pull[i]! + rows.rest[i]! +
          rows.pullRest[i]! + rows.fill[i]!;
      }
    },
  });
  const decoder = new DbnDecoder();
  const sink = { onMbo: (block: MboBlock) => windows.take(block) };
  decoder.push(bytes, sink);
  decoder.finish(sink);
  windows.finish();
  return sum;
}

function naivePass(bytes: Uint8Array, baseNs: bigint, tickNano: number): number {
  let sum = 0;
  const { instrumentId } = firstOf(bytes);
  const book = {
    instrumentId,
    tickNano,
    halfTicks: HALF_TICKS,
    onWindow: ({ rows }: NaiveWindow) => {
      for (const row of rows) for (const value of row.slice(2)) sum += Number(value);
    },
  };
  const market = new NaiveMarket(baseNs, [book]);
  new DbnDecoder().push(bytes, { onMbo: (block) => market.take(block) });
  market.finish();
  return sum;
}

/** One instrument of a {@link NaiveMarket}. */
export interface NaiveInstrument {
  readonly instrumentId: number;
  readonly tickNano: number;
  readonly halfTicks: number;
  readonly onWindow: (window: NaiveWindow) => void;
}

/** Windows by rescans of all orders, of as many instruments as there are; they close in the order given. */
export class NaiveMarket {
  readonly #baseNs: bigint;
  readonly #books: ReadonlyMap<number, NaiveWindows>;
  #second = -1;

  constructor(baseNs: bigint, instruments: readonly NaiveInstrument[]) {
    this.#baseNs = baseNs;
    this.#books = new Map(
      instruments.map(({ instrumentId, tickNano, halfTicks, onWindow }) => [
        instrumentId,
        new NaiveWindows(tickNano, halfTicks, onWindow),
      ]),
    );
  }

  take({ words, strideWords, count }: MboBlock): void {
    for (let o = 0; o < count * strideWords; o += strideWords) {
      const wide = (low: number) => (BigInt(words[o + low + 1]!) << 32n) | BigInt(words[o + low]!);
      const packed = words[o + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
      const ts = Number(wide(MBO_WORD.TS_EVENT_LOW) - this.#baseNs);
      const price = Number(BigInt.asIntN(64, wide(MBO_WORD.PRICE_LOW)));
      const [action, side, flags] = [(packed >>> 16) & 0xff, packed >>> 24, packed & 0xff];
      const id = wide(MBO_WORD.ORDER_ID_LOW);
      const known = price > 2 ** 62 ? 0 : price;
      if ((flags & FLAG.SNAPSHOT) === 0) this.#goTo(ts);
      this.#books.get(words[o + MBO_WORD.INSTRUMENT_ID]!)
        ?.take(true, ts, action, side, known, words[o + MBO_WORD.SIZE]!, id, flags);
    }
  }

  finish(): void {
    for (const book of this.#books.values()) book.finish();
  }

  /** Every book hears of a new second, whoever's record it is. */
  #goTo(ts: number): void {
    const second = Math.floor(ts / 1e9);
    if (second <= this.#second || this.#books.size === 1) return;
    this.#second = second;
    for (const book of this.#books.values()) book.take(false, ts, 0, 0, 0, 0, 0n, 0);
  }
}

/** A copy of a file whose times run from the whole second of its first record, as dense as asked. */
function drawTogether(file: Uint8Array, recordsPerWindow: number) {
  const bytes = file.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = 8 + view.getUint32(4, true);
  const records = (bytes.length - head) / RECORD_BYTES;
  const times = Array.from(
    { length: records },
    (_, i) => view.getBigUint64(head + i * RECORD_BYTES + TS_EVENT_BYTE, true),
  );
  const baseNs = times[0]! / 1_000_000_000n * 1_000_000_000n;
  const lastNs = Number(times.at(-1)! - baseNs);
  const factor = records / recordsPerWindow * 1e9 / lastNs;
  times.forEach((time, i) => {
    const drawn = baseNs + BigInt(Math.round(Number(time - baseNs) * factor));
    view.setBigUint64(head + i * RECORD_BYTES + TS_EVENT_BYTE, drawn, true);
  });
  return { bytes, records, baseNs, instrumentId: firstOf(bytes).instrumentId };
}

/** Of the first record of a file. */
function firstOf(bytes: Uint8Array): { readonly instrumentId: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { instrumentId: view.getUint32(8 + view.getUint32(4, true) + 4, true) };
}
