import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import {
  contractId,
  dteDays,
  expiriesOf,
  greeks,
  impliedVolatility,
  nearestStrike,
  newYorkCloseMs,
  optionPrice,
  parseContractId,
  RATE,
  yearsToExpiry,
} from "./mod.ts";
import { dateOfDays, daysOfDate, isTradingDay } from "../regime/mod.ts";

const onDate = (ymd: number): boolean => isTradingDay(daysOfDate(ymd));

Deno.test("16:00 in New York follows daylight saving time", () => {
  equal(newYorkCloseMs(20260306), Date.UTC(2026, 2, 6, 21));
  equal(newYorkCloseMs(20260309), Date.UTC(2026, 2, 9, 20));
  equal(newYorkCloseMs(20261030), Date.UTC(2026, 9, 30, 20));
  equal(newYorkCloseMs(20261102), Date.UTC(2026, 10, 2, 21));
});

Deno.test("contract ids round-trip, and the 21-character form is read", () => {
  const terms = { root: "AAPL", expiry: 20260116, strike: 227.5, right: "C" } as const;
  const id = contractId(terms.root, terms.expiry, terms.strike, terms.right);
  equal(id, "AAPL-2026-01-16-227.5-C");
  equal(contractId("SPY", 20260115, 590, "P"), "SPY-2026-01-15-590-P");
  deepEqual(parseContractId(id), terms);
  deepEqual(parseContractId("AAPL  260116C00227500"), terms);
});

Deno.test("what is no contract id parses to null", () => {
  for (
    const text of [
      "",
      "AAPL",
      "AAPL-2026-02-30-200-C",
      "AAPL-2026-01-16-0-C",
      "AAPL-2026-01-16-200-X",
      "AAPL  261301C00227500",
      "aapl-2026-01-16-200-C",
    ]
  ) equal(parseContractId(text), null, text);
});

Deno.test("no expiry falls on a closed day, and a closed Friday moves to Thursday", () => {
  for (let day = daysOfDate(20260105); day < daysOfDate(20261220); day++) {
    const date = dateOfDays(day);
    if (!onDate(date)) continue;
    for (const root of ["SPY", "AAPL"]) {
      const list = expiriesOf(root, date);
      ok(list.every(onDate));
      ok(list.every((expiry, i) => expiry >= date && (i === 0 || expiry > (list[i - 1] ?? 0))));
      ok(dteDays(date, list.at(-1) ?? 0) >= 170);
    }
  }
  ok(expiriesOf("AAPL", 20260330).includes(20260402));
  ok(expiriesOf("AAPL", 20260402).includes(20260402));
  ok(!expiriesOf("AAPL", 20260330).includes(20260403));
  ok(expiriesOf("SPY", 20260330).includes(20260331));
  ok(!expiriesOf("DIA", 20260330).includes(20260331));
});

Deno.test("the nearest strike lies on the step", () => {
  equal(nearestStrike("SPY", 590.4), 590);
  equal(nearestStrike("AAPL", 233.8), 235);
  equal(nearestStrike("F", 10.6), 10.5);
});

Deno.test("time to expiry counts to 16:00 in New York and has a floor", () => {
  const ts = Date.UTC(2026, 0, 14, 14, 30);
  equal(yearsToExpiry(ts, 20260114), 390 / 525_600);
  equal(yearsToExpiry(ts, 20260116), (2 * 1_440 + 390) / 525_600);
  equal(yearsToExpiry(ts + 86_400_000, 20260114), 5 / 525_600);
});

Deno.test("Black-Scholes gives a textbook value, its own slopes and put-call parity", () => {
  // S 100, K 100, one year, 20 %, r 4.5 %: an independent calculation in double precision
  ok(Math.abs(optionPrice("C", 100, 100, 1, 0.2) - 10.18612) < 1e-5);
  fc.assert(
    fc.property(
      fc.double({ min: 0.8, max: 1.25, noNaN: true }),
      fc.double({ min: 0.002, max: 1, noNaN: true }),
      fc.double({ min: 0.08, max: 1.5, noNaN: true }),
      (moneyness, years, iv) => {
        const spot = 200;
        const strike = spot * moneyness;
        const call = greeks("C", spot, strike, years, iv);
        const put = greeks("P", spot, strike, years, iv);
        const forward = spot - strike * Math.exp(-RATE * years);
        ok(Math.abs(call.price - put.price - forward) < 1e-9 || put.price === 0);
        const up = optionPrice("C", spot + 1e-3, strike, years, iv);
        const down = optionPrice("C", spot - 1e-3, strike, years, iv);
        ok(Math.abs((up - down) / 2e-3 - call.delta) < 1e-5);
        const more = optionPrice("C", spot, strike, years, iv + 1e-5);
        const less = optionPrice("C", spot, strike, years, iv - 1e-5);
        ok(Math.abs((more - less) / 2e-5 - call.vega) < 1e-3);
      },
    ),
  );
});

Deno.test("implied volatility undoes the price", () => {
  for (const right of ["C", "P"] as const) {
    for (const strike of [80, 95, 100, 110, 130]) {
      for (const iv of [0.12, 0.4, 1.1]) {
        const { price, vega } = greeks(right, 100, strike, 0.12, iv);
        if (vega < 0.01) continue; // the price says nothing about the volatility
        const found = impliedVolatility(right, price, 100, strike, 0.12);
        ok(found !== null && Math.abs(found - iv) < 1e-5, `${right} ${strike} ${iv} ${found}`);
      }
    }
  }
  equal(impliedVolatility("C", 4, 105, 100, 0.1), null);
});
