import { ok, strictEqual } from "node:assert/strict";
import { midTick, TickGrid } from "../book/mod.ts";
import { ACTION, SIDE } from "../dbn/mod.ts";
import { ENG } from "../frames/mod.ts";
import { readGolden } from "./testing/golden.ts";
import { CompatModel } from "./compat_model.ts";
import { PressureEngine } from "./pressure_engine.ts";
import { alpha, TickState } from "./tick_state.ts";

interface ChainCase {
  readonly dt_s: number;
  readonly v_prev: number;
  readonly a_prev: number;
  readonly j_prev: number;
  readonly delta: number;
  readonly from_delta: readonly number[];
  readonly prev_value: number;
  readonly new_value: number;
  readonly from_value: readonly number[];
}
interface UnitMath {
  readonly ema_alpha: readonly { dt_s: number; tau: number; alpha: number }[];
  readonly derivative_chain: readonly ChainCase[];
  readonly price_to_idx: readonly {
    tick_int: number;
    n_ticks: number;
    anchor_tick_idx: number;
    price_int: number;
    idx: number | null;
  }[];
  readonly spot: readonly {
    tick_int: number;
    best_bid: number;
    best_ask: number;
    spot_ref_price_int: number;
    mid_price: number;
    auto_anchor: number;
  }[];
}

const golden = readGolden<UnitMath>("unit-math.json");

function near(actual: number, expected: number, what: string): void {
  const bound = Math.max(1e-14, 1e-11 * Math.abs(expected));
  ok(Math.abs(actual - expected) <= bound, `${what}: ${actual}, expected ${expected}`);
}

Deno.test("alpha() equals the golden weights", () => {
  for (const c of golden.ema_alpha) near(alpha(c.dt_s, c.tau), c.alpha, `${c.dt_s}/${c.tau}`);
});

Deno.test("CompatModel.touch() equals the golden chains", () => {
  const model = new CompatModel();
  let checked = 0;
  for (const c of golden.derivative_chain) {
    const dtNs = Math.round(c.dt_s * 1e9);
    // Times are whole ns here; a case between two ns has no counterpart.
    if (dtNs <= 0 || dtNs / 1e9 !== c.dt_s) continue;
    checked++;
    const state = new TickState(3);
    state.mark(0, 1, 1);
    for (const kind of [ENG.V_ADD, ENG.V_REST_DEPTH]) {
      state.values[kind] = c.v_prev;
      state.values[kind + 4] = c.a_prev;
      state.values[kind + 8] = c.j_prev;
    }
    state.values[ENG.REST_DEPTH] = c.prev_value;
    model.touch(state, 0, 1 + dtNs, 2, c.delta, 0, 0, c.new_value);
    for (let order = 0; order < 3; order++) {
      near(state.values[ENG.V_ADD + 4 * order]!, c.from_delta[order]!, `delta ${c.dt_s}`);
      near(state.values[ENG.V_REST_DEPTH + 4 * order]!, c.from_value[order]!, `value ${c.dt_s}`);
    }
  }
  ok(checked >= 8, `${checked} cases`);
});

Deno.test("TickGrid.indexOf() equals the golden indices", () => {
  for (const c of golden.price_to_idx) {
    const grid = new TickGrid(c.n_ticks, c.tick_int);
    grid.anchor = c.anchor_tick_idx;
    strictEqual(grid.indexOf(c.price_int), c.idx ?? -1, String(c.price_int));
  }
});

Deno.test("PressureEngine.spotNano, midPrice and the anchor equal the golden spots", () => {
  for (const c of golden.spot) {
    const engine = new PressureEngine({
      ticks: 8_192,
      tickNano: c.tick_int,
      model: "compat",
      autoAnchor: false,
      strict: false,
    });
    if (c.best_bid > 0) engine.update(1, ACTION.ADD, SIDE.BID, c.best_bid, 1, 1, 0, 0);
    if (c.best_ask > 0) engine.update(1, ACTION.ADD, SIDE.ASK, c.best_ask, 1, 2, 0, 0);
    strictEqual(engine.spotNano, c.spot_ref_price_int);
    strictEqual(engine.midPrice, c.mid_price);
    if (c.auto_anchor >= 0) strictEqual(midTick(c.best_bid, c.best_ask, c.tick_int), c.auto_anchor);
  }
});
