import { deepEqual, equal, ok } from "node:assert/strict";
import { rowsOf, valueAt } from "../../frames/mod.ts";
import { SURFACE_STREAMS } from "../../frames/surfaces/mod.ts";
import {
  chainOf,
  committedSessions,
  feed,
  FUTURE,
} from "../../../jobs/testing/vectors/surface_events.ts";
import type { Cell } from "../../../jobs/testing/vectors/tally.ts";
import { SurfaceBatches, SurfacePass } from "./mod.ts";
import { NO_CHAIN } from "../gamma/mod.ts";

const SESSIONS = committedSessions();
const CHAINS = SESSIONS.map(chainOf);

/** Rows of a batch by name of their columns; times as text. */
function rowsOfTable(batches: SurfaceBatches, name: string): Record<string, Cell>[] {
  const batch = batches.batches.get(name);
  ok(batch !== undefined, name);
  const { columns, valid } = batch.frame();
  return Array.from(
    { length: batch.count },
    (_, row) =>
      Object.fromEntries(batch.layout.columns.map((column, i) => {
        const value = valueAt(column, columns[i]!, valid[i]!, row);
        return [column.name, typeof value === "bigint" ? `${value}` : value];
      })),
  );
}

function passOver(i: number, onWindow: (pass: SurfacePass) => void): SurfacePass {
  return new SurfacePass({
    baseNs: BigInt(SESSIONS[i]!.base_ns),
    future: FUTURE,
    chain: CHAINS[i]!,
    isGenerated: true,
    onWindow,
  });
}

Deno.test("SurfaceBatches has every stream, with all of its columns", () => {
  const rows = new Map<string, number>();
  let batches: SurfaceBatches | null = null;
  const pass = passOver(0, (closed) => {
    batches ??= SurfaceBatches.ofStreams(closed);
    batches.clear();
    batches.take(closed);
    for (const [name, batch] of batches.batches) rows.set(name, rowsOf(batch.frame()));
  });
  feed(pass.windows, SESSIONS[0]!.events);
  pass.finish();
  deepEqual([...rows.keys()], SURFACE_STREAMS.map(({ name }) => name));
  for (const [name, count] of rows) {
    if (name !== "options_flow") ok(count > 0, `${name} has no row`);
  }
  equal(rows.get("physics_fields"), 802);
  equal(rows.get("exposure"), 3 * (rows.get("smile") ?? 0));
});

Deno.test("SurfacePass.restore() goes on as if it had not been interrupted", () => {
  SESSIONS.forEach(({ events }, i) => {
    const tell = (told: string[]) => (pass: SurfacePass) => {
      const batches = SurfaceBatches.ofTables(pass);
      batches.take(pass);
      told.push(
        JSON.stringify([...batches.batches.keys()].map((name) => rowsOfTable(batches, name))),
      );
    };
    const whole: string[] = [];
    const first = passOver(i, tell(whole));
    feed(first.windows, events);
    first.finish();
    const at = Math.floor(events.length / 2);
    const halves: string[] = [];
    const before = passOver(i, tell(halves));
    feed(before.windows, events.slice(0, at));
    const after = passOver(i, tell(halves));
    after.restore(structuredClone(before.save()));
    equal(after.hash(), before.hash());
    feed(after.windows, events.slice(at));
    after.finish();
    deepEqual(halves, whole);
    equal(after.hash(), first.hash());
  });
});

Deno.test("SurfacePass without options has the future alone, and says that no option book is there", () => {
  const { base_ns, events } = SESSIONS[0]!;
  let windows = 0;
  const pass = new SurfacePass({
    baseNs: BigInt(base_ns),
    future: FUTURE,
    chain: NO_CHAIN,
    isGenerated: false,
    onWindow: (closed) => {
      windows++;
      const batches = SurfaceBatches.ofTables(closed);
      batches.take(closed);
      for (const [name, { count }] of batches.batches) {
        if (/option/.test(name)) equal(count, 0, name);
      }
      const [{ quality }] = rowsOfTable(batches, "silver.future_mbo.window_stats_1s") as [
        { quality: number },
      ];
      equal(quality & (16 | 64), 16);
    },
  });
  feed(pass.windows, events);
  pass.finish();
  ok(windows > 5);
});

Deno.test("SurfacePass.list() takes other options while the future goes on", () => {
  const [{ base_ns, events }, other] = [SESSIONS[0]!, CHAINS[1]!];
  const told: string[] = [];
  const run = (chain: typeof other, next: typeof other | null) => {
    const rows: string[] = [];
    const pass = new SurfacePass({
      baseNs: BigInt(base_ns),
      future: FUTURE,
      chain,
      isGenerated: true,
      onWindow: (closed) => {
        const batches = SurfaceBatches.ofTables(closed);
        batches.take(closed);
        rows.push(JSON.stringify(rowsOfTable(batches, "silver.future_mbo.wall_surface_1s")));
        told.push(`${rowsOfTable(batches, "silver.future_option_mbo.greeks_1s").length}`);
      },
    });
    const at = Math.floor(events.length / 2);
    feed(pass.windows, events.slice(0, at));
    if (next !== null) pass.list(next);
    feed(pass.windows, events.slice(at));
    pass.finish();
    return rows;
  };
  deepEqual(run(CHAINS[0]!, other), run(CHAINS[0]!, null), "the future's rows");
  ok(told.includes(`${other.instrumentId.length}`), "and the other options'");
});
