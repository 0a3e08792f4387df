import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Table } from "apache-arrow";
import { SURFACE_NAMES } from "../../market/mod.ts";
import { settle } from "../../testing/manual_clock.ts";
import { HANDSHAKE } from "../../testing/socket_suite.ts";
import { StreamReader } from "../../testing/stream_reader.ts";
import { SurfaceReader } from "../../testing/surface_reader.ts";
import { SurfaceRig } from "../../testing/surface_rig.ts";

/** Runs `fn` with a market whose windows it makes. */
async function withRig(
  fn: (rig: SurfaceRig) => Promise<void>,
  options: ConstructorParameters<typeof SurfaceRig>[0] = {},
): Promise<void> {
  const rig = new SurfaceRig(options);
  try {
    await fn(rig);
  } finally {
    await rig.stop();
  }
}

/** Columns of section 13.4 of the protocol, as Arrow names their types. */
const END = "window_end_ts_ns Int64";
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  snap: [END, "mid_price Float64", "spot_ref_price_int Int64", "book_valid Bool"],
  velocity: [
    END,
    "spot_ref_price_int Int64",
    "rel_ticks Int32",
    "side Utf8",
    "liquidity_velocity Float64",
  ],
  options: [END, "spot_ref_price_int Int64", "rel_ticks Int32", "liquidity_velocity Float64"],
  wall: [END, "rel_ticks Int32", "side Utf8", "depth_qty_rest Float64"],
  vacuum: [END, "rel_ticks Int32", "vacuum_score Float64"],
  physics: [END, "rel_ticks Int32", "physics_score Float64", "physics_score_signed Float64"],
  gex: [
    END,
    "strike_points Float64",
    "spot_ref_price_int Int64",
    "rel_ticks Int32",
    ...[
      "underlying_spot_ref",
      "gex_call_abs",
      "gex_put_abs",
      "gex_abs",
      "gex",
      "gex_imbalance_ratio",
      "d1_gex_abs",
      "d2_gex_abs",
      "d3_gex_abs",
      "d1_gex",
      "d2_gex",
      "d3_gex",
      "d1_gex_imbalance_ratio",
      "d2_gex_imbalance_ratio",
      "d3_gex_imbalance_ratio",
    ].map((name) => `${name} Float64`),
  ],
  bucket_radar: [
    END,
    "bucket_rel Int32",
    "blocked_level Int32",
    "cavitation Float64",
    "gex_stiffness Float64",
    "mobility Float64",
  ],
  gex_flow: [
    END,
    "strike_points Float64",
    "spot_ref_price_int Int64",
    "rel_ticks Int32",
    ...[
      "flow_abs",
      "flow_reinforce",
      "flow_abs_norm",
      "flow_reinforce_norm",
      "pull_rest_intensity",
      "pull_rest_intensity_norm",
      "add_qty_sum",
      "pull_qty_sum",
      "fill_qty_sum",
      "pull_rest_qty_sum",
      "depth_total_sum",
    ].map((name) => `${name} Float64`),
  ],
  options_wall: [
    END,
    "instrument_id Int64",
    "side Utf8",
    "price_int Int64",
    "depth_total Int64",
    "pull_rest_qty Int64",
  ],
  options_flow: [
    END,
    "instrument_id Int64",
    "side Utf8",
    "price_int Int64",
    "add_qty Int64",
    "pull_qty Int64",
    "fill_qty Int64",
  ],
};

const HUD = ["snap", "wall", "vacuum", "physics", "gex", "bucket_radar"];

function columnsOf(table: Table | undefined): readonly string[] {
  return table?.schema.fields.map(({ name, type }) => `${name} ${type}`) ?? [];
}

function columnOf(table: Table | undefined, name: string): readonly unknown[] {
  return [...table?.getChild(name) ?? []];
}

Deno.test("both streams send their default surfaces, columns and types", async () => {
  await withRig(async (rig) => {
    let newest = rig.close(3);
    const expected = [["velocity", ["snap", "velocity", "options"]], ["hud", HUD]] as const;
    for (const [path, names] of expected) {
      const reader = new SurfaceReader(`${rig.wsUrl}/v1/${path}/stream`);
      const batch = await reader.next();
      strictEqual(batch.endNs, String(newest));
      deepStrictEqual(batch.before, []);
      deepStrictEqual(batch.names, names);
      for (const name of names) {
        deepStrictEqual(columnsOf(batch.tables.get(name)), COLUMNS[name], name);
      }
      deepStrictEqual(columnOf(batch.tables.get("snap"), "window_end_ts_ns"), [newest]);
      ok(batch.tables.get("snap")?.schema.fields.every(({ nullable }) => nullable));
      const own = path === "hud" ? { window_end_ts_ns: batch.endNs } : {};
      deepStrictEqual(
        batch.headers,
        names.map((surface) => ({ type: "surface_header", surface, ...own })),
      );
      newest = rig.close(1);
      strictEqual((await reader.next()).endNs, String(newest));
      await reader.stream.close();
    }
  });
});

