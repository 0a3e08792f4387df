import { deepStrictEqual, ok } from "node:assert/strict";
import { symbolIndex, UNIVERSE } from "../../regime/mod.ts";
import { CoupledPath } from "./coupled_path.ts";
import { PathTerms } from "./path_terms.ts";
import { builtSchedules } from "./testing/sessions.ts";

const NAMES = ["SPY", "QQQ", "IWM", "DIA", "AAPL", "NVDA", "TSLA", "JPM", "XOM", "KO"];
const FUNDS = [0, 1, 2, 3];
const SHARES = [4, 5, 6, 7, 8, 9];
const SYMBOLS = NAMES.map(symbolIndex);

/** Log returns over `seconds` of the symbols, sessions in a row. */
type Returns = readonly (readonly number[])[];

function correlation(x: readonly number[] = [], y: readonly number[] = []): number {
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((a, i) => {
    const b = y[i] ?? 0;
    xy += a * b;
    xx += a * a;
    yy += b * b;
  });
  return xy / Math.sqrt(xx * yy);
}

function pairs(of: readonly number[], returns: Returns): number[] {
  return of.flatMap((a, i) => of.slice(i + 1).map((b) => correlation(returns[a], returns[b])));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[] = []): number {
  return mean(values.map((value) => value * value));
}

function within(name: string, value: number, low: number, high: number): void {
  ok(value >= low && value <= high, `${name} is ${value}, not ${low} … ${high}`);
}

/** Prices of five sessions as returns over one second and over sixty. */
function measured(): { readonly ones: Returns; readonly sixties: Returns } {
  const ones = NAMES.map((): number[] => []);
  const sixties = NAMES.map((): number[] => []);
  for (const schedule of builtSchedules(5)) {
    const path = new CoupledPath(schedule);
    const { openTs, closeTs } = schedule.session;
    const last = SYMBOLS.map((symbol) => path.mid(symbol, openTs));
    const lastMinute = [...last];
    for (let second = 1; second < (closeTs - openTs) / 1_000; second++) {
      SYMBOLS.forEach((symbol, i) => {
        const price = path.mid(symbol, openTs + second * 1_000);
        ones[i]?.push(Math.log(price / (last[i] ?? 1)));
        last[i] = price;
        if (second % 60 !== 0) return;
        sixties[i]?.push(Math.log(price / (lastMinute[i] ?? 1)));
        lastMinute[i] = price;
      });
    }
  }
  return { ones, sixties };
}

Deno.test("prices of funds are twins, shares follow the market the more the longer one looks", () => {
  const { ones, sixties } = measured();
  within("funds at 1 s", Math.min(...pairs(FUNDS, ones)), 0.85, 1);
  within("funds at 60 s", Math.min(...pairs(FUNDS, sixties)), 0.92, 1);
  const withSpy = SHARES.map((share) => correlation(sixties[0], sixties[share]));
  within("SPY and shares at 60 s", mean(withSpy), 0.45, 0.85);
  const [short, long] = [mean(pairs(SHARES, ones)), mean(pairs(SHARES, sixties))];
  within("shares at 1 s", short, 0.1, 0.4);
  within("shares at 60 s", long, short + 0.01, 0.6);
  const follow = ones.map((x) => correlation(x.slice(1), x.slice(0, -1)));
  within("autocorrelation at 1 s", mean(follow), -0.05, 0.05);
  within("the same, SPY", follow[0] ?? NaN, -0.05, 0.05);
  const ratios = ones.map((x, i) => variance(sixties[i]) / variance(x) / 60);
  within("variance ratio", mean(ratios), 0.8, 1.2);
  const same = ones.map((x) => mean(x.slice(1).map((r, k) => r * (x[k] ?? 0) > 0 ? 1 : 0)));
  within("next second of the same sign", mean(same), 0.48, 0.52);
});

Deno.test("CoupledPath.mid() strays inside a second too, and arrives at the next", () => {
  const [schedule] = builtSchedules(1);
  ok(schedule !== undefined);
  const path = new CoupledPath(schedule);
  const { openTs } = schedule.session;
  const quarters: number[] = [];
  for (let ms = 3_600_000; ms < 7_200_000; ms += 250) {
    quarters.push(Math.log(path.mid(0, openTs + ms + 250) / path.mid(0, openTs + ms)));
  }
  const turns = correlation(quarters.slice(1), quarters.slice(0, -1));
  within("autocorrelation at 250 ms", turns, -0.06, 0.06);
  const end = path.mid(0, openTs + 3_661_000);
  within("a millisecond before", path.mid(0, openTs + 3_660_999) / end - 1, -2e-6, 2e-6);
});

Deno.test("a fund's flow moves every fund by its loading and shares in part, a share's its own price", () => {
  const terms = new PathTerms(23_400);
  terms.addImpulse(symbolIndex("QQQ"), 100, 12, 8, 77);
  const at = (name: string, second: number) => terms.at(symbolIndex(name), second);
  within("QQQ where it peaks", at("QQQ", 98), 12 - 1e-9, 12 + 1e-9);
  within("SPY over QQQ", at("SPY", 80) / at("QQQ", 80), 0.7, 0.8);
  within("JPM over SPY", at("JPM", 80) / at("SPY", 80), 0.5, 0.7);
  const before = UNIVERSE.map((_, symbol) => terms.at(symbol, 90));
  terms.addImpulse(symbolIndex("JPM"), 100, 5, 8, 78);
  within("JPM's own", at("JPM", 98) - 0.6 * 12 / 1.296, 4.9, 5.1);
  before.forEach((value, symbol) => {
    if (symbol !== symbolIndex("JPM")) deepStrictEqual(terms.at(symbol, 90), value);
  });
});

Deno.test("a ramp is a walk, not a line, and the same one for the same parent", () => {
  const ramp = (draws: number) => {
    const terms = new PathTerms(23_400);
    terms.addImpulse(0, 100, 10, 8, draws);
    return Array.from({ length: 44 }, (_, k) => terms.at(0, 55 + k));
  };
  deepStrictEqual(ramp(5), ramp(5));
  const steps = ramp(5).slice(1).map((value, k) => value - (ramp(5)[k] ?? 0));
  ok(steps.filter((step) => step < 0).length > 8, "some seconds go back");
  ok(ramp(6).some((value, k) => value !== ramp(5)[k]));
});

Deno.test("nothing is left of flow at the close, so that the next session goes on from it", () => {
  for (const schedule of builtSchedules(2)) {
    const closeS = schedule.session.minutes * 60;
    UNIVERSE.forEach((_, symbol) => {
      within("at the close", schedule.terms.at(symbol, closeS), 0, 0);
      const last = Math.abs(schedule.terms.at(symbol, closeS - 1));
      ok(last < schedule.market.sigma1mBps(symbol, schedule.session.closeTs - 1_000));
    });
  }
});
