import type { DefinitionRow, StatisticsRow } from "../../../engine/dbn/mod.ts";
import {
  chooseContracts,
  type DateVolumes,
  Definitions,
  OpenInterest,
} from "../../../engine/surfaces/reference/mod.ts";
import type { Suite } from "./suite.ts";
import type { Tally } from "./tally.ts";

const NO_TIME = 2n ** 64n - 1n;
const NO_PRICE = 2n ** 63n - 1n;

/** Definitions, statistics and volumes of some days, and what they come to. */
export interface ReferenceCase {
  readonly date: string;
  readonly definitions: readonly {
    readonly ts_event: string;
    readonly instrument_id: number;
    readonly instrument_class: string;
    readonly security_update_action: string;
    readonly underlying: string;
    readonly strike_price: string;
    readonly expiration: string;
    readonly raw_symbol: string;
  }[];
  readonly map: readonly (readonly unknown[])[];
  readonly statistics: readonly {
    readonly instrument_id: number;
    readonly stat_type: number;
    readonly ts_ref: string;
    readonly ts_recv: string;
    readonly quantity: string;
  }[];
  readonly open_interest: readonly (readonly [number, number])[];
  readonly sessions: readonly string[];
  readonly volumes: Readonly<Record<string, Readonly<Record<string, [number, boolean]>>>>;
  readonly expiries: Readonly<Record<string, string>>;
  readonly selection: readonly (readonly unknown[])[];
}

/** The day's options, their open interest, and which contract stands for its root. */
export const REFERENCE: Suite = {
  name: "definitions, open interest, contracts",
  isOf: ({ cases }) => Array.isArray(cases) && "definitions" in (cases[0] ?? {}),
  check: (document, tally) => {
    for (const each of document["cases"] as readonly ReferenceCase[]) {
      checkOptions(tally, each);
      checkOpenInterest(tally, each);
      checkChoices(tally, each);
    }
  },
};

function checkAll(
  tally: Tally,
  actual: readonly (readonly unknown[])[],
  expected: readonly (readonly unknown[])[],
  where: string,
): void {
  tally.same(actual.length, expected.length, `${where}, rows`);
  expected.forEach((row, r) =>
    row.forEach((value, c) => tally.same(actual[r]?.[c], value, `${where}, row ${r}, ${c}`))
  );
}

function checkOptions(tally: Tally, { date, definitions, map }: ReferenceCase): void {
  const options = definitionsOf(definitions.map(definitionOf)).options(date);
  const rows = options.map((of) => [
    of.instrumentId,
    of.isCall ? "C" : "P",
    String(of.strikeInt),
    String(of.expirationNs),
    of.underlying,
    of.symbol,
  ]);
  checkAll(tally, rows, map, `options of ${date}`);
}

function checkOpenInterest(
  tally: Tally,
  { date, map, statistics, open_interest }: ReferenceCase,
): void {
  const openInterest = openInterestOf(statistics.map(statisticsOf));
  const known = map.flatMap(([id]) => {
    const contracts = openInterest.of(Number(id));
    return contracts === null ? [] : [[id, contracts]];
  });
  checkAll(tally, known, open_interest, `open interest of ${date}`);
}

function checkChoices(
  tally: Tally,
  { date, sessions, volumes, expiries, selection }: ReferenceCase,
): void {
  const traded = new Map<string, DateVolumes>(
    Object.entries(volumes).map(([day, bySymbol]) => [
      day,
      new Map(
        Object.entries(bySymbol).map(([symbol, [contracts, tradedEarly]]) => [
          symbol,
          { contracts, tradedEarly },
        ]),
      ),
    ]),
  );
  const choices = chooseContracts(sessions, traded, new Map(Object.entries(expiries)));
  const rows = choices.map((of) => [
    of.sessionDate,
    of.symbol,
    of.expirationDate,
    of.previousDate,
    of.volume,
    of.secondVolume,
    Number(of.isRoll),
  ]);
  checkAll(tally, rows, selection, `contracts of ${date}`);
}

function timeOf(text: string): bigint | null {
  return BigInt(text) === NO_TIME ? null : BigInt(text);
}

function exactOf(text: string): number | null {
  return BigInt(text) === NO_PRICE ? null : Number(text);
}

/** A golden definition as a row of the file format. */
export function definitionOf(given: ReferenceCase["definitions"][number]): DefinitionRow {
  return {
    publisherId: 1,
    instrumentId: given.instrument_id,
    tsEventNs: BigInt(given.ts_event),
    tsRecvNs: null,
    instrumentClass: given.instrument_class,
    securityUpdateAction: given.security_update_action,
    securityType: "OOF",
    rawSymbol: given.raw_symbol,
    underlyingId: 4916,
    underlying: given.underlying,
    strikePriceInt: exactOf(given.strike_price),
    expirationNs: timeOf(given.expiration),
    activationNs: null,
    minPriceIncrementInt: null,
    unitOfMeasure: "",
    unitOfMeasureQtyInt: null,
    currency: "USD",
    exchange: "XCME",
    asset: "",
    group: "",
  };
}

/** A golden statistic as a row of the file format. */
export function statisticsOf(given: ReferenceCase["statistics"][number]): StatisticsRow {
  return {
    publisherId: 1,
    instrumentId: given.instrument_id,
    tsEventNs: 0n,
    tsRecvNs: timeOf(given.ts_recv),
    tsRefNs: timeOf(given.ts_ref),
    priceInt: null,
    quantity: exactOf(given.quantity),
    sequence: 0,
    tsInDeltaNs: 0,
    statType: given.stat_type,
    channelId: 0,
    updateAction: 1,
    statFlags: 0,
  };
}

/** Definitions that took these rows. */
export function definitionsOf(rows: readonly DefinitionRow[]): Definitions {
  const definitions = new Definitions();
  rows.forEach((row) => definitions.take(row));
  return definitions;
}

/** Open interest that took these rows. */
export function openInterestOf(rows: readonly StatisticsRow[]): OpenInterest {
  const openInterest = new OpenInterest();
  rows.forEach((row) => openInterest.take(row));
  return openInterest;
}