Deno.test("surfaces= sends those alone, once each and in the order of the protocol", async () => {
  await withRig(async (rig) => {
    rig.close(1);
    const url = (names: string) => `${rig.wsUrl}/v1/velocity/stream?surfaces=${names}`;
    const reader = new SurfaceReader(url("options_flow,wall,gex_flow,%20snap,wall,options_wall"));
    const batch = await reader.next();
    deepStrictEqual(batch.names, ["snap", "wall", "gex_flow", "options_wall", "options_flow"]);
    for (const name of batch.names) {
      deepStrictEqual(columnsOf(batch.tables.get(name)), COLUMNS[name], name);
    }
    await reader.stream.close();
    for (const names of ["", ",", " "]) {
      const empty = new SurfaceReader(url(names));
      deepStrictEqual((await empty.next()).names, ["snap", "velocity", "options"]);
      await empty.stream.close();
    }
    const every = new SurfaceReader(url(`${SURFACE_NAMES.toReversed()}&ext=1`));
    deepStrictEqual((await every.next()).names, SURFACE_NAMES);
    await every.stream.close();
  });
});

Deno.test("ext=1 adds columns and texts, of which ext=0 says nothing", async () => {
  await withRig(async (rig) => {
    rig.close(1);
    const url = `${rig.wsUrl}/v1/hud/stream?surfaces=wall,vacuum,options`;
    const plain = new SurfaceReader(url);
    const extended = new SurfaceReader(`${url}&ext=1`);
    const [without, more] = [await plain.next(), await extended.next()];
    plain.stream.send('{"type":"pause"}');
    extended.stream.send("");
    for (const name of ["wall", "vacuum", "options"]) {
      const [base, all] = [columnsOf(without.tables.get(name)), columnsOf(more.tables.get(name))];
      deepStrictEqual(base, COLUMNS[name]);
      deepStrictEqual(all.slice(0, base.length), base);
      ok(all.length > base.length, name);
    }
    deepStrictEqual(more.before.map(({ type }) => type), ["status", "status"]);
    const told = more.before.map((status) =>
      ["options", "symbol", "tick_int"].map((name) => Reflect.get(status, name))
    );
    deepStrictEqual(told, [[null, null, null], [true, "ESH6", 250_000_000]]);
    const end = await extended.stream.next();
    deepStrictEqual(end, { type: "batch_end", window_end_ts_ns: more.endNs });
    // What was said to the other stream before this answer has been heard as well.
    ok(typeof Reflect.get(await extended.stream.until(() => true), "error") === "string");
    rig.close(2);
    deepStrictEqual([(await plain.next()).before, (await plain.next()).before], [[], []]);
    await Promise.all([plain.stream.close(), extended.stream.close()]);
  });
});

