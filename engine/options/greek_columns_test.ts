import { deepEqual, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { type Chain, chainOf, type Contract, rowsOf, valued } from "./testing/chain.ts";
import { vectors } from "./testing/vectors.ts";
import { ColumnError, greeks, RATE, writeGreeks } from "./mod.ts";

const SYNTHETIC = { rate: RATE, dividendYield: 0 };

/** A contract from deep in to deep out of the money, of minutes or decades, calm or wild. */
const contracts: fc.Arbitrary<Contract> = fc.record({
  right: fc.constantFrom("C", "P"),
  spot: fc.double({ min: 0.5, max: 9_000, noNaN: true }),
  deviates: fc.double({ min: -12, max: 12, noNaN: true }),
  years: fc.double({ min: -5.5, max: 1.3, noNaN: true }).map((power) => 10 ** power),
  iv: fc.double({ min: -2, max: 0.8, noNaN: true }).map((power) => 10 ** power),
}).map(({ right, spot, deviates, years, iv }) => ({
  right,
  spot,
  strike: spot * Math.exp(Math.min(20, Math.max(-20, deviates * iv * Math.sqrt(years)))),
  years,
  iv,
}));
const carries = fc.record({
  rate: fc.double({ min: -0.02, max: 0.15, noNaN: true }),
  dividendYield: fc.double({ min: 0, max: 0.1, noNaN: true }),
});

Deno.test("writeGreeks() gives values computed with 40 digits, at rates and yields of any sign", () => {
  const { valued: rows } = vectors();
  equal(rows.length, 240);
  for (const { price, delta, gamma, vega, rate, dividendYield, ...contract } of rows) {
    const got = valued([contract], { rate, dividendYield })[0];
    const what = JSON.stringify(contract);
    // d1 carries the rounding of spot / strike, which a small deviation magnifies
    const near = (is: number, want: number, scale: number) =>
      ok(Math.abs(is - want) <= 4e-12 * Math.abs(want) + scale, `${what}: ${is}, not ${want}`);
    near(got?.price ?? NaN, price, 4e-16 * (contract.spot + contract.strike));
    near(got?.delta ?? NaN, delta, 1e-13);
    near(got?.gamma ?? NaN, gamma, 0);
    near(got?.vega ?? NaN, vega, 0);
  }
});

Deno.test("writeGreeks() has the bits of greeks(), the price and delta of a put aside", () => {
  fc.assert(
    fc.property(contracts, (contract) => {
      const { right, spot, strike, years, iv } = contract;
      const want = greeks(right, spot, strike, years, iv);
      const got = valued([contract], SYNTHETIC)[0] ?? want;
      equal(got.gamma, want.gamma);
      equal(got.vega, want.vega);
      if (right === "C") deepEqual(got, want);
      ok(Math.abs(got.price - want.price) <= 1e-15 * (spot + strike));
      ok(Math.abs(got.delta - want.delta) <= 2.3e-16);
    }),
    { seed: 1, numRuns: 3_000 },
  );
});

Deno.test("writeGreeks() keeps put-call parity, the bounds and the signs", () => {
  fc.assert(
    fc.property(contracts, carries, (contract, carry) => {
      const [call, put] = valued([{ ...contract, right: "C" }, { ...contract, right: "P" }], carry);
      ok(call !== undefined && put !== undefined);
      const { spot, strike, years } = contract;
      const held = spot * Math.exp(-carry.dividendYield * years);
      const paid = strike * Math.exp(-carry.rate * years);
      const rounding = 2e-15 * (held + paid);
      ok(Math.abs(call.price - put.price - (held - paid)) <= rounding);
      ok(call.price >= Math.max(0, held - paid) - rounding && call.price <= held + rounding);
      ok(put.price >= Math.max(0, paid - held) - rounding && put.price <= paid + rounding);
      ok([call.price, put.price, put.delta].every((value) => !Object.is(value, -0)));
      const most = held / spot * (1 + 1e-15);
      ok(call.delta >= 0 && call.delta <= most && put.delta <= 0 && put.delta >= -most);
      ok(Math.abs(call.delta - put.delta - held / spot) <= 1e-15 * most);
      ok(call.gamma >= 0 && call.vega >= 0);
      equal(call.gamma, put.gamma);
      equal(call.vega, put.vega);
    }),
    { seed: 2, numRuns: 3_000 },
  );
});

Deno.test("writeGreeks() rises with volatility, by vega", () => {
  fc.assert(
    fc.property(contracts, carries, (contract, carry) => {
      const step = 1e-4 * contract.iv;
      const [less, at, more] = valued([
        { ...contract, iv: contract.iv - step },
        contract,
        { ...contract, iv: contract.iv + step },
      ], carry);
      ok(less !== undefined && at !== undefined && more !== undefined);
      const rounding = 2e-15 * (contract.spot + contract.strike);
      ok(more.price >= less.price - rounding);
      // A secant over so small a step differs by its square times the relative third derivative
      const slope = (more.price - less.price) / (2 * step);
      ok(Math.abs(slope - at.vega) <= rounding / step + 1e-4 * at.vega + 1e-9 * contract.spot);
    }),
    { seed: 3, numRuns: 2_000 },
  );
});

Deno.test("writeGreeks() has the limits of no time and of endless volatility", () => {
  const [inIt, out, wild] = valued([
    { right: "C", spot: 100, strike: 90, years: 1e-9, iv: 0.2 },
    { right: "P", spot: 100, strike: 90, years: 1e-9, iv: 0.2 },
    { right: "P", spot: 100, strike: 90, years: 1, iv: 80 },
  ], SYNTHETIC);
  ok(Math.abs((inIt?.price ?? 0) - 10) < 1e-7 && inIt?.delta === 1 && inIt.vega === 0);
  deepEqual(out, { price: 0, delta: 0, gamma: 0, vega: 0 });
  ok(Math.abs((wild?.price ?? 0) - 90 * Math.exp(-RATE)) < 1e-13 && wild?.delta === 0);
});

Deno.test("writeGreeks() values a row alike wherever it stands, across blocks", () => {
  const rows = fc.sample(contracts, { seed: 4, numRuns: 700 });
  const carry = { rate: 0.03, dividendYield: 0.01 };
  for (const count of [0, 1, 255, 256, 257, 700]) {
    deepEqual(
      valued(rows.slice(0, count), carry),
      rows.slice(0, count).flatMap((row) => valued([row], carry)),
    );
  }
});

Deno.test("writeGreeks() makes a row out of range NaN and leaves its neighbours alone", () => {
  const good: Contract = { right: "C", spot: 100, strike: 90, years: 0.5, iv: 0.2 };
  const want = valued([good], SYNTHETIC)[0];
  const wrong: readonly Partial<Contract>[] = [
    ...[0, -100, NaN, Infinity].map((spot) => ({ spot })),
    ...[0, -90, NaN, Infinity].map((strike) => ({ strike })),
    ...[0, -0.5, NaN, Infinity].map((years) => ({ years })),
    ...[0, -0.2, NaN, Infinity].map((iv) => ({ iv })),
    { spot: -100, strike: -90 },
    { years: -1, iv: -1 },
  ];
  for (const parts of wrong) {
    const got = valued([good, { ...good, ...parts }, good], SYNTHETIC);
    const text = JSON.stringify(Object.entries(parts).map(String));
    deepEqual(got[1], { price: NaN, delta: NaN, gamma: NaN, vega: NaN }, text);
    deepEqual([got[0], got[2]], [want, want], text);
  }
  for (const right of [0, 2, -2]) {
    const chain = chainOf([good]);
    chain.right[0] = right;
    writeGreeks(chain, chain.iv, SYNTHETIC, chain.out);
    deepEqual(rowsOf(chain)[0], { price: NaN, delta: NaN, gamma: NaN, vega: NaN });
  }
});

Deno.test("writeGreeks() refuses columns of other lengths and rates that are not finite, by name", () => {
  const short = new Float64Array(1);
  const rows: readonly Contract[] = [
    { right: "C", spot: 100, strike: 90, years: 0.5, iv: 0.2 },
    { right: "P", spot: 100, strike: 90, years: 0.5, iv: 0.2 },
  ];
  const put = (name: string, chain: Chain) =>
    name in chain.out
      ? { ...chain, out: { ...chain.out, [name]: short } }
      : { ...chain, [name]: short };
  for (const name of ["spot", "strike", "years", "iv", "price", "delta", "gamma", "vega"]) {
    const chain = put(name, chainOf(rows));
    throws(
      () => writeGreeks(chain, chain.iv, SYNTHETIC, chain.out),
      (error) => error instanceof ColumnError && error.code === "length" && error.column === name,
      name,
    );
  }
  const chain = chainOf(rows);
  for (const name of ["rate", "dividendYield"]) {
    throws(
      () => writeGreeks(chain, chain.iv, { ...SYNTHETIC, [name]: NaN }, chain.out),
      (error) => error instanceof ColumnError && error.code === "carry" && error.column === name,
    );
  }
});
