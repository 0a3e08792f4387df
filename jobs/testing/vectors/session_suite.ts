import { TABLES } from "../../../engine/frames/surfaces/mod.ts";
import { GammaProfile, PRICE_UNITS } from "../../../engine/surfaces/profile/mod.ts";
import { type GoldenDocument, hasColumns } from "./golden_file.ts";
import type { Suite } from "./suite.ts";
import { chainOf, type VectorSession } from "./surface_events.ts";
import {
  type BoundOf,
  checkRows,
  columnSize,
  eachWindow,
  type JoinedRows,
  ownSize,
  type WindowTables,
} from "./surface_tables.ts";
import type { Cell, Tally } from "./tally.ts";

type Row = readonly Cell[];
type TableKey = "option_book" | "net_velocity" | "iv" | "greeks" | "gex" | "gex_flow" | "radar";

interface Window extends Readonly<Record<TableKey | "velocity", readonly Row[]>> {
  readonly end_offset_ns: number;
  readonly spot_ref_price_int: number;
  readonly strike_ref_price_int: number;
  readonly undefined_instrument_count: number;
  readonly future_valid: boolean;
  /** Points. */
  readonly F: number;
  readonly summary:
    | (Readonly<Record<string, number | null>> & { readonly profile: readonly number[] })
    | null;
}

interface Sessions {
  readonly columns: Readonly<Record<TableKey | "velocity", readonly string[]>>;
  readonly sessions: readonly VectorSession<Window>[];
}

/** Tables and streams that hold the columns of a golden table. */
const HELD_BY: Readonly<Record<TableKey, readonly string[]>> = {
  option_book: [TABLES.OPTION_SNAPSHOT.name],
  net_velocity: [TABLES.NET_VELOCITY.name],
  iv: [TABLES.SMILE.name],
  greeks: [TABLES.GREEKS.name],
  gex: [TABLES.GEX_SURFACE.name],
  // One column is of the stream alone.
  gex_flow: [TABLES.GEX_FLOW.name, "gex_flow"],
  radar: [TABLES.BUCKET_RADAR.name],
};

/** Greeks and gamma hang on volatilities, which are solved: shares of the largest value of a column. */
const GAMMA_SHARE = 1e-6;
const IV_BOUND = 1e-7;
const ZERO_GAMMA_POINTS = 1e-4;
/** The profile is told from so many points below the future, in steps of ten. */
const PROFILE_REACH_POINTS = 60;

/** Volatilities by strike; ages are whole. */
const ivBound: BoundOf = () => IV_BOUND;

/** Books, volatilities, greeks, gamma and flow of a future and its options. */
export const SESSIONS: Suite = {
  name: "future and options",
  isOf: (document) => hasColumns(document, "gex"),
  check: (document: GoldenDocument, tally: Tally) => {
    const { columns, sessions } = document as unknown as Sessions;
    for (const session of sessions) {
      const bounds = boundsOf(columns, session.windows);
      eachWindow(tally, session, chainOf(session), (tables, golden, where) => {
        checkReferences(tally, tables, golden, where);
        for (const key of Object.keys(HELD_BY) as TableKey[]) {
          checkRows(tally, tables.rows(...HELD_BY[key]), {
            names: columns[key],
            expected: golden[key],
            bound: bounds[key],
            where: `${where}, ${key}`,
          });
        }
        checkVelocity(tally, tables, columns.velocity, golden.velocity, where);
        checkSummary(tally, tables, golden, where);
      });
    }
  },
};

function boundsOf(
  columns: Sessions["columns"],
  windows: readonly Window[],
): Readonly<Record<TableKey, BoundOf>> {
  const ofLargest = (key: TableKey) =>
    columnSize(GAMMA_SHARE, columns[key], windows.flatMap((window) => window[key]));
  const greeks = ofLargest("greeks");
  return {
    option_book: ownSize(1e-12),
    net_velocity: ownSize(1e-12),
    gex_flow: ownSize(1e-12),
    iv: ivBound,
    greeks: (name, expected) => name === "t_years" ? 1e-12 * expected : greeks(name, expected),
    gex: ofLargest("gex"),
    radar: ofLargest("radar"),
  };
}