Deno.test("a bad query closes with 1008, missing data with 4404, before any message", async () => {
  await withRig(async (rig) => {
    rig.close(1);
    const cases: readonly [string, number, RegExp][] = [
      ["surfaces=walls", 1008, /^surfaces must name some of snap, wall, /],
      ["surfaces=snap,toString", 1008, /^surfaces /],
      ["speed=-1", 1008, /^speed must be 0 to 1000$/],
      ["speed=NaN", 1008, /^speed /],
      ["speed=Infinity", 1008, /^speed /],
      ["speed=1001", 1008, /^speed /],
      ["speed=", 1008, /^speed /],
      ["skip_minutes=-1", 1008, /^skip_minutes /],
      ["skip_minutes=1.5", 1008, /^skip_minutes /],
      ["start_ts_ns=1e18", 1008, /^start_ts_ns /],
      ["dt=2026-02-30", 1008, /^dt must be a date YYYY-MM-DD or live$/],
      ["dt=today", 1008, /^dt /],
      ["symbol=", 1008, /^symbol /],
      ["anchor=mid", 1008, /^anchor must be spot or strike$/],
      ["ext=2", 1008, /^ext must be 0 or 1$/],
      ["ext=1&ext=1", 1008, /^ext must be given once$/],
      ["__proto__=1", 1008, /^__proto__ is no parameter/],
      ["symbol=NQH6", 4404, /^symbol must be ESH6 or its root: NQH6$/],
      ["symbol=E", 4404, /^symbol /],
      ["dt=2026-01-07", 4404, /^dt has no data, as the market's is 2026-01-06: 2026-01-07$/],
    ];
    for (const path of ["velocity", "hud"]) {
      for (const [query, code, reason] of cases) {
        const reader = new StreamReader(`${rig.wsUrl}/v1/${path}/stream?${query}`);
        strictEqual(await reader.next(), null, query);
        const closed = await reader.closed();
        strictEqual(closed[0], code, query);
        ok(reason.test(closed[1]), `${query}: ${closed[1]}`);
      }
    }
    for (const query of ["symbol=ESH6", "symbol=ES&dt=live", "symbol=ES&speed=0.5"]) {
      const reader = new SurfaceReader(`${rig.wsUrl}/v1/hud/stream?${query}`);
      deepStrictEqual((await reader.next()).names, HUD);
      await reader.stream.close();
    }
    ok(!rig.logLines.some((line) => line.includes("stream_failed")));
  });
});

Deno.test("pages of other sites get no socket", async () => {
  await withRig(async (rig) => {
    for (const path of ["velocity", "hud"]) {
      const headers = { ...HANDSHAKE, origin: "https://evil.example" };
      const response = await fetch(`${rig.url}/v1/${path}/stream`, { headers });
      strictEqual(response.status, 403);
      strictEqual((await response.json()).code, "foreign_origin");
    }
  });
});

Deno.test("rows of the future move to the anchor asked for; those of strikes have their own", async () => {
  await withRig(async (rig) => {
    rig.close(1);
    const open = (path: string, anchor = "") =>
      new SurfaceReader(
        `${rig.wsUrl}/v1/${path}/stream?surfaces=snap,velocity,bucket_radar,options,gex${anchor}`,
      );
    const readers = [open("velocity"), open("hud"), open("velocity", "&anchor=strike")];
    const [spot, strike, asked] = await Promise.all(readers.map((reader) => reader.next()));
    deepStrictEqual(strike?.arrows, asked?.arrows);
    const ref = (of: typeof spot, name: string) =>
      Number(columnOf(of?.tables.get(name), "spot_ref_price_int")[0]);
    const prices = (of: typeof spot, name: string) =>
      columnOf(of?.tables.get(name), "rel_ticks").map((tick) =>
        ref(of, name) + Number(tick) * 250_000_000
      );
    ok(ref(spot, "snap") % 5e9 !== 0 && ref(strike, "snap") % 5e9 === 0);
    strictEqual(ref(strike, "velocity"), ref(strike, "snap"));
    deepStrictEqual(prices(strike, "velocity"), prices(spot, "velocity"));
    for (const name of ["options", "gex"]) {
      strictEqual(ref(spot, name), ref(strike, "snap"));
      deepStrictEqual(prices(strike, name), prices(spot, name));
    }
    const buckets = (of: typeof spot) =>
      columnOf(of?.tables.get("bucket_radar"), "bucket_rel").map((bucket) =>
        Number(bucket) + Math.floor(ref(of, "snap") / 250_000_000 / 2)
      );
    deepStrictEqual(buckets(strike), buckets(spot));
    await Promise.all(readers.map((reader) => reader.stream.close()));
  });
});

Deno.test("rows more than 400 ticks from the anchor stay away", async () => {
  await withRig(async (rig) => {
    rig.close(1);
    for (const anchor of ["spot", "strike"]) {
      const reader = new SurfaceReader(
        `${rig.wsUrl}/v1/hud/stream?surfaces=wall,physics&anchor=${anchor}`,
      );
      const { tables } = await reader.next();
      for (const name of ["wall", "physics"]) {
        const ticks = columnOf(tables.get(name), "rel_ticks").map(Number);
        deepStrictEqual([Math.min(...ticks), Math.max(...ticks)], [-400, 400], anchor);
        strictEqual(ticks.length, 801);
      }
      await reader.stream.close();
    }
  }, { sizes: { levels: 1_200, options: 2 } });
});

Deno.test("a market without options has empty surfaces of options, and says so", async () => {
  await withRig(async (rig) => {
    rig.close(1);
    const names = "snap,gex,options,options_wall,gex_summary,window_stats";
    const reader = new SurfaceReader(`${rig.wsUrl}/v1/hud/stream?ext=1&surfaces=${names}`);
    const batch = await reader.next();
    deepStrictEqual(batch.before.map((text) => Reflect.get(text, "options")), [null, false]);
    for (const name of ["gex", "options", "options_wall", "gex_summary"]) {
      strictEqual(batch.tables.get(name)?.numRows, 0, name);
    }
    deepStrictEqual(columnsOf(batch.tables.get("gex")), COLUMNS["gex"]);
    strictEqual(batch.tables.get("snap")?.numRows, 1);
    await reader.stream.close();
  }, { hasOptions: false });
});

Deno.test("fifty clients share one encoding, and nobody makes none", async () => {
  await withRig(async (rig) => {
    const { encoder } = rig.host;
    rig.close(5);
    strictEqual(encoder.encoded, 0);
    const url = `${rig.wsUrl}/v1/hud/stream`;
    const readers = Array.from({ length: 50 }, () => new SurfaceReader(url));
    const first = await Promise.all(readers.map((reader) => reader.next()));
    strictEqual(encoder.encoded, HUD.length);
    for (const batch of first) deepStrictEqual(batch.arrows, first[0]?.arrows);
    const end = rig.close(1);
    const second = await Promise.all(readers.map((reader) => reader.next()));
    ok(second.every(({ endNs }) => endNs === String(end)));
    strictEqual(encoder.encoded, 2 * HUD.length);
    strictEqual(rig.followers, 50);
    await Promise.all(readers.map((reader) => reader.stream.close()));
    await settle(() => rig.followers === 0);
  });
});
