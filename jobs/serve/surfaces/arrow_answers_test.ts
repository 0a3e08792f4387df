import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { tableFromIPC } from "apache-arrow";
import { FIRST_END_NS } from "../../testing/scripted_surfaces.ts";
import { SurfaceReader } from "../../testing/surface_reader.ts";
import { SurfaceRig } from "../../testing/surface_rig.ts";

const SECOND_NS = 1_000_000_000n;
const endOf = (k: number) => FIRST_END_NS + BigInt(k) * SECOND_NS;

/** Runs `fn` with a market that has closed so many windows. */
async function withRig(windows: number, fn: (rig: SurfaceRig) => Promise<void>): Promise<void> {
  const rig = new SurfaceRig();
  rig.close(windows);
  try {
    await fn(rig);
  } finally {
    await rig.stop();
  }
}

async function read(rig: SurfaceRig, path: string) {
  const response = await fetch(rig.url + path);
  strictEqual(response.status, 200, path);
  strictEqual(response.headers.get("content-type"), "application/vnd.apache.arrow.stream");
  const head = Object.fromEntries(
    ["symbol", "dt", "start-ts-ns", "end-ts-ns", "windows"].map((name) => [
      name,
      response.headers.get(`x-hud-${name}`),
    ]),
  );
  return { head, table: tableFromIPC(new Uint8Array(await response.arrayBuffer())) };
}

Deno.test("/v1/hud/bootstrap gives the snapshots of the windows that are kept", async () => {
  await withRig(200, async (rig) => {
    const { head, table } = await read(rig, "/v1/hud/bootstrap?symbol=ES&dt=2026-01-06");
    deepStrictEqual(head, {
      symbol: "ESH6",
      dt: "2026-01-06",
      "start-ts-ns": String(endOf(0)),
      "end-ts-ns": String(endOf(199)),
      windows: "200",
    });
    const ends = [...table.getChild("window_end_ts_ns") ?? []];
    deepStrictEqual(ends, Array.from({ length: 200 }, (_, i) => endOf(i)));
    const spots = [...table.getChild("spot_ref_price_int") ?? []];
    ok(spots.every((spot) => Number(spot) % 5e9 === 0));
    const part = await read(rig, `/v1/hud/bootstrap?end_ts_ns=${endOf(9)}`);
    strictEqual(part.head["windows"], "10");
  });
});

Deno.test("/v1/hud/surfaces gives one surface of a stretch, as the stream sends it", async () => {
  await withRig(200, async (rig) => {
    const range = `start_ts_ns=${endOf(20)}&end_ts_ns=${endOf(24)}`;
    const { head, table } = await read(rig, `/v1/hud/surfaces?surface=wall&${range}`);
    deepStrictEqual([head["windows"], table.batches.length, table.numRows], ["5", 5, 30]);
    const query = `dt=2026-01-06&surfaces=wall&start_ts_ns=${endOf(20)}&speed=0`;
    const reader = new SurfaceReader(`${rig.wsUrl}/v1/hud/stream?${query}`);
    const first = (await reader.next()).tables.get("wall");
    deepStrictEqual(table.batches[0]?.toArray().map(String), first?.toArray().map(String));
    await reader.stream.close();
    const all = await read(rig, `/v1/hud/surfaces?surface=wall&${range}&ext=1&anchor=spot`);
    ok(all.table.schema.fields.length > table.schema.fields.length);
  });
});

Deno.test("surfaces over REST refuse with 400 what is unknown, and 404 what is not there", async () => {
  await withRig(3, async (rig) => {
    const cases: readonly [string, number][] = [
      ["surfaces", 400],
      ["surfaces?surface=walls", 400],
      ["surfaces?surface=toString", 400],
      ["surfaces?surface=snap&start_ts_ns=x", 400],
      ["surfaces?surface=snap&ext=2", 400],
      ["surfaces?surface=snap&symbol=NQH6", 404],
      ["surfaces?surface=snap&dt=2026-01-05", 404],
      [`surfaces?surface=snap&start_ts_ns=${endOf(3)}`, 404],
      [`surfaces?surface=snap&start_ts_ns=${endOf(2)}&end_ts_ns=${endOf(1)}`, 404],
      ["bootstrap?end_ts_ns=1", 404],
      ["bootstrap?symbol=NQH6", 404],
    ];
    for (const [path, status] of cases) {
      const response = await fetch(`${rig.url}/v1/hud/${path}`);
      strictEqual(response.status, status, path);
      strictEqual(typeof (await response.json()).error, "string");
    }
  });
  await withRig(0, async (rig) => {
    const response = await fetch(`${rig.url}/v1/hud/bootstrap`);
    strictEqual(response.status, 404);
    await response.body?.cancel();
  });
});
