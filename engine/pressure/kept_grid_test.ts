import { deepEqual, equal, ok } from "node:assert/strict";
import { ACTION, FLAG, SIDE } from "../dbn/mod.ts";
import { ENG } from "../frames/mod.ts";
import { Xoshiro128 } from "../prng/mod.ts";
import { KeptGrid } from "./kept_grid.ts";
import { PressureEngine, type PressureModel } from "./pressure_engine.ts";
import { STRIDE, type TickState } from "./tick_state.ts";

const TICKS = 128;
const TICK_NANO = 10_000_000;

function newEngine(model: PressureModel): PressureEngine {
  return new PressureEngine({
    ticks: TICKS,
    tickNano: TICK_NANO,
    model,
    autoAnchor: true,
    strict: false,
  });
}

/** The columns by their definition, tick by tick. */
function columnsOf(state: TickState): number[][] {
  return Array.from({ length: ENG.VACUUM + 1 }, (_, c) =>
    Array.from({ length: TICKS }, (_, i) => {
      if (c === ENG.PRESSURE) return state.pressure[i]!;
      return c === ENG.VACUUM ? state.vacuum[i]! : state.values[i * STRIDE + c]!;
    }));
}

function assertKept(kept: KeptGrid, state: TickState, what: string): void {
  deepEqual(kept.columns.map((column) => [...column]), columnsOf(state), what);
  deepEqual([...kept.lastEventId], [...state.lastEventId], what);
  const whole = Array.from({ length: ENG.VACUUM + 1 }, () => new Float64Array(TICKS).fill(NaN));
  state.copyColumns(whole);
  deepEqual(whole.map((column) => [...column]), columnsOf(state), what);
  const one = new Float64Array(TICKS).fill(NaN);
  for (let c = 0; c <= ENG.VACUUM; c++) {
    state.column(c, one);
    deepEqual([...one], columnsOf(state)[c], `${what}, column ${c}`);
  }
}

/** Orders around the middle of the grid, at up to `reach` ticks. */
function trade(engine: PressureEngine, random: Xoshiro128, tsNs: number, reach: number): void {
  const step = 1 + Math.floor(random.uniform() * reach);
  const buys = random.uniform() < 0.5;
  const price = (10_000 + (buys ? -step : step)) * TICK_NANO;
  const id = 1 + Math.floor(random.uniform() * 60);
  const size = 1 + Math.floor(random.uniform() * 9);
  const side = buys ? SIDE.BID : SIDE.ASK;
  const action = random.uniform() < 0.6 ? ACTION.MODIFY : ACTION.CANCEL;
  engine.update(tsNs, action, side, price, size, id, 0, FLAG.LAST);
}

for (const model of ["complete", "compat"] as const) {
  Deno.test(`KeptGrid.update() gives what the engine holds, ${model}, whatever happens to it`, () => {
    const random = new Xoshiro128(11);
    const kept = new KeptGrid(TICKS);
    let engine = newEngine(model);
    let tsNs = 1e15;
    let busiest = 0;
    for (let bin = 0; bin < 120; bin++) {
      // Few ticks at first, most of the grid later: both ways of copying everything are walked.
      for (let i = 0; i < 8; i++) trade(engine, random, tsNs += 1e6, bin < 40 ? 4 : 60);
      if (bin % 17 === 16) engine.synchronise();
      if (bin === 30) engine.update(tsNs, ACTION.CLEAR, SIDE.NONE, 0, 0, 0, 0, FLAG.SNAPSHOT);
      if (bin === 60) ok(engine.softReanchor());
      if (bin === 80) {
        const other = newEngine(model);
        other.restore(engine.save());
        engine = other;
      }
      engine.advance(tsNs += 1e8);
      kept.update(engine.state);
      assertKept(kept, engine.state, `bin ${bin}`);
      busiest = Math.max(busiest, engine.state.activeCount);
    }
    ok(busiest > TICKS / 2, `${busiest} ticks`);
  });
}

Deno.test("KeptGrid.update() leaves ticks alone that nothing touched", () => {
  const engine = newEngine("complete");
  const random = new Xoshiro128(3);
  for (let i = 0; i < 20; i++) trade(engine, random, 1e15 + i * 1e6, 3);
  const kept = new KeptGrid(TICKS);
  kept.update(engine.state);
  kept.columns[ENG.V_ADD]![0] = 42; // no reader does; it shows what is written
  engine.advance(2e15);
  kept.update(engine.state);
  equal(kept.columns[ENG.V_ADD]![0], 42);
  engine.synchronise();
  kept.update(engine.state);
  equal(kept.columns[ENG.V_ADD]![0], 0);
});
