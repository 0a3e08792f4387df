import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import { type MboBlock, type MboFields, writeMbo } from "../../dbn/mod.ts";
import { csvText, rowsOf } from "../../frames/mod.ts";
import { TABLES } from "../../frames/surfaces/mod.ts";
import { mboBlockOf, MboTable } from "./mod.ts";

const NO_PRICE_LOW = 0xffff_ffff;
const NO_PRICE_HIGH = 0x7fff_ffff;
const Word = fc.integer({ min: 0, max: 0xffff_ffff });
const Letter = (letters: string) => fc.constantFrom(...letters).map((text) => text.charCodeAt(0));

const Mbo: fc.Arbitrary<MboFields> = fc.record({
  publisherId: fc.nat(0xffff),
  instrumentId: fc.constantFrom(7, 8, 9),
  tsEventLow: fc.nat(3),
  tsEventHigh: fc.constantFrom(411_000_000, 411_000_001, 411_000_002),
  orderIdLow: Word,
  orderIdHigh: Word,
  priceLow: Word,
  // Down to −2^52 and up to 2^52.
  priceHigh: fc.integer({ min: -(2 ** 20), max: 2 ** 20 - 1 }).map((high) => high >>> 0),
  size: Word,
  flags: fc.nat(255),
  channelId: fc.nat(255),
  action: Letter("ACMRTFN"),
  side: Letter("BAN"),
  tsRecvLow: Word,
  tsRecvHigh: Word,
  tsInDelta: Word,
  sequence: fc.nat(3),
}, { noNullPrototype: true });

function blockOf(records: readonly MboFields[]): MboBlock {
  const words = new Uint32Array(14 * records.length);
  records.forEach((record, i) => writeMbo(words, i, record));
  return { words, strideWords: 14, count: records.length };
}

const FUTURES = new Map([[7, { symbol: "ESH6", option: null }], [8, {
  symbol: "ESM6",
  option: null,
}]]);

/** Records of a table of a future, as they come back from its rows. */
function throughTable(blocks: readonly MboBlock[]): { words: number[]; others: number } {
  const words: number[] = [];
  const table = new MboTable(FUTURES, (frame) => words.push(...mboBlockOf(frame).words));
  for (const block of blocks) table.take(block);
  table.finish();
  return { words, others: table.others };
}

Deno.test("mboBlockOf() gives the records back that MboTable took, in the order of the file", () => {
  fc.assert(
    fc.property(fc.array(Mbo, { maxLength: 60 }), (records) => {
      const own = records.filter(({ instrumentId }) => FUTURES.has(instrumentId));
      const expected = [...blockOf(own).words];
      const others = records.length - own.length;
      deepStrictEqual(throughTable([blockOf(records)]), { words: expected, others });
      deepStrictEqual(throughTable(records.map((record) => blockOf([record]))).words, expected);
    }),
    { seed: 20_260_101, numRuns: 300 },
  );
});

Deno.test("MboTable hands rows over as they become many", () => {
  const [record] = fc.sample(Mbo, { seed: 1, numRuns: 1 });
  const block = blockOf(new Array(1_000).fill({ ...record!, instrumentId: 7 }));
  const rows: number[] = [];
  const table = new MboTable(FUTURES, (frame) => rows.push(rowsOf(frame)));
  for (let i = 0; i < 70; i++) table.take(block);
  table.finish();
  table.finish();
  deepStrictEqual(rows, [65_536, 70_000 - 65_536]);
});

Deno.test("MboTable tells symbol, underlying, right, strike and end of an option's orders", () => {
  const [record] = fc.sample(Mbo, { seed: 1, numRuns: 1 });
  const texts: string[] = [];
  const table = new MboTable(
    new Map([[7, {
      symbol: "E1BF6 P6950",
      option: {
        underlying: "ESH6",
        isCall: false,
        strikeInt: 6_950e9,
        expirationNs: 1_767_733_200_000_000_000n,
      },
    }]]),
    (frame) => texts.push(csvText(TABLES.OPTION_MBO.columns, frame)),
  );
  const none = { priceLow: NO_PRICE_LOW, priceHigh: NO_PRICE_HIGH };
  table.take(blockOf([{ ...record!, instrumentId: 7, ...none, action: 90, side: 90 }]));
  table.finish();
  const [header, row] = texts.join().split("\n");
  const names = header!.split(",");
  const cells = row!.split(",");
  const cell = (name: string) => cells[names.indexOf(name)];
  deepStrictEqual(
    ["symbol", "underlying", "right", "strike", "expiration", "price", "action", "side", "rtype"]
      .map(cell),
    [
      "E1BF6 P6950",
      "ESH6",
      "P",
      "6950000000000",
      "1767733200000000000",
      "0",
      "N",
      "N",
      "160",
    ],
  );
});
