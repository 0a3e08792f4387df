import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { decodeDbn } from "./decode.ts";
import { type DefinitionRow, definitionRow, encodeDefinition } from "./definition_row.ts";
import { concatBytes, encodeDbn } from "./encode.ts";
import { DbnError } from "./error.ts";
import { newMetadata, schemaId } from "./metadata.ts";
import { encodeMetadata } from "./metadata_codec.ts";
import type { DbnRecordInput } from "./record.ts";
import type { RecordView } from "./record_view.ts";
import { encodeStatistics, type StatisticsRow, statisticsRow } from "./statistics_row.ts";
import type { UpgradePolicy } from "./upgrade.ts";

const SEED = { seed: 20_260_101, numRuns: 200 };
const METADATA = newMetadata({
  dataset: "LOTUS.TEST",
  schema: schemaId("definition"),
  startNs: 0n,
});

/** What the reader makes of every record of a file that is not mbo. */
async function rowsOf<T>(
  file: Uint8Array,
  read: (view: RecordView) => T,
  upgrade: UpgradePolicy = "v3",
): Promise<T[]> {
  const rows: T[] = [];
  await decodeDbn([file], { onRecord: (view) => rows.push(read(view)) }, { upgrade });
  return rows;
}

const Time = fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 2n }));
const Exact = fc.option(fc.maxSafeInteger());
const Word = fc.integer({ min: 0, max: 0xffff });
const Id = fc.integer({ min: 0, max: 0xffff_ffff });
const text = (bytes: number) =>
  fc.string({ maxLength: bytes, unit: fc.constantFrom(..."ABCZ az09-:.") });
const Letter = fc.constantFrom("C", "P", "F", "A", "D", "\0", "é");

const AnyDefinition: fc.Arbitrary<DefinitionRow> = fc.record({
  publisherId: Word,
  instrumentId: Id,
  tsEventNs: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  tsRecvNs: Time,
  instrumentClass: Letter,
  securityUpdateAction: Letter,
  securityType: text(6),
  rawSymbol: text(70),
  underlyingId: Id,
  underlying: text(20),
  strikePriceInt: Exact,
  expirationNs: Time,
  activationNs: Time,
  minPriceIncrementInt: Exact,
  unitOfMeasure: text(30),
  unitOfMeasureQtyInt: Exact,
  currency: text(3),
  exchange: text(4),
  asset: text(10),
  group: text(20),
}, { noNullPrototype: true });

const AnyStatistics: fc.Arbitrary<StatisticsRow> = fc.record({
  publisherId: Word,
  instrumentId: Id,
  tsEventNs: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  tsRecvNs: Time,
  tsRefNs: Time,
  priceInt: Exact,
  quantity: Exact,
  sequence: Id,
  tsInDeltaNs: fc.integer(),
  statType: Word,
  channelId: Word,
  updateAction: fc.nat(255),
  statFlags: fc.nat(255),
}, { noNullPrototype: true });

Deno.test("definitionRow() gives back what encodeDefinition() wrote", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(AnyDefinition, { maxLength: 4 }), async (rows) => {
      const file = concatBytes([encodeMetadata(METADATA), ...rows.map(encodeDefinition)]);
      deepStrictEqual(await rowsOf(file, definitionRow), rows);
    }),
    SEED,
  );
});

Deno.test("statisticsRow() gives back what encodeStatistics() wrote", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(AnyStatistics, { maxLength: 4 }), async (rows) => {
      const file = concatBytes([encodeMetadata(METADATA), ...rows.map(encodeStatistics)]);
      deepStrictEqual(await rowsOf(file, statisticsRow), rows);
    }),
    SEED,
  );
});

const OPTION: DbnRecordInput = {
  record: "definition",
  instrument_id: 7,
  ts_event: "1767693600000000000",
  strike_price: "6950000000000",
  expiration: "1767733200000000000",
  raw_symbol: "E1BF6 C6950",
  underlying: "ESH6",
  asset: "E1B",
  instrument_class: "C",
};
const STATISTIC: DbnRecordInput = {
  record: "statistics",
  instrument_id: 7,
  ts_event: "1767693600000000000",
  stat_type: 9,
};

