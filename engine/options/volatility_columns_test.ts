import { deepEqual, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { exp } from "../dmath/mod.ts";
import { naiveImpliedVolatility } from "./_implied_volatility_naive.ts";
import { chainOf, type Contract, valued } from "./testing/chain.ts";
import { vectors } from "./testing/vectors.ts";
import {
  type Carry,
  ColumnError,
  impliedVolatility,
  OUTCOME,
  RATE,
  writeGreeks,
  writeImpliedVolatility,
} from "./mod.ts";

const SYNTHETIC = { rate: RATE, dividendYield: 0 };
type Priced = Omit<Contract, "iv"> & { readonly price: number };

/** Volatility and outcome of each row. */
function solved(rows: readonly Priced[], carry: Carry) {
  const chain = chainOf(rows.map((row) => ({ ...row, iv: NaN })));
  const out = { iv: new Float64Array(rows.length), outcome: new Uint8Array(rows.length).fill(9) };
  writeImpliedVolatility(chain, Float64Array.from(rows, ({ price }) => price), carry, out);
  return Array.from(out.iv, (iv, i) => ({ iv, outcome: out.outcome[i] }));
}

Deno.test("writeImpliedVolatility() gives volatilities computed with 60 digits, to the rounding of the price", () => {
  const { implied: rows } = vectors();
  equal(rows.length, 240);
  for (const { rate, dividendYield, iv, vega, ...contract } of rows) {
    const got = solved([contract], { rate, dividendYield })[0];
    equal(got?.outcome, OUTCOME.solved);
    const rounding = 2 ** -52 * (contract.spot + contract.strike) / vega;
    const miss = Math.abs((got?.iv ?? NaN) - iv);
    ok(miss <= 1e-13 * iv + rounding, `${JSON.stringify(contract)}: ${got?.iv}, not ${iv}`);
  }
});

/** Every right, distance, time and volatility of a wide grid that has a time value in double precision. */
function grid(carry: Carry): Contract[] {
  const rows: Contract[] = [];
  for (const right of ["C", "P"] as const) {
    for (const years of [2e-6, 1e-4, 0.004, 0.08, 1, 10, 30]) {
      for (const iv of [0.005, 0.03, 0.12, 0.35, 0.9, 2.5, 8]) {
        for (let deviates = -36; deviates <= 36; deviates += 0.75) {
          const drift = (carry.rate - carry.dividendYield) * years;
          const far = deviates * iv * Math.sqrt(years) + drift;
          if (Math.abs(far) > 40) continue;
          rows.push({ right, spot: 560, strike: 560 * exp(far), years, iv });
        }
      }
    }
  }
  return rows;
}

Deno.test("writeImpliedVolatility() finds every price inside the bounds, and the price again from it", () => {
  let count = 0;
  for (
    const carry of [SYNTHETIC, { rate: 0.05, dividendYield: 0.05 }, {
      rate: -0.01,
      dividendYield: 0.03,
    }]
  ) {
    const rows = grid(carry);
    const prices = valued(rows, carry).map(({ price }) => price);
    const priced = rows.map((row, i) => ({ ...row, price: prices[i] ?? NaN }));
    const inside = priced.filter(({ right, spot, strike, years, price }) => {
      const held = spot * Math.exp(-carry.dividendYield * years);
      const paid = strike * Math.exp(-carry.rate * years);
      const rounding = 1e-15 * (held + paid);
      const least = Math.max(0, right === "C" ? held - paid : paid - held);
      const most = right === "C" ? held : paid;
      // Out of the money even the faintest price stands; else it has to differ from its bounds
      return price > least + (least > 0 ? rounding : 0) && price < most - rounding;
    });
    const found = solved(inside, carry);
    equal(found.filter(({ outcome }) => outcome !== OUTCOME.solved).length, 0);
    const again = valued(inside.map((row, i) => ({ ...row, iv: found[i]?.iv ?? NaN })), carry);
    inside.forEach((row, i) => {
      const miss = Math.abs((again[i]?.price ?? NaN) - row.price);
      ok(miss <= 5e-16 * (row.spot + row.strike), JSON.stringify([row, again[i]]));
    });
    count += inside.length;
  }
  ok(count > 14_000, `${count}`);
});

Deno.test("writeImpliedVolatility() undoes writeGreeks() out of the money, as far as its tails go", () => {
  for (const carry of [SYNTHETIC, { rate: 0.05, dividendYield: 0.05 }]) {
    const rows = grid(carry).filter(({ right, spot, strike, years, iv }) => {
      const forward = spot * Math.exp((carry.rate - carry.dividendYield) * years);
      return (right === "C" ? strike >= forward : strike <= forward) && iv * Math.sqrt(years) < 6 &&
        iv * Math.sqrt(years) > 1e-4;
    });
    const prices = valued(rows, carry);
    const priced = rows.map((row, i) => ({ ...row, price: prices[i]?.price ?? NaN }));
    const misses = solved(priced, carry).flatMap(({ iv, outcome }, i) => {
      if (outcome === OUTCOME.noTimeValue) return []; // beyond 37 deviations the price is 0
      equal(outcome, OUTCOME.solved);
      return [Math.abs(iv / (rows[i]?.iv ?? NaN) - 1)];
    }).sort((a, b) => a - b);
    // The normal tail of the prices is right to 1e-9 of itself from seven deviations on
    ok(misses.length > 3_000 && (misses.at(-1) ?? 1) < 2e-9, `${misses.at(-1)}`);
    ok((misses[Math.floor(0.5 * misses.length)] ?? 1) < 1e-12);
  }
});

Deno.test("writeImpliedVolatility() agrees with Newton's steps in a bracket where those end", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("C", "P"),
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ min: 0.002, max: 2, noNaN: true }),
      fc.double({ min: 0.05, max: 2, noNaN: true }),
      (right, deviates, years, iv) => {
        const strike = 200 * Math.exp(deviates * iv * Math.sqrt(years));
        const price = valued([{ right, spot: 200, strike, years, iv }], SYNTHETIC)[0]?.price ?? NaN;
        const want = naiveImpliedVolatility(right, price, 200, strike, years) ?? NaN;
        const got = impliedVolatility(right, price, 200, strike, years) ?? NaN;
        ok(Math.abs(got - want) < 1e-8, `${right} ${strike} ${years} ${iv}: ${got}, not ${want}`);
        ok(Math.abs(got - iv) < 1e-11);
      },
    ),
    { seed: 5, numRuns: 2_000 },
  );
});

