import { deepStrictEqual, equal, throws } from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { newYorkNs } from "../../clock/mod.ts";
import {
  concatBytes,
  decodeDbn,
  definitionRow,
  encodeDefinition,
  encodeMetadata,
  encodeStatistics,
  newMetadata,
  schemaId,
  type StatisticsRow,
  statisticsRow,
  writeMbo,
} from "../../dbn/mod.ts";
import { readGolden } from "../../../jobs/testing/vectors/golden_file.ts";
import {
  definitionOf,
  definitionsOf,
  openInterestOf,
  type ReferenceCase,
  statisticsOf,
} from "../../../jobs/testing/vectors/reference_suite.ts";
import {
  chooseContracts,
  cleanStatistics,
  ContractChoiceError,
  dayChain,
  Definitions,
  definitionsIn,
  definitionTable,
  onlyContract,
  OpenInterest,
  openInterestIn,
  parseContract,
  statisticsTable,
  thirdFriday,
  TradeVolumes,
} from "./mod.ts";

const GOLDEN = join(
  import.meta.dirname ?? ".",
  "../../../fixtures/surfaces/reference-data.json",
);
const CASES = readGolden(GOLDEN)["cases"] as readonly ReferenceCase[];
const [FIRST] = CASES;
const OPTION = definitionOf({
  ts_event: "1767693600000000000",
  instrument_id: 7,
  instrument_class: "C",
  security_update_action: "A",
  underlying: "ESH6",
  strike_price: "6950000000000",
  expiration: "1767733200000000000",
  raw_symbol: "E1BF6 C6950",
});

Deno.test("Definitions take the last record of several of one time, wherever the others stand", () => {
  const moved = { ...OPTION, strikePriceInt: 6_955e9 };
  const older = { ...OPTION, tsEventNs: OPTION.tsEventNs - 1n, strikePriceInt: 1e9 };
  const [option] = definitionsOf([OPTION, moved, older]).options("2026-01-06");
  equal(option?.strikeInt, 6_955e9);
  deepStrictEqual(
    definitionsOf([OPTION, { ...OPTION, securityUpdateAction: "D" }]).options("2026-01-06"),
    [],
  );
  throws(() => definitionsOf([]).options("2026-1-6"), RangeError);
});

Deno.test("Definitions.options() go by the date in New York, in winter and in summer", () => {
  for (const date of ["2026-01-06", "2026-07-07", "2026-03-08", "2026-11-01"]) {
    const last = newYorkNs(date, "23:59:59") + 999_999_999n;
    for (const [expirationNs, isThen] of [[last, true], [last + 1n, false]] as const) {
      const found = definitionsOf([{ ...OPTION, expirationNs }]).options(date);
      equal(found.length === 1, isThen, `${date} ${expirationNs}`);
    }
  }
});

Deno.test("OpenInterest is the same in whatever order records of different times come", () => {
  const Rows = fc.uniqueArray(
    fc.record({ ref: fc.nat(3), recv: fc.nat(3), quantity: fc.nat(1_000) }),
    { selector: ({ ref, recv }) => ref * 4 + recv, minLength: 1 },
  );
  fc.assert(
    fc.property(Rows, (rows) => {
      const row = ({ ref, recv, quantity }: typeof rows[number]): StatisticsRow => ({
        ...statisticsOf(FIRST!.statistics[0]!),
        statType: 9,
        tsRefNs: ref === 0 ? null : BigInt(ref),
        tsRecvNs: recv === 0 ? null : BigInt(recv),
        quantity,
      });
      const newest = rows.toSorted((a, b) => b.ref - a.ref || b.recv - a.recv)[0];
      const { instrumentId } = row(rows[0]!);
      equal(openInterestOf(rows.map(row)).of(instrumentId), newest?.quantity);
    }),
    { seed: 20_260_101 },
  );
});

Deno.test("OpenInterest passes over deletions, negative and other statistics", () => {
  const row = { ...statisticsOf(FIRST!.statistics[0]!), statType: 9, quantity: 5 };
  const later = { ...row, tsRefNs: (row.tsRefNs ?? 0n) + 1n };
  const openInterest = openInterestOf([
    row,
    { ...later, updateAction: 2 },
    { ...later, quantity: -1 },
    { ...later, quantity: null },
    { ...later, statType: 1, quantity: 9 },
  ]);
  equal(openInterest.of(row.instrumentId), 5);
});

Deno.test("dayChain() keeps the options of one future that end trading together", () => {
  const each = FIRST!;
  const options = definitionsOf(each.definitions.map(definitionOf)).options(each.date);
  const found = dayChain(options, "ESH6", openInterestOf(each.statistics.map(statisticsOf)));
  deepStrictEqual([...found?.chain.instrumentId ?? []], [100, 101, 102, 103, 104, 105, 208]);
  deepStrictEqual([...found?.chain.openInterest ?? []], [0, 647, 7955, 7, 0, 7, 6800]);
  deepStrictEqual([...found?.chain.isCall ?? []], [0, 1, 0, 1, 1, 1, 0]);
  equal(found?.chain.strikeInt[0], 6_940e9);
  equal(found?.chain.expirationNs, 1_767_733_200_000_000_000n);
  equal(found?.chain.symbols[0], "E1BF6 P6940");
  deepStrictEqual([found?.otherExpirations, found?.withoutOpenInterest], [1, 2]);
  equal(dayChain(options, "ESM6", new OpenInterest()), null);
});

