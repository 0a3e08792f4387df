import { BAND_COLUMNS } from "../physics/mod.ts";
import { type ColumnSource, fieldsOf, from, type RowSource } from "./row_source.ts";
import type { SurfacePass } from "./surface_pass.ts";

const UNITS = 1e9;
/** Root of the future that the options are on. */
const UNDERLYING = "ES";
const ONE = () => 1;

/** Names of the sets of rows that a pass has of every window. */
export type RowSetName = keyof ReturnType<typeof surfaceRows>;

/** Every set of rows of a pass, each with all the columns that a table or a stream may want of it. */
export function surfaceRows(pass: SurfacePass) {
  return {
    snapshot: [snapshot(pass)],
    stats: [stats(pass)],
    flow: [flow(pass)],
    levels: [levels(pass)],
    bands: [bands(pass)],
    radar: [radar(pass)],
    fields: fields(pass),
    optionQuotes: [optionQuotes(pass)],
    strikes: [strikes(pass)],
    netStrikes: [netStrikes(pass)],
    premiums: [premiums(pass, () => pass.premiums.count)],
    gex: [gex(pass)],
    gexFlow: [gexFlow(pass)],
    greeks: [greeks(pass)],
    summary: [summary(pass)],
    exposure: [exposure(pass)],
    profile: [profile(pass)],
    smile: [smile(pass)],
  } as const;
}

const spotOf = ({ windows }: SurfacePass) => from(() => windows.future.row.spotRefInt);
const strikeOf = ({ windows }: SurfacePass) => from(() => windows.future.row.strikeRefInt);
const validOf = ({ windows }: SurfacePass) => from(() => Number(windows.future.row.isWindowValid));
const pointsOf = ({ of }: ColumnSource): ColumnSource => ({ of, over: UNITS });
const swapped = ({ of }: ColumnSource): ColumnSource => ({ of, isSwapped: true });

function snapshot(pass: SurfacePass): RowSource {
  const { row } = pass.windows.future;
  const columns = {
    best_bid_price_int: from(() => row.bestBidInt),
    best_bid_qty: from(() => row.bestBidQty),
    best_ask_price_int: from(() => row.bestAskInt),
    best_ask_qty: from(() => row.bestAskQty),
    mid_price: from(() => row.midPrice),
    mid_price_int: from(() => row.midInt),
    last_trade_price_int: from(() => row.lastTradeInt),
    spot_ref_price_int: spotOf(pass),
    book_valid: from(() => Number(row.isBookValid)),
  };
  return { count: ONE, columns };
}

function stats(pass: SurfacePass): RowSource {
  const { windows } = pass;
  const { counts, trades, row } = windows.future;
  const columns = {
    strike_ref_price_int: strikeOf(pass),
    event_count: from(() => counts.events),
    add_count: from(() => counts.adds),
    cancel_count: from(() => counts.cancels),
    modify_count: from(() => counts.modifies),
    trade_count: from(() => trades.count),
    trade_qty_buy: from(() => trades.qtyBuy),
    trade_qty_sell: from(() => trades.qtySell),
    vwap_price_int: from(() => trades.vwapInt()),
    high_price_int: from(() => trades.highInt),
    low_price_int: from(() => trades.lowInt),
    microprice: from(() => row.microprice),
    late_event_count: from(() => windows.late),
    ghost_count: from(() => counts.ghosts),
    unmatched_fill_count: from(() => counts.unmatchedFills),
    bad_book_count: from(() => counts.badBook),
    rejected_count: from(() => counts.rejected),
    undefined_instrument_count: from(() => windows.undefinedInstruments),
    window_valid: validOf(pass),
    quality: from(() => pass.quality),
  };
  return { count: ONE, columns };
}

function flow(pass: SurfacePass): RowSource {
  const rows = pass.flow;
  const columns = {
    price_int: from(() => rows.priceInt),
    side: from(() => rows.side),
    spot_ref_price_int: spotOf(pass),
    rel_ticks: from(() => rows.relTicks),
    rel_ticks_side: from(() => rows.relTicksSide),
    depth_qty_start: from(() => rows.start),
    depth_qty_end: from(() => rows.end),
    add_qty: from(() => rows.add),
    pull_qty_total: from(() => rows.pull),
    depth_qty_rest: from(() => rows.rest),
    pull_qty_rest: from(() => rows.pullRest),
    fill_qty: from(() => rows.fill),
    window_valid: validOf(pass),
    add_intensity: from(() => rows.addIntensity),
    fill_intensity: from(() => rows.fillIntensity),
    pull_intensity: from(() => rows.pullIntensity),
    liquidity_velocity: from(() => rows.velocity),
  };
  return { count: () => rows.count, columns };
}

