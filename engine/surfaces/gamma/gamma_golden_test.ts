import { equal, ok } from "node:assert/strict";
import { GammaProfile } from "../profile/mod.ts";
import { Gamma, type GammaColumns, IV_SOURCES } from "./mod.ts";
import { goldenSessions, type GoldenWindow, type Row } from "./testing/sessions.ts";

const SESSIONS = goldenSessions();

/** Largest value that is ever in a column of the session at hand. */
let largest: ReadonlyMap<string, number>;

function largestOf(windows: readonly GoldenWindow[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const row of windows.flatMap(({ greeks, gex }) => [...greeks, ...gex])) {
    for (const [name, cell] of Object.entries(row)) {
      found.set(name, Math.max(found.get(name) ?? 0, Math.abs(Number(cell))));
    }
  }
  return found;
}

/** Runs every window of every session through a new {@link Gamma}. */
function eachWindow(check: (columns: GammaColumns, want: GoldenWindow, where: string) => void) {
  for (const { name, chain, windows } of SESSIONS) {
    const gamma = new Gamma(chain);
    largest = largestOf(windows);
    for (const want of windows) {
      const columns = gamma.close(chain, want.quotes, want.window, want.signedVolume);
      check(columns, want, `${name} at ${want.endOffsetNs}`);
    }
  }
}

/** Compares a column with that of the golden rows, to a share of the largest value that is ever in it. */
function near(
  is: ArrayLike<number>,
  rows: readonly Row[],
  name: string,
  where: string,
  share = 1e-6,
) {
  const tolerance = share * (largest.get(name) ?? NaN);
  rows.forEach((row, i) => {
    const miss = Math.abs(is[i]! - Number(row[name]));
    ok(miss <= tolerance, `${where}, ${name} of row ${i}: ${is[i]}, not ${row[name]}`);
  });
}

function same(is: ArrayLike<number>, rows: readonly Row[], name: string, where: string) {
  rows.forEach((row, i) => equal(is[i], Number(row[name]), `${where}, ${name} of row ${i}`));
}

Deno.test("Gamma.close() finds the volatilities of the golden sessions, and where they are from", () => {
  const seen = new Set<string>();
  eachWindow(({ smile }, { iv }, where) => {
    equal(smile.count, iv.length, where);
    same(smile.strikeInt, iv, "strike_price_int", where);
    same(smile.staleS, iv, "stale_s", where);
    iv.forEach((row, i) => {
      equal(IV_SOURCES[smile.ivSource[i]!], row.iv_source, `${where}, row ${i}`);
      ok(Math.abs(smile.iv[i]! - Number(row.iv)) <= 1e-7, `${where}, row ${i}: ${smile.iv[i]}`);
      seen.add(String(row.iv_source));
    });
  });
  equal(seen.size, 3);
});

Deno.test("Gamma.close() values every option as the golden sessions do", () => {
  eachWindow(({ greeks }, { greeks: rows }, where) => {
    equal(greeks.count, rows.length, where);
    same(greeks.instrumentId, rows, "instrument_id", where);
    same(greeks.openInterest, rows, "open_interest", where);
    near(greeks.years, rows, "t_years", where, 1e-12);
    near(greeks.delta, rows, "delta", where);
    near(greeks.gamma, rows, "gamma", where);
    near(greeks.vega, rows, "vega", where);
    near(greeks.thetaDay, rows, "theta_day", where);
    near(greeks.vanna, rows, "vanna", where);
    near(greeks.charmDay, rows, "charm_day", where);
  });
});

Deno.test("Gamma.close() writes the 25 strikes of the golden sessions, with their differences", () => {
  eachWindow(({ surface }, { gex }, where) => {
    equal(surface.count, gex.length, where);
    same(surface.strikeInt, gex, "strike_price_int", where);
    same(surface.relTicks, gex, "rel_ticks", where);
    near(surface.gexCallAbs, gex, "gex_call_abs", where);
    near(surface.gexPutAbs, gex, "gex_put_abs", where);
    near(surface.gexAbs, gex, "gex_abs", where);
    near(surface.gex, gex, "gex", where);
    near(surface.gexImbalanceRatio, gex, "gex_imbalance_ratio", where);
    for (const order of ["d1", "d2", "d3"] as const) {
      const { absDifferences, gexDifferences, ratioDifferences } = surface;
      near(absDifferences[order], gex, `${order}_gex_abs`, where);
      near(gexDifferences[order], gex, `${order}_gex`, where);
      near(ratioDifferences[order], gex, `${order}_gex_imbalance_ratio`, where);
    }
  });
});

Deno.test("Gamma.close() sums a window up as the golden sessions do", () => {
  eachWindow(({ summary, smile, window, years }, { summary: want }, where) => {
    equal(summary.count, want === null ? 0 : 1, where);
    if (want === null) return;
    const compare = (is: number, name: string, tolerance: number) => {
      const wanted = want[name];
      if (wanted === null) ok(Number.isNaN(is), `${where}, ${name}: ${is}, not null`);
      else ok(Math.abs(is - wanted!) <= tolerance, `${where}, ${name}: ${is}, not ${wanted}`);
    };
    const largest = Math.max(want.gex_call_total!, want.gex_put_total!);
    compare(summary.gexTotal, "gex_total", 1e-6 * largest);
    compare(summary.gexCallTotal, "gex_call_total", 1e-6 * largest);
    compare(summary.gexPutTotal, "gex_put_total", 1e-6 * largest);
    compare(summary.gexUsd1Pct, "gex_usd_1pct", 1e-6 * Math.abs(want.gex_usd_1pct!));
    compare(summary.zeroGammaPriceInt / 1e9, "zero_gamma_price", 1e-4);
    compare(summary.callWallStrikeInt, "call_wall_strike_int", 0);
    compare(summary.putWallStrikeInt, "put_wall_strike_int", 0);
    compare(summary.maxAbsStrikeInt, "max_abs_strike_int", 0);
    compare(summary.gexTilt, "gex_tilt", 1e-6);
    compare(summary.atmIv, "atm_iv", 1e-7);
    compare(summary.skew25d, "skew_25d", 1e-6);
    ok(!(summary.zeroGammaLowInt > summary.zeroGammaPriceInt), where);
    ok(!(summary.zeroGammaHighInt < summary.zeroGammaPriceInt), where);
    if (years === 0) return;
    const profile = new GammaProfile(smile.count);
    const position = smile.callOpenInterest.map((calls, i) => calls - smile.putOpenInterest[i]!);
    profile.take(smile.strikeInt.map((strike) => strike / 1e9), smile.iv, position, years);
    const most = Math.max(...want.profile.map(Math.abs));
    want.profile.forEach((gex, i) => {
      const is = profile.at(window.futureInt / 1e9 - 60 + 10 * i);
      ok(Math.abs(is - gex) <= 1e-6 * most, `${where}, profile ${i}: ${is}, not ${gex}`);
    });
  });
});
