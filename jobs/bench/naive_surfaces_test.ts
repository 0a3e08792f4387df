import { equal, ok } from "node:assert/strict";
import { NaiveReader } from "./naive_surfaces.ts";
import { SurfaceReader } from "./surface_reader.ts";
import { decodeFile, sessionFile } from "./surface_session.ts";

Deno.test("NaiveReader finds the depth and the gamma of SurfaceReader", () => {
  const file = sessionFile(3);
  const naive = new NaiveReader(file);
  const reader = new SurfaceReader(file, true);
  decodeFile(file.bytes, (block) => naive.take(block));
  decodeFile(file.bytes, (block) => reader.pass.take(block));
  naive.finish();
  reader.pass.finish();
  const { gamma: { summary }, levels: { rows } } = reader.pass;
  equal(naive.windows, 3);
  equal(reader.windows, 3);
  equal(naive.depth, rows.depthQtyEnd.subarray(0, rows.count).reduce((a, b) => a + b));
  ok(naive.depth > 1_000 && Math.abs(summary.gexTotal) > 1);
  ok(Math.abs(naive.gexTotal / summary.gexTotal - 1) < 1e-9);
  ok(reader.sentBytes > 3 * 20_000 && naive.sentChars > 0);
});