Deno.test("a file of definitions and statistics gives the chain that its records give", async () => {
  const { date, definitions, statistics } = FIRST!;
  const metadata = newMetadata({
    dataset: "LOTUS.TEST",
    schema: schemaId("definition"),
    startNs: 0n,
  });
  const file = concatBytes([
    encodeMetadata(metadata),
    ...definitions.map(definitionOf).map(encodeDefinition),
    ...statistics.map(statisticsOf).map(encodeStatistics),
  ]);
  const read = new Definitions();
  const openInterest = new OpenInterest();
  await decodeDbn([file], {
    onRecord: (view) => {
      if (view.record === "definition") read.take(definitionRow(view));
      else openInterest.take(statisticsRow(view));
    },
  });
  deepStrictEqual(
    dayChain(read.options(date), "ESH6", openInterest),
    dayChain(
      definitionsOf(definitions.map(definitionOf)).options(date),
      "ESH6",
      openInterestOf(statistics.map(statisticsOf)),
    ),
  );
});

Deno.test("the tables of the lake give the chain that the records give", () => {
  for (const { date, definitions, statistics } of CASES) {
    const rows = definitions.map(definitionOf);
    const stated = statistics.map(statisticsOf);
    const table = definitionTable(rows, "ESH6");
    const options = definitionsIn(table).options(date);
    const statements = statisticsTable(stated, options, "ESH6", "synthetic");
    const expected = dayChain(definitionsOf(rows).options(date), "ESH6", openInterestOf(stated));
    const clean = cleanStatistics(statements);
    const found = dayChain(options, "ESH6", openInterestIn(clean, options));
    // Two options of one symbol have one open interest in the table, which knows no numbers.
    const symbols = expected?.chain.symbols ?? [];
    if (new Set(symbols).size === symbols.length) deepStrictEqual(found, expected);
    else deepStrictEqual(found?.chain.symbols, symbols);
    const times = clean.columns.at(-1);
    equal(Array.isArray(times) && times[0], "1969-12-31 19:00:00");
  }
});

Deno.test("definitionTable() keeps instrument numbers beyond 2^31 and what has neither strike nor end", () => {
  const wide = { ...OPTION, instrumentId: 4_000_000_000, underlyingId: 4_294_967_295 };
  const table = definitionTable(
    [wide, { ...OPTION, strikePriceInt: null, expirationNs: null }],
    "ESH6",
  );
  const options = definitionsIn(table).options("2026-01-06");
  deepStrictEqual(options.map(({ instrumentId }) => instrumentId), [4_000_000_000]);
  deepStrictEqual(definitionTable([wide], "ESM6").columns[0]?.length, 0);
});

Deno.test("chooseContracts() refuses a date that is named twice and a contract without expiration", () => {
  const traded = new Map([["ESH6", { contracts: 1, tradedEarly: true }]]);
  const volumes = new Map([["2026-01-05", traded]]);
  throws(() => chooseContracts(["2026-01-06", "2026-01-06"], volumes, new Map()), {
    code: "duplicate_date",
  });
  throws(() => chooseContracts(["2026-01-06"], volumes, new Map()), ContractChoiceError);
  deepStrictEqual(chooseContracts(["2026-01-05"], volumes, new Map()), []);
});

Deno.test("onlyContract() is the only one, else an error", () => {
  equal(onlyContract(["ESH6", "ESH6"]), "ESH6");
  throws(() => onlyContract([]), { code: "not_one" });
  throws(() => onlyContract(["ESH6", "ESM6"]), { code: "not_one" });
});

Deno.test("parseContract() reads root, month and the nearest year; thirdFriday() its expiration", () => {
  const cases: readonly (readonly [string, string, string | null])[] = [
    ["ESH6", "2026-01-06", "2026-03-20"],
    ["ESZ5", "2026-01-06", "2025-12-19"],
    ["ESU26", "2026-01-06", "2026-09-18"],
    ["ESH0", "2029-12-01", "2030-03-15"],
    ["ESF6", "2026-01-06", null],
    ["ES", "2026-01-06", null],
    ["ESH126", "2026-01-06", null],
    ["CLH6", "2026-01-06", null],
  ];
  for (const [symbol, near, expiration] of cases) {
    const contract = parseContract("ES", symbol, near);
    equal(contract === null ? null : thirdFriday(contract), expiration, symbol);
  }
});

Deno.test("TradeVolumes sums trades by instrument and knows those of the early hours", () => {
  const volumes = new TradeVolumes("2026-03-09");
  const words = new Uint32Array(14 * 5);
  const put = (row: number, id: number, action: string, size: number, tsNs: bigint) =>
    writeMbo(words, row, {
      publisherId: 1,
      instrumentId: id,
      tsEventLow: Number(tsNs & 0xffff_ffffn),
      tsEventHigh: Number(tsNs >> 32n),
      orderIdLow: 0,
      orderIdHigh: 0,
      priceLow: 0,
      priceHigh: 0,
      size,
      flags: 0,
      channelId: 0,
      action: action.charCodeAt(0),
      side: 66,
      tsRecvLow: 0,
      tsRecvHigh: 0,
      tsInDelta: 0,
      sequence: 0,
    });
  const end = newYorkNs("2026-03-09", "08:30");
  put(0, 1, "T", 3, newYorkNs("2026-03-09", "05:00"));
  put(1, 1, "A", 100, end - 1n);
  put(2, 2, "T", 4, end);
  put(3, 2, "T", 5, newYorkNs("2026-03-09", "05:00") - 1n);
  put(4, 3, "T", 4_294_967_295, end - 1n);
  volumes.take({ words, strideWords: 14, count: 5 });
  deepStrictEqual(volumes.of(1), { contracts: 3, tradedEarly: true });
  deepStrictEqual(volumes.of(2), { contracts: 9, tradedEarly: false });
  deepStrictEqual(volumes.of(3), { contracts: 0, tradedEarly: false });
});