function checkReferences(
  tally: Tally,
  { pass }: WindowTables,
  golden: Window,
  where: string,
): void {
  const { future, undefinedInstruments } = pass.windows;
  const { spotRefInt, strikeRefInt, midPrice } = future.row;
  tally.same(spotRefInt, golden.spot_ref_price_int, `${where}, spot`);
  tally.same(strikeRefInt, golden.strike_ref_price_int, `${where}, strike`);
  const isUnknown = golden.undefined_instrument_count;
  tally.same(undefinedInstruments, isUnknown, `${where}, records without definition`);
  const futureInt = Math.round(golden.F * PRICE_UNITS);
  tally.same(pass.gamma.window.futureInt, futureInt, `${where}, price of the future`);
  if (golden.future_valid) tally.same(midPrice, golden.F, `${where}, mid of the future`);
}

/** Golden rows of the velocity leave out cells in which nothing was. */
function checkVelocity(
  tally: Tally,
  tables: WindowTables,
  names: readonly string[],
  expected: readonly Row[],
  where: string,
): void {
  const rows = tables.rows(TABLES.OPTION_DEPTH_FLOW.name, TABLES.OPTION_VELOCITY.name);
  const picked = notEmpty(rows, names.slice(names.indexOf("rel_ticks") + 1));
  const of = { names, expected, bound: ownSize(1e-12), picked };
  checkRows(tally, rows, { ...of, where: `${where}, velocity` });
  const strikes = tables.pass.windows.future.row.spotRefInt > 0 ? 84 : 0;
  tally.same(rows.count, strikes, `${where}, rows of velocity`);
}

function notEmpty(rows: JoinedRows, names: readonly string[]): readonly number[] {
  const columns = names.map((name) => rows.column(name));
  return Array.from({ length: rows.count }, (_, row) => row)
    .filter((row) => columns.some(({ at }) => at(row) !== 0));
}

function checkSummary(
  tally: Tally,
  tables: WindowTables,
  { summary, F }: Window,
  where: string,
): void {
  const rows = tables.rows(TABLES.GEX_SUMMARY.name);
  tally.same(rows.count, summary === null ? 0 : 1, `${where}, summaries`);
  if (summary === null) return;
  const { profile, zero_gamma_price: zero, ...values } = summary;
  const largest = Math.max(Number(values["gex_call_total"]), Number(values["gex_put_total"]));
  for (const [name, wanted] of Object.entries(values)) {
    const bound = summaryBound(name, Number(wanted), largest);
    tally.near(rows.column(name).at(0), wanted as Cell, bound, `${where}, ${name}`);
  }
  const priceInt = rows.column("zero_gamma_price_int").at(0);
  const points = priceInt === null ? null : Number(priceInt) / PRICE_UNITS;
  tally.near(points, zero ?? null, ZERO_GAMMA_POINTS, `${where}, zero gamma`);
  checkRange(tally, tables, where);
  checkProfile(tally, tables, profile, F, where);
}

function summaryBound(name: string, wanted: number, largest: number): number {
  if (name.endsWith("_int")) return 0;
  if (name === "atm_iv") return IV_BOUND;
  if (name === "gex_usd_1pct") return GAMMA_SHARE * Math.abs(wanted);
  return name.endsWith("_total") ? GAMMA_SHARE * largest : GAMMA_SHARE;
}

/** Nothing golden stands for the range, but it holds what it is the range of. */
function checkRange(tally: Tally, tables: WindowTables, where: string): void {
  const { zeroGammaLowInt, zeroGammaPriceInt, zeroGammaHighInt } = tables.pass.gamma.summary;
  const isOutside = zeroGammaLowInt > zeroGammaPriceInt || zeroGammaHighInt < zeroGammaPriceInt;
  tally.same(isOutside, false, `${where}, zero gamma outside its range`);
}

function checkProfile(
  tally: Tally,
  { pass: { gamma: { smile, years } } }: WindowTables,
  wanted: readonly number[],
  futurePoints: number,
  where: string,
): void {
  if (years === 0) return;
  const profile = new GammaProfile(smile.count);
  const position = smile.callOpenInterest.map((calls, i) => calls - smile.putOpenInterest[i]!);
  const strikes = smile.strikeInt.map((strike) => strike / PRICE_UNITS);
  profile.take(strikes, smile.iv, position, years);
  const bound = GAMMA_SHARE * Math.max(...wanted.map(Math.abs));
  wanted.forEach((gex, i) => {
    const is = profile.at(futurePoints - PROFILE_REACH_POINTS + 10 * i);
    tally.near(is, gex, bound, `${where}, profile ${i}`);
  });
}
