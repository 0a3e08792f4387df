import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import {
  futureGreeks,
  futureOptionColumns,
  futureVolatilities,
} from "../../jobs/testing/vectors/black76_suite.ts";
import { OUTCOME, writeAllGreeks, writeGreeks } from "./mod.ts";

const DAY = 1 / 365;

/** Appendix of the specification: F, K, right, T, s, then value to charm per year. */
const CHECKS: readonly (readonly [number, number, string, number, ...number[]])[] = [
  [
    6950.25,
    6950,
    "C",
    0.00074200913242,
    0.15,
    11.45418847,
    0.5043082963,
    0.0140466285,
    75.52199586,
    -7632.958256,
    -0.01797842687,
    1.842419485,
  ],
  [
    6950.25,
    6950,
    "P",
    0.00074200913242,
    0.15,
    11.20419775,
    -0.4956546039,
    0.0140466285,
    75.52199586,
    -7632.970756,
    -0.01797842687,
    1.79242134,
  ],
  [
    6950.25,
    7000,
    "C",
    0.00074200913242,
    0.18,
    1.110463677,
    0.07321711183,
    0.004078152605,
    26.31152871,
    -3191.330513,
    1.125033962,
    -136.4543047,
  ],
  [
    6950.25,
    6875,
    "P",
    0.000228310502283,
    0.22,
    0.003217513203,
    -0.0005256127659,
    8.056143303e-05,
    0.1954684216,
    -94.17652463,
    -0.02769186747,
    13.34191547,
  ],
  [
    6950.25,
    6950,
    "C",
    1.90258751903e-06,
    0.15,
    0.7073233033,
    0.5690503574,
    0.2732592732,
    3.767139165,
    -148500.5905,
    -0.4551693056,
    17942.80248,
  ],
  [
    6950.25,
    6600,
    "P",
    0.0821917808219,
    0.21,
    43.93922364,
    -0.1862437281,
    0.0006395706074,
    533.2575765,
    -679.0395928,
    -1.056166367,
    1.339940348,
  ],
];

const NAMES = ["price", "delta", "gamma", "vega", "theta", "vanna", "charm"] as const;

Deno.test("writeAllGreeks() on a future gives the printed check values of Black (1976)", () => {
  const out = futureGreeks(CHECKS.map(([F, K, right, T, s = NaN]) => ({ F, K, right, T, s })));
  CHECKS.forEach((row, i) =>
    NAMES.forEach((name, column) => {
      const want = row[5 + column] as number;
      // ten digits are printed, and the years have fewer than theta and charm magnify
      ok(Math.abs(out[name][i]! / want - 1) < 2e-9, `${name} of ${row}: ${out[name][i]}`);
    })
  );
});

Deno.test("writeImpliedVolatility() undoes writeAllGreeks() from a minute to a month, 5 to 150 %", () => {
  const minute = 60 / 86_400 * DAY;
  let solved = 0;
  fc.assert(
    fc.property(
      fc.constantFrom("C", "P"),
      fc.double({ min: 6_000, max: 8_000, noNaN: true }),
      fc.double({ min: Math.log(minute), max: Math.log(30 * DAY), noNaN: true }),
      fc.double({ min: 0.05, max: 1.5, noNaN: true }),
      fc.double({ min: -4, max: 4, noNaN: true }),
      (right, F, lnT, s, x) => {
        const T = Math.exp(lnT);
        const contract = { right, F, K: F * Math.exp(x * s * Math.sqrt(T)), T };
        const { price: [mid = NaN], vega: [vega = NaN] } = futureGreeks([{ ...contract, s }]);
        if (!(mid >= 0.01)) return;
        const { iv: [iv = NaN], outcome: [outcome] } = futureVolatilities([{ ...contract, mid }]);
        equal(outcome, OUTCOME.solved, JSON.stringify({ ...contract, s, mid, vega }));
        if (vega >= 0.01) ok(Math.abs(iv - s) <= 1e-6, `${iv}, not ${s}`);
        else {
          const { price: [again = NaN] } = futureGreeks([{ ...contract, s: iv }]);
          ok(Math.abs(again - mid) <= 1e-9);
        }
        solved++;
      },
    ),
    { seed: 10, numRuns: 20_000 },
  );
  ok(solved > 15_000, `${solved}`);
});

Deno.test("writeAllGreeks() has the bits of writeGreeks(), and the slopes of its values", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("C", "P"),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: 0.001, max: 1, noNaN: true }),
      fc.double({ min: 0.08, max: 1, noNaN: true }),
      fc.double({ min: -0.02, max: 0.1, noNaN: true }),
      fc.double({ min: 0, max: 0.1, noNaN: true }),
      (right, x, T, s, rate, dividendYield) => {
        const carry = { rate, dividendYield };
        const K = 100 * Math.exp(x * s * Math.sqrt(T));
        const valued = (years: number, iv: number) => {
          const contracts = futureOptionColumns([{ right, F: 100, K, T: years }]);
          const column = () => new Float64Array(1);
          const out = {
            price: column(),
            delta: column(),
            gamma: column(),
            vega: column(),
            theta: column(),
            vanna: column(),
            charm: column(),
          };
          writeAllGreeks(contracts, Float64Array.of(iv), carry, out);
          const plain = { price: column(), delta: column(), gamma: column(), vega: column() };
          writeGreeks(contracts, Float64Array.of(iv), carry, plain);
          deepEqual({ ...out, ...plain }, out);
          return {
            price: out.price[0]!,
            delta: out.delta[0]!,
            theta: out.theta[0]!,
            vanna: out.vanna[0]!,
            charm: out.charm[0]!,
          };
        };
        const at = valued(T, s);
        const h = 1e-4 * T;
        const near = (is: number, want: number, scale: number) =>
          ok(Math.abs(is - want) <= 2e-5 * (Math.abs(want) + scale), `${is} ${want}`);
        near(at.theta, (valued(T - h, s).price - valued(T + h, s).price) / (2 * h), 1);
        near(at.charm, (valued(T - h, s).delta - valued(T + h, s).delta) / (2 * h), 1 / T);
        near(at.vanna, (valued(T, s + 1e-5).delta - valued(T, s - 1e-5).delta) / 2e-5, 1 / s);
      },
    ),
    { seed: 2, numRuns: 1_000 },
  );
});

Deno.test("writeAllGreeks() gives NaN in every column of a row out of range", () => {
  const contract = { right: "C", F: 100, K: 100, T: 0.1 };
  const out = futureGreeks([{ ...contract, s: NaN }, { ...contract, s: 0.2 }, {
    ...contract,
    T: 0,
    s: 0.2,
  }]);
  for (const name of NAMES) {
    deepEqual(Array.from(out[name], Number.isNaN), [true, false, true], name);
  }
});
