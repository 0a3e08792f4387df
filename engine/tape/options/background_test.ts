import { ok } from "node:assert/strict";
import { prefix, toUnit } from "../../regime/mod.ts";
import { moneynessWeight, tenorWeight } from "./activity_table.ts";
import { poisson } from "../poisson.ts";
import { MEAN_PRINTS, smallLots } from "./background_packet.ts";
import { contractActivity } from "./background_rate.ts";

Deno.test("poisson counts have the mean and variance of their rate", () => {
  for (const rate of [0.05, 0.7, 4]) {
    let sum = 0;
    let squares = 0;
    const n = 40_000;
    for (let i = 0; i < n; i++) {
      const count = poisson(rate, toUnit(prefix(3, i)));
      sum += count;
      squares += count * count;
    }
    const mean = sum / n;
    ok(Math.abs(mean / rate - 1) < 0.06, `mean ${mean}`);
    ok(Math.abs((squares / n - mean * mean) / rate - 1) < 0.08);
  }
});

Deno.test("busy stretches keep the mean rate and last 40 s on average", () => {
  let sum = 0;
  let busy = 0;
  let runs = 0;
  let before = 0;
  const seconds = 400_000;
  for (let s = 0; s < seconds; s++) {
    const factor = contractActivity(prefix(5), 1_768_000_000_000 + s * 1_000);
    sum += factor;
    if (factor > 1) busy++;
    if (factor > 1 && before < 1) runs++;
    before = factor;
  }
  ok(Math.abs(sum / seconds - 1) < 0.03, `mean ${sum / seconds}`);
  ok(Math.abs(busy / runs - 40) < 4, `run ${busy / runs} s`);
});

Deno.test("activity falls from the money and with time, and turns with the regime", () => {
  ok(Math.abs(moneynessWeight(0, "trend_up") - 1) < 1e-12);
  ok(Math.abs(moneynessWeight(1, "trend_up") - 0.7) < 1e-12);
  ok(Math.abs(moneynessWeight(2, "trend_up") - 0.15) < 1e-12);
  ok(Math.abs(moneynessWeight(-2.2, "trend_up") - 0.1) < 1e-12);
  ok(moneynessWeight(0, "arb_calm") < 1);
  ok(tenorWeight(0, "dealer_gamma") > tenorWeight(0, "trend_up"));
  ok(tenorWeight(90, "trend_up") < tenorWeight(30, "trend_up"));
});

Deno.test("most background orders are of one to ten lots", () => {
  let small = 0;
  for (let i = 0; i < 1_000; i++) if (smallLots(i / 1_000, 0.999) <= 10) small++;
  ok(Math.abs(small / 1_000 - 0.68) < 0.01);
  ok(MEAN_PRINTS > 1.5 && MEAN_PRINTS < 2.5);
});