for (const version of [1, 2, 3] as const) {
  Deno.test(`rows of version ${version} are the same as they are and upgraded`, async () => {
    const metadata = newMetadata({
      dataset: "LOTUS.TEST",
      schema: schemaId("definition"),
      startNs: 0n,
      version,
    });
    const definitions = concatBytes(encodeDbn(metadata, [OPTION]));
    const statistics = concatBytes(
      encodeDbn(metadata, [STATISTIC, { ...STATISTIC, quantity: 1_234 }]),
    );
    for (const upgrade of ["as-is", "v3"] as const) {
      const [row] = await rowsOf(definitions, definitionRow, upgrade);
      deepStrictEqual(
        [row?.rawSymbol, row?.strikePriceInt, row?.expirationNs, row?.activationNs, row?.asset],
        ["E1BF6 C6950", 6_950_000_000_000, 1_767_733_200_000_000_000n, null, "E1B"],
      );
      const rows = await rowsOf(statistics, statisticsRow, upgrade);
      deepStrictEqual(rows.map(({ quantity }) => quantity), [null, 1_234]);
    }
  });
}

Deno.test("statisticsRow() keeps a quantity of version 3 that was the null of version 1", async () => {
  const file = concatBytes(encodeDbn(METADATA, [{ ...STATISTIC, quantity: 2_147_483_647 }]));
  deepStrictEqual((await rowsOf(file, statisticsRow))[0]?.quantity, 2_147_483_647);
});

Deno.test("rows refuse a value beyond 2^53, with the record's number, and a record of another type", async () => {
  const wide = [OPTION, { ...OPTION, strike_price: "-9223372036854775808" }];
  for (
    const [records, read] of [[wide, definitionRow], [
      [STATISTIC, { ...STATISTIC, quantity: "9007199254740993" }],
      statisticsRow,
    ]] as const
  ) {
    const file = concatBytes(encodeDbn(METADATA, records));
    const error = await rowsOf<unknown>(file, read).catch((error: unknown) => error);
    ok(error instanceof DbnError);
    deepStrictEqual([error.code, error.recordIndex], ["field", 1]);
  }
  const file = concatBytes(encodeDbn(METADATA, [OPTION]));
  const error = await rowsOf(file, statisticsRow).catch((error: unknown) => error);
  ok(error instanceof RangeError);
});

Deno.test("rows of damaged records are rows or a typed error", async () => {
  const records = [OPTION, STATISTIC];
  const file = concatBytes(encodeDbn(METADATA, records));
  const from = encodeMetadata(METADATA).length;
  const read = (view: RecordView) =>
    view.record === "definition"
      ? definitionRow(view)
      : view.record === "statistics"
      ? statisticsRow(view)
      : null;
  const Damage = fc.array(fc.tuple(fc.integer({ min: from, max: file.length - 1 }), fc.nat(255)));
  await fc.assert(
    fc.asyncProperty(Damage, async (places) => {
      const damaged = file.slice();
      for (const [at, byte] of places) damaged[at] = byte;
      try {
        await rowsOf<unknown>(damaged, read);
      } catch (error) {
        ok(error instanceof DbnError, String(error));
      }
    }),
    { ...SEED, numRuns: 2_000 },
  );
});

Deno.test("encodeDefinition() and encodeStatistics() refuse what does not fit", () => {
  const [definition] = fc.sample(AnyDefinition, { seed: 1, numRuns: 1 });
  const [statistics] = fc.sample(AnyStatistics, { seed: 1, numRuns: 1 });
  ok(definition && statistics);
  throws(() => encodeDefinition({ ...definition, currency: "EURO" }), RangeError);
  throws(() => encodeDefinition({ ...definition, strikePriceInt: 0.5 }), RangeError);
  throws(() => encodeStatistics({ ...statistics, statType: 70_000 }), RangeError);
  equal(encodeDefinition(definition).length, 520);
  equal(encodeStatistics(statistics).length, 80);
});
