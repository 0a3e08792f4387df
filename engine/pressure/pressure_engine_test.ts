import { ok, strictEqual, throws } from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { ENG, ENGINE_COLUMNS } from "../frames/mod.ts";
import { ACTION, SIDE } from "../dbn/mod.ts";
import { PressureEngine } from "./pressure_engine.ts";

const FIXTURES = `${import.meta.dirname}/../../fixtures/vacuum-pressure`;

interface TickValues {
  readonly [name: string]: number | string;
}
interface State {
  readonly anchor: number;
  readonly best_bid: number;
  readonly best_ask: number;
  readonly best_bid_idx: number;
  readonly best_ask_idx: number;
  readonly spot: number;
  readonly mid: number;
  readonly book_valid: boolean;
  readonly snapshot_in_progress: boolean;
  readonly event_count: number;
  readonly order_count: number;
  readonly ticks: Readonly<Record<string, TickValues>>;
}
interface Step {
  readonly op: string;
  readonly ts_ns?: string | number;
  readonly action?: string;
  readonly side?: string;
  readonly price_int?: number;
  readonly size?: number;
  readonly order_id?: number | string;
  readonly flags?: number;
  readonly anchor_tick_idx?: number;
  readonly returns?: boolean;
  readonly error?: string;
  readonly state?: State;
}
interface Case {
  readonly name: string;
  readonly engine: {
    readonly n_ticks: number;
    readonly tick_int: number;
    readonly auto_anchor_from_bbo: boolean;
    readonly fail_on_out_of_range: boolean;
    readonly anchor_tick_idx: number | null;
  };
  readonly steps: readonly Step[];
}

