import { deepEqual, equal, ok } from "node:assert/strict";
import { rowsOf, valueAt } from "../../frames/mod.ts";
import { SURFACE_STREAMS } from "../../frames/surfaces/mod.ts";
import { goldenSessions } from "../gamma/testing/sessions.ts";
import { type Cell, feed, readVectors, type VectorEvent } from "../testing/vectors.ts";
import { SurfaceBatches, SurfacePass } from "./mod.ts";

type Rows = readonly (readonly Cell[])[];

interface Session {
  readonly name: string;
  readonly base_ns: string;
  readonly events: readonly VectorEvent[];
  readonly windows: readonly (
    & Readonly<Record<"net_velocity" | "gex" | "gex_flow" | "radar" | "greeks" | "velocity", Rows>>
    & { readonly summary: Readonly<Record<string, number | null>> | null }
  )[];
}

const { columns: COLUMNS, sessions: SESSIONS } = readVectors<
  { columns: Record<string, string[]>; sessions: readonly Session[] }
>("options-sessions.json.gz");
const CHAINS = goldenSessions().map(({ chain }) => chain);
const FUTURE = { instrumentId: 0, tickNano: 250_000_000 };

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

/**
 * Rows of a golden table in the order of the table, each column within a share of its largest value of the
 * session.
 */
function checkTable(
  actual: readonly Record<string, Cell>[],
  names: readonly string[],
  { expected, session, share }: {
    readonly expected: Rows;
    readonly session: Rows;
    readonly share: number;
  },
  where: string,
): void {
  equal(actual.length, expected.length, `rows of ${where}`);
  names.forEach((name, c) => {
    const most = Math.max(1e-6, ...session.map((row) => Math.abs(Number(row[c] ?? 0)) || 0));
    expected.forEach((row, r) => {
      const [found, wanted] = [actual[r]?.[name], row[c] ?? null];
      const isSame = typeof found === "number" && typeof wanted === "number"
        ? Math.abs(found - wanted) <= share * most
        : found === wanted;
      ok(isSame, `${where} row ${r} ${name}: ${found}, expected ${wanted}`);
    });
  });
}

Deno.test("SurfacePass makes the golden tables of every session from its records", () => {
  SESSIONS.forEach(({ name, events, windows }, i) => {
    let window = 0;
    let batches: SurfaceBatches | null = null;
    let streams: SurfaceBatches | null = null;
    const pass = passOver(i, (closed) => {
      batches ??= SurfaceBatches.ofTables(closed);
      streams ??= SurfaceBatches.ofStreams(closed);
      for (const each of [batches, streams]) {
        each.clear();
        each.take(closed);
      }
      const golden = windows[window]!;
      const check = (table: string, key: keyof Session["windows"][number], share: number) => {
        // One column of the golden flow is of the stream alone.
        const extra = key === "gex_flow" ? rowsOfTable(streams!, key) : [];
        const rows = rowsOfTable(batches!, table).map((row, r) => ({ ...row, ...extra[r] }));
        const session = windows.flatMap((each) => each[key] as Rows);
        const expected = golden[key] as Rows;
        const where = `${name} window ${window} ${table}`;
        checkTable(rows, COLUMNS[key]!, { expected, session, share }, where);
      };
      check("silver.future_option_mbo.gex_surface_1s", "gex", 1e-6);
      check("silver.future_option_mbo.gex_flow_surface_1s", "gex_flow", 1e-12);
      check("silver.future_mbo.bucket_radar_surface_1s", "radar", 1e-6);
      check("silver.future_option_mbo.greeks_1s", "greeks", 1e-6);
      check("gold.future_option_mbo.net_velocity_1s", "net_velocity", 1e-12);
      const [summary] = rowsOfTable(batches, "gold.future_option_mbo.gex_summary_1s");
      equal(summary === undefined, golden.summary === null);
      window++;
    });
    feed(pass.windows, events);
    pass.finish();
    equal(window, windows.length);
  });
});

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
  const chain = {
    instrumentId: new Float64Array(),
    isCall: new Uint8Array(),
    strikeInt: new Float64Array(),
    openInterest: new Float64Array(),
    expirationNs: 0n,
    symbols: [],
  };
  let windows = 0;
  const pass = new SurfacePass({
    baseNs: BigInt(base_ns),
    future: FUTURE,
    chain,
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