Deno.test("writeImpliedVolatility() rises with the price", () => {
  const at = { right: "C", spot: 100, strike: 105, years: 0.25 } as const;
  const rows = Array.from({ length: 999 }, (_, i) => ({ ...at, price: 0.1 * (i + 1) }));
  const found = solved(rows, SYNTHETIC);
  for (let i = 1; i < found.length; i++) ok((found[i]?.iv ?? 0) > (found[i - 1]?.iv ?? 0));
});

Deno.test("writeImpliedVolatility() names what no volatility gives, and leaves the neighbours alone", () => {
  const call: Priced = { right: "C", spot: 100, strike: 90, years: 0.5, price: 14 };
  const put: Priced = { right: "P", spot: 100, strike: 90, years: 0.5, price: 2 };
  const zero = { rate: 0, dividendYield: 0 };
  const cases: readonly [Priced, keyof typeof OUTCOME][] = [
    [{ ...call, price: 10.0000001 }, "solved"],
    [{ ...call, price: 10 }, "noTimeValue"],
    [{ ...call, price: 9.9999999 }, "belowIntrinsic"],
    [{ ...call, price: 99.9999999 }, "solved"],
    [{ ...call, price: 100 }, "aboveMaximum"],
    [{ ...call, price: 1e9 }, "aboveMaximum"],
    [{ ...put, price: 1e-300 }, "solved"],
    [{ ...put, price: 0 }, "noTimeValue"],
    [{ ...put, price: 5e-324 }, "noTimeValue"], // of the strike it is less than a double can say
    [{ ...put, price: -0.01 }, "belowIntrinsic"],
    [{ ...put, price: 89.9999999 }, "solved"],
    [{ ...put, price: 90 }, "aboveMaximum"],
    [{ ...call, years: 0 }, "expired"],
    [{ ...call, years: -0.1 }, "expired"],
    [{ ...call, years: NaN }, "invalid"],
    [{ ...call, years: Infinity }, "invalid"],
    [{ ...call, price: NaN }, "invalid"],
    [{ ...call, price: Infinity }, "invalid"],
    [{ ...call, spot: 0 }, "invalid"],
    [{ ...call, spot: -100, strike: -90 }, "invalid"],
    [{ ...call, spot: Infinity }, "invalid"],
    [{ ...call, strike: NaN }, "invalid"],
    [{ ...call, strike: 1e200, price: 1 }, "invalid"],
  ];
  const want = solved([call], zero)[0];
  for (const [row, name] of cases) {
    const [before, got, after] = solved([call, row, call], zero);
    equal(got?.outcome, OUTCOME[name], JSON.stringify(row));
    equal(Number.isNaN(got?.iv), name !== "solved", JSON.stringify(row));
    deepEqual([before, after], [want, want]);
  }
  const chain = { ...chainOf([{ ...call, iv: NaN }]), right: Int8Array.of(0) };
  const out = { iv: new Float64Array(1), outcome: new Uint8Array(1) };
  writeImpliedVolatility(chain, Float64Array.of(14), zero, out);
  equal(out.outcome[0], OUTCOME.invalid);
});