function levels(pass: SurfacePass): RowSource {
  const { rows } = pass.levels;
  const columns = {
    ...fieldsOf(() => rows),
    price_int: { of: () => rows.tick, over: 1 / pass.tickNano },
    side: from(() => rows.isAsk),
    spot_ref_price_int: spotOf(pass),
    window_valid: validOf(pass),
  };
  return { count: () => rows.count, columns };
}

function bands(pass: SurfacePass): RowSource {
  const { bands: { row }, windows: { future } } = pass;
  const columns = {
    spot_ref_price_int: spotOf(pass),
    mid_price: from(() => future.row.midPrice),
    mid_price_int: from(() => future.row.midInt),
    ...Object.fromEntries(BAND_COLUMNS.map((name, i) => [name, from(() => row[i] ?? 0)])),
  };
  return { count: ONE, columns };
}

function radar(pass: SurfacePass): RowSource {
  const { rows } = pass.radar;
  const columns = { ...fieldsOf(() => rows), spot_ref_price_int: spotOf(pass) };
  return { count: () => rows.count, columns };
}

function fields(pass: SurfacePass): readonly RowSource[] {
  const cells = pass.fields.bids.rho.length;
  const relTicks = Int32Array.from({ length: cells }, (_, cell) => cell - (cells - 1) / 2);
  return [0, 1].map((side) => ({
    count: () => pass.fields.count,
    columns: {
      ...fieldsOf(() => side === 0 ? pass.fields.bids : pass.fields.asks),
      spot_ref_price_int: spotOf(pass),
      rel_ticks: from(() => relTicks),
      side: from(() => side),
    },
  }));
}

function optionQuotes(pass: SurfacePass): RowSource {
  const read = () => pass.optionQuotes;
  const columns = {
    ...fieldsOf(read),
    right: swapped(from(() => read().isCall)),
    spot_ref_price_int: strikeOf(pass),
  };
  return { count: () => read().count, columns };
}

function strikes(pass: SurfacePass): RowSource {
  const { strikes: rows, windows } = pass;
  const strike = from(() => rows.strikeInt);
  const columns = {
    strike_price_int: strike,
    strike_points: pointsOf(strike),
    right: swapped(from(() => rows.isCall)),
    // Asks come first, so they are code 0 here.
    side: swapped(from(() => rows.side)),
    spot_ref_price_int: strikeOf(pass),
    rel_ticks: from(() => rows.relTicks),
    depth_qty_start: from(() => rows.start),
    depth_qty_end: from(() => rows.end),
    add_qty: from(() => rows.add),
    pull_qty_total: from(() => rows.pull),
    pull_qty_rest: from(() => rows.pullRest),
    fill_qty: from(() => rows.fill),
    window_valid: from(() => Number(windows.isStrikeFlowValid)),
    add_intensity: from(() => rows.addIntensity),
    fill_intensity: from(() => rows.fillIntensity),
    pull_intensity: from(() => rows.pullIntensity),
    liquidity_velocity: from(() => rows.velocity),
  };
  return { count: () => pass.hasOptions ? rows.count : 0, columns };
}

function netStrikes(pass: SurfacePass): RowSource {
  const rows = pass.strikes;
  const columns = {
    spot_ref_price_int: strikeOf(pass),
    strike_price_int: from(() => rows.netStrikeInt),
    rel_ticks: from(() => rows.netRelTicks),
    liquidity_velocity: from(() => rows.netVelocity),
  };
  return { count: () => pass.hasOptions ? rows.netCount : 0, columns };
}

function premiums({ premiums: rows }: SurfacePass, count: () => number): RowSource {
  const columns = {
    instrument_id: from(() => rows.instrumentId),
    side: from(() => rows.side),
    price_int: from(() => rows.priceInt),
    depth_total: from(() => rows.depth),
    add_qty: from(() => rows.add),
    pull_qty: from(() => rows.pull),
    pull_rest_qty: from(() => rows.pullRest),
    fill_qty: from(() => rows.fill),
  };
  return { count, columns };
}

function gex(pass: SurfacePass): RowSource {
  const { surface } = pass.gamma; // kept through all windows
  const { absDifferences, gexDifferences, ratioDifferences } = surface;
  const strike = from(() => surface.strikeInt);
  const columns: Record<string, ColumnSource> = {
    ...fieldsOf(() => surface),
    underlying: from(() => UNDERLYING),
    strike_price_int: strike,
    strike_points: pointsOf(strike),
    underlying_spot_ref: pointsOf(spotOf(pass)),
    spot_ref_price_int: strikeOf(pass),
  };
  const differences = {
    gex_abs: absDifferences,
    gex: gexDifferences,
    gex_imbalance_ratio: ratioDifferences,
  };
  for (const [name, of] of Object.entries(differences)) {
    columns[`d1_${name}`] = from(() => of.d1);
    columns[`d2_${name}`] = from(() => of.d2);
    columns[`d3_${name}`] = from(() => of.d3);
  }
  return { count: () => surface.count, columns };
}