function load(file: string): readonly Case[] {
  const bytes = Deno.readFileSync(`${FIXTURES}/${file}`);
  const text = new TextDecoder().decode(file.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  return (JSON.parse(text) as { cases: readonly Case[] }).cases;
}

function engineOf(c: Case): PressureEngine {
  return new PressureEngine({
    ticks: c.engine.n_ticks,
    tickNano: c.engine.tick_int,
    model: "compat",
    autoAnchor: c.engine.auto_anchor_from_bbo,
    strict: c.engine.fail_on_out_of_range,
    anchor: c.engine.anchor_tick_idx,
  });
}

/** Offsets count from 30 days before the first time of a case, so that every offset is above 0. */
function baseOf(c: Case): bigint {
  const first = c.steps.find((step) => step.ts_ns !== undefined && BigInt(step.ts_ns) > 0n);
  const month = 30n * 86_400_000_000_000n;
  const ts = BigInt(first?.ts_ns ?? 0);
  return ts > month ? ts - month : 0n;
}

function code(letter: string | undefined): number {
  return (letter ?? "").charCodeAt(0);
}

function run(engine: PressureEngine, step: Step, baseNs: bigint): PressureEngine {
  const ts = step.ts_ns === undefined ? 0 : BigInt(step.ts_ns);
  const tsNs = ts === 0n ? 0 : Number(BigInt(ts) - baseNs);
  const id = BigInt(step.order_id ?? 0);
  const low = Number(id & 0xffff_ffffn);
  const high = Number(id >> 32n);
  const a = code(step.action);
  const s = code(step.side);
  const { price_int = 0, size = 0, flags = 0 } = step;
  switch (step.op) {
    case "ev":
      engine.update(tsNs, a, s, price_int, size, low, high, flags);
      break;
    case "book":
      engine.updateBook(a, s, price_int, size, low, high, flags);
      break;
    case "advance":
      engine.advance(tsNs);
      break;
    case "sync":
      engine.synchronise();
      break;
    case "reanchor_bbo":
      strictEqual(engine.reanchorToBest(), step.returns);
      break;
    case "soft_reanchor":
      strictEqual(engine.softReanchor(), step.returns);
      break;
    case "set_anchor":
      engine.setAnchor(step.anchor_tick_idx ?? -1);
      break;
    default:
      throw new Error(`unknown step ${step.op}`);
  }
  return engine;
}

function close(actual: number, expected: number, relative: number, absolute: number, what: string) {
  const bound = Math.max(relative * Math.abs(expected), absolute);
  ok(Math.abs(actual - expected) <= bound, `${what}: ${actual}, expected ${expected}`);
}

function check(engine: PressureEngine, state: State, baseNs: bigint, what: string): void {
  const { book } = engine;
  strictEqual(book.grid.anchor, state.anchor, `${what} anchor`);
  strictEqual(book.bestBid, state.best_bid, `${what} best bid`);
  strictEqual(book.bestAsk, state.best_ask, `${what} best ask`);
  strictEqual(book.bestBidIndex, state.best_bid_idx, `${what} best bid index`);
  strictEqual(book.bestAskIndex, state.best_ask_idx, `${what} best ask index`);
  strictEqual(engine.spotNano, state.spot, `${what} spot`);
  strictEqual(engine.midPrice, state.mid, `${what} mid`);
  strictEqual(engine.bookValid, state.book_valid, `${what} valid`);
  strictEqual(engine.snapshotInProgress, state.snapshot_in_progress, `${what} snapshot`);
  strictEqual(engine.eventCount, state.event_count, `${what} events`);
  strictEqual(book.orders.size, state.order_count, `${what} orders`);
  const column = new Float64Array(book.grid.ticks);
  for (const [c, { name }] of ENGINE_COLUMNS.entries()) {
    engine.state.column(c, column);
    for (let i = 0; i < column.length; i++) {
      const expected = Number(state.ticks[i]?.[name] ?? 0);
      close(column[i]!, expected, 1e-11, 1e-14, `${what} ${name}[${i}]`);
    }
  }
  for (let i = 0; i < column.length; i++) {
    const tick = state.ticks[i] ?? {};
    strictEqual(engine.state.lastEventId[i], Number(tick["last_event_id"] ?? 0), `${what} id ${i}`);
    const lastTs = BigInt(tick["last_ts_ns"] ?? 0);
    const last = lastTs === 0n ? 0 : Number(lastTs - baseNs);
    strictEqual(engine.state.lastNs[i], last, `${what} clock ${i}`);
    strictEqual(book.bidDepth[i], Number(tick["depth_bid"] ?? 0), `${what} bid depth ${i}`);
    strictEqual(book.askDepth[i], Number(tick["depth_ask"] ?? 0), `${what} ask depth ${i}`);
  }
}

for (const file of ["engine-cases.json", "engine-fuzz.json.gz"]) {
  for (const c of load(file)) {
    Deno.test(`PressureEngine in the model compat equals the golden case ${c.name}`, () => {
      let engine = engineOf(c);
      const baseNs = baseOf(c);
      for (const [i, step] of c.steps.entries()) {
        const what = `${c.name} step ${i} ${step.op}`;
        if (step.op === "save_restore") {
          const saved = engine.save();
          engine = engineOf(c);
          engine.restore({ ...saved, ticks: engine.save().ticks });
        } else if (step.error !== undefined) {
          throws(() => run(engine, step, baseNs), RangeError, what);
        } else run(engine, step, baseNs);
        if (step.state !== undefined) check(engine, step.state, baseNs, what);
      }
    });
  }
}

function complete(): PressureEngine {
  return new PressureEngine({
    ticks: 64,
    tickNano: 10,
    model: "complete",
    autoAnchor: false,
    strict: false,
    anchor: 100,
  });
}

Deno.test("PressureEngine in the model complete does not depend on where time is advanced", () => {
  const once = complete();
  const often = complete();
  for (const engine of [once, often]) {
    engine.update(1e9, ACTION.ADD, SIDE.BID, 1_000, 10, 1, 0, 0);
    engine.update(1e9, ACTION.ADD, SIDE.BID, 1_000, 7, 2, 0, 0);
    engine.update(1.5e9, ACTION.CANCEL, SIDE.BID, 1_000, 10, 1, 0, 0);
  }
  for (let t = 1.6e9; t < 9e9; t += 0.1e9) often.advance(t);
  once.advance(9e9);
  often.advance(9e9);
  const a = new Float64Array(64);
  const b = new Float64Array(64);
  for (let c = 0; c <= ENG.VACUUM; c++) {
    once.state.column(c, a);
    often.state.column(c, b);
    for (let i = 0; i < 64; i++) close(a[i]!, b[i]!, 1e-10, 1e-13, `column ${c} tick ${i}`);
  }
});

Deno.test("PressureEngine in the model complete lets every contract reach the velocities", () => {
  const engine = complete();
  engine.update(1e9, ACTION.ADD, SIDE.BID, 1_000, 10, 1, 0, 0);
  engine.update(1e9, ACTION.ADD, SIDE.BID, 1_000, 5, 2, 0, 0);
  engine.update(1e9, ACTION.FILL, SIDE.BID, 1_000, 3, 2, 0, 0);
  engine.update(1e9, ACTION.CANCEL, SIDE.BID, 1_000, 2, 2, 0, 0);
  const v = new Float64Array(64);
  const seen = { add: 0, pull: 0, fill: 0 };
  // The integral of each velocity over all time is the number of contracts.
  const dtS = 0.001;
  for (let t = 1e9; t < 41e9; t += dtS * 1e9) {
    engine.advance(t);
    engine.state.column(ENG.V_ADD, v);
    seen.add += v.reduce((sum, x) => sum + x, 0) * dtS;
    engine.state.column(ENG.V_PULL, v);
    seen.pull += v.reduce((sum, x) => sum + x, 0) * dtS;
    engine.state.column(ENG.V_FILL, v);
    seen.fill += v.reduce((sum, x) => sum + x, 0) * dtS;
  }
  close(seen.add, 15, 1e-3, 0, "added");
  close(seen.pull, 2, 1e-3, 0, "pulled");
  close(seen.fill, 3, 1e-3, 0, "filled");
  const { totals } = engine;
  strictEqual(totals.addedSeen / totals.added, 1);
  strictEqual(totals.pulledSeen / totals.pulled, 1);
  strictEqual(totals.filledSeen / totals.filled, 1);
});