Deno.test("writeImpliedVolatility() solves a row alike wherever it stands, across blocks", () => {
  const rows = Array.from({ length: 700 }, (_, i) => ({
    right: i % 2 === 0 ? "C" : "P",
    spot: 100,
    strike: 80 + i % 41,
    years: 0.1 + i / 700,
    price: 21 + i % 17,
  } as const));
  for (const count of [0, 1, 255, 256, 257, 700]) {
    deepEqual(
      solved(rows.slice(0, count), SYNTHETIC),
      rows.slice(0, count).flatMap((row) => solved([row], SYNTHETIC)),
    );
  }
});

Deno.test("writeImpliedVolatility() refuses columns of other lengths by name", () => {
  const rows: readonly Contract[] = [
    { right: "C", spot: 100, strike: 90, years: 0.5, iv: NaN },
    { right: "P", spot: 100, strike: 90, years: 0.5, iv: NaN },
  ];
  const whole = {
    ...chainOf(rows),
    price: Float64Array.of(14, 2),
    iv: new Float64Array(2),
    outcome: new Uint8Array(2),
  };
  for (const name of ["spot", "strike", "years", "price", "iv", "outcome"]) {
    const short = name === "outcome" ? new Uint8Array(3) : new Float64Array(3);
    const chain = { ...whole, [name]: short };
    throws(
      () => writeImpliedVolatility(chain, chain.price, SYNTHETIC, chain),
      (error) => error instanceof ColumnError && error.code === "length" && error.column === name,
      name,
    );
  }
});

Deno.test("writeGreeks() and writeImpliedVolatility() have the same bits on every machine", async () => {
  const rows = grid(SYNTHETIC);
  const chain = chainOf(rows);
  writeGreeks(chain, chain.iv, SYNTHETIC, chain.out);
  const found = { iv: new Float64Array(rows.length), outcome: new Uint8Array(rows.length) };
  writeImpliedVolatility(chain, chain.out.price, SYNTHETIC, found);
  const { price, delta, gamma, vega } = chain.out;
  const hashes = await Promise.all([price, delta, gamma, vega, found.iv].map(async (column) => {
    const digest = await crypto.subtle.digest(
      "SHA-256",
      column.map((value) => Number.isNaN(value) ? -1 : value),
    );
    return new Uint8Array(digest).toHex().slice(0, 16);
  }));
  deepEqual(hashes, [
    "853077f0e0af70a7",
    "4f3c65e84d3441c2",
    "ba9f060bd04d25ae",
    "28116a35c8184100",
    "6e332764eb723023",
  ]);
});