function gexFlow(pass: SurfacePass): RowSource {
  const rows = pass.gexFlow;
  const columns = {
    ...fieldsOf(() => rows),
    underlying: from(() => UNDERLYING),
    strike_price_int: from(() => rows.strikeInt),
    strike_points: pointsOf(from(() => rows.strikeInt)),
    add_qty_sum: from(() => rows.addQty),
    pull_qty_sum: from(() => rows.pullQty),
    fill_qty_sum: from(() => rows.fillQty),
    pull_rest_qty_sum: from(() => rows.pullRestQty),
    depth_total_sum: from(() => rows.depthTotal),
    spot_ref_price_int: strikeOf(pass),
  };
  return { count: () => pass.hasOptions ? rows.count : 0, columns };
}

function greeks(pass: SurfacePass): RowSource {
  const read = () => pass.gamma.greeks;
  const columns = {
    ...fieldsOf(read),
    strike_price_int: from(() => read().strikeInt),
    right: swapped(from(() => read().isCall)),
    mid_price_int: from(() => read().midInt),
    t_years: from(() => read().years),
  };
  return { count: () => read().count, columns };
}

function summary(pass: SurfacePass): RowSource {
  const { summary: row } = pass.gamma; // kept through all windows
  const columns = {
    gex_total: from(() => row.gexTotal),
    gex_call_total: from(() => row.gexCallTotal),
    gex_put_total: from(() => row.gexPutTotal),
    gex_usd_1pct: from(() => row.gexUsd1Pct),
    zero_gamma_price_int: from(() => row.zeroGammaPriceInt),
    zero_gamma_low_int: from(() => row.zeroGammaLowInt),
    zero_gamma_high_int: from(() => row.zeroGammaHighInt),
    call_wall_strike_int: from(() => row.callWallStrikeInt),
    put_wall_strike_int: from(() => row.putWallStrikeInt),
    max_abs_strike_int: from(() => row.maxAbsStrikeInt),
    gex_tilt: from(() => row.gexTilt),
    atm_iv: from(() => row.atmIv),
    skew_25d: from(() => row.skew25d),
  };
  return { count: () => row.count, columns };
}

function exposure(pass: SurfacePass): RowSource {
  const read = () => pass.gamma.exposure;
  const columns = {
    ...fieldsOf(read),
    spot_ref_price_int: strikeOf(pass),
    strike_price_int: from(() => read().strikeInt),
    rel_ticks: ticksFromStrike(pass, () => read().strikeInt),
    gamma_exposure: from(() => read().gamma),
    delta_exposure: from(() => read().delta),
    vanna_exposure: from(() => read().vanna),
    charm_exposure: from(() => read().charmDay),
  };
  return { count: () => read().count, columns };
}

/** Prices as ticks of the future from the window's middle strike. */
function ticksFromStrike(pass: SurfacePass, read: () => Float64Array): ColumnSource {
  let ticks = new Int32Array();
  return from(() => {
    const prices = read();
    if (ticks.length !== prices.length) ticks = new Int32Array(prices.length);
    const { strikeRefInt } = pass.windows.future.row;
    for (let i = 0; i < prices.length; i++) {
      ticks[i] = Math.round((prices[i]! - strikeRefInt) / pass.tickNano);
    }
    return ticks;
  });
}

function profile(pass: SurfacePass): RowSource {
  const read = () => pass.gamma.profile;
  const columns = {
    spot_ref_price_int: strikeOf(pass),
    price_int: from(() => read().priceInt),
    rel_ticks: ticksFromStrike(pass, () => read().priceInt),
    gex_total: from(() => read().gex),
  };
  return { count: () => read().count, columns };
}

function smile(pass: SurfacePass): RowSource {
  const read = () => pass.gamma.smile;
  const columns = {
    strike_price_int: from(() => read().strikeInt),
    iv: from(() => read().iv),
    iv_source: from(() => read().ivSource),
    stale_s: from(() => read().staleS),
    call_open_interest: from(() => read().callOpenInterest),
    put_open_interest: from(() => read().putOpenInterest),
    t_years: from(() => pass.gamma.years),
    future_price_int: from(() => pass.gamma.window.futureInt),
  };
  return { count: () => read().count, columns };
}
