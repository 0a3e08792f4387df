import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  coreLayout,
  ENG,
  GridEncoder,
  type GridFrame,
  gridLayout,
  gridUpdate,
  GridView,
} from "../../engine/frames/mod.ts";
import type { CoreFrame } from "../../engine/pressure/mod.ts";
import { newWindowFrame } from "../../engine/pressure/serve_window.ts";
import { withTempDir } from "../testing/market_files.ts";
import { BinWriter, CoreView } from "./bins/mod.ts";
import { copyColumns } from "./datasets/copy_columns.ts";
import { DatasetWriter } from "./datasets/mod.ts";

/**
 * The pressure grid as it was stored and sent before its columns came from a layout. The Parquet hashes
 * hold for one version of the runtime's Zstandard; the others for ever.
 */
const HASHES = {
  messages: "573cca40e89b785f02f5b106841f3f42d485a0eb5d9d885e1b539dcaf7c5dddd",
  bins: "b4fb3261fd69d226117d02e4b85e7c2a006b66ca7edbf9e36ada0ffd0694f06f",
  buckets: "100a7f9e6b1346b7434fe23838d5a2d8ab1e06e496629e2260d97c9f0f3eef34",
  clean: "7a2b1c0d8dacb9ffb31669c3da3354b1ff49ead4b6d2c80f15de9ef278f1c501",
  seed: "621a6bf2f1a525ed59e5aaabff6915b29cb1843a9ba8b7a2e12679dd1ed405f5",
  arrow: "86203f4d195184cb031bc877c00c56d83d180753733c5a473ff5c1239b93feaa",
  jsonl: "f3a27a0728c308fbf5f2facfc88337144254687d7da7a57f00fd373288ed9875",
  core_arrow: "700c2abe43a6a2b034522fe8345e321cd81cedaebf37655405f0fdd32a8b0c28",
  core_jsonl: "fbaf38075d8c1d588f6741d1a7d12b81863ecb81f806b8d2f9312e49c256298d",
};

const BASE_NS = 1_770_388_200_000_000_000n;
const HORIZONS_MS = [100, 250, 1_000];
const RADIUS = 4;
const ROWS = 2 * RADIUS + 1;
const TICKS = 16;
const BINS = 57;
/** Not a divisor of the bins, so that the last row group is shorter. */
const BINS_PER_GROUP = 20;

/** Values that are the same on every machine: small multiples of 2⁻⁷ from a linear generator. */
function valuesFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return ((state >>> 16) - 32_768) / 128;
  };
}

function* gridFrames(): Generator<GridFrame> {
  const frame = newWindowFrame(BASE_NS, RADIUS, HORIZONS_MS.length);
  const value = valuesFrom(7);
  for (let bin = 0; bin < BINS; bin++) {
    frame.binStartNs = bin * 1e8;
    frame.binEndNs = frame.binStartNs + 1e8;
    frame.binSeq = bin;
    frame.binEventCount = bin % 5;
    frame.eventId = 2 ** 33 + 3 * bin;
    frame.bookValid = bin % 11 !== 3;
    frame.spotRefPriceInt = bin % 13 === 5 ? 0 : 21_250_250_000_000 + (bin % 7) * 250_000_000;
    frame.bestBidPriceInt = Math.max(0, frame.spotRefPriceInt - 250_000_000);
    frame.bestAskPriceInt = frame.spotRefPriceInt;
    frame.midPrice = frame.spotRefPriceInt === 0 ? 0 : 21_250 + (bin % 7) / 4;
    frame.spotHalfTick = bin % 2 === 0;
    for (let row = 0; row < frame.k.length; row++) {
      for (let c = 0; c <= ENG.VACUUM; c++) frame.engine[c]![row] = row === 2 ? 0 : value();
      frame.score[row] = value() / 256;
      frame.state[row] = (bin + row) % 3 - 1;
      frame.lastEventId[row] = row === 2 ? 0 : 2 ** 40 + bin * 100 + row;
      for (const column of frame.projections) column[row] = value() / 256;
    }
    yield frame;
  }
}

function* coreFrames(): Generator<CoreFrame> {
  const value = valuesFrom(11);
  for (let bin = 0; bin < 9; bin++) {
    yield {
      binStartNs: bin * 1e8,
      binEndNs: (bin + 1) * 1e8,
      baseNs: BASE_NS,
      binSeq: bin,
      binEventCount: bin,
      eventId: 4 * bin,
      anchorTick: bin === 0 ? -1 : 85_000,
      tickNano: 250_000_000,
      firstTick: bin === 0 ? 0 : 85_000 - TICKS / 2,
      bookValid: bin > 1,
      columns: Array.from(
        { length: ENG.VACUUM + 1 },
        () => Float64Array.from({ length: TICKS }, value),
      ),
      lastEventId: Float64Array.from({ length: TICKS }, (_, i) => 2 ** 34 * i + bin),
    };
  }
}

function fileHash(path: string): string {
  return createHash("sha256").update(Deno.readFileSync(path)).digest("hex");
}

Deno.test("GridEncoder and gridUpdate() give the bytes that they always gave", () => {
  const encoder = new GridEncoder(ROWS, HORIZONS_MS);
  const hash = createHash("sha256");
  for (const frame of gridFrames()) {
    hash.update(JSON.stringify(gridUpdate(frame, frame.binSeq % 4 !== 0)));
    hash.update(encoder.encode(frame));
  }
  strictEqual(hash.digest("hex"), HASHES.messages);
});

for (const encoded of [false, true]) {
  const how = encoded ? "as they go to pages" : "as the engine makes them";
  Deno.test(`DatasetWriter writes the files that it always wrote, of bins ${how}`, async () => {
    await withTempDir(async (folder) => {
      const writer = new DatasetWriter({
        folder,
        layout: gridLayout(ROWS, HORIZONS_MS),
        flushBins: BINS_PER_GROUP,
        input: null,
        encoded,
      });
      const encoder = new GridEncoder(ROWS, HORIZONS_MS);
      for (const frame of gridFrames()) {
        if (!encoded) writer.add(frame);
        else writer.addEncoded(JSON.stringify(gridUpdate(frame, true)), encoder.encode(frame));
        await writer.ready();
      }
      const { bins, buckets } = await writer.finish();
      deepStrictEqual([bins.sha256, buckets.sha256], [HASHES.bins, HASHES.buckets]);
      if (encoded) return;
      const source = join(folder, "buckets.parquet.partial");
      const seed = ["ts_ns", "bin_seq", "k", ...HORIZONS_MS.map((ms) => `proj_score_h${ms}`)];
      const clean = gridLayout(ROWS, []);
      const names = [...clean.header, ...clean.columns].map(({ name }) => name);
      const copies = [
        await copyColumns(source, join(folder, "clean"), new Set(names)),
        await copyColumns(source, join(folder, "seed"), new Set(seed)),
      ];
      deepStrictEqual(copies.map(({ sha256 }) => sha256), [HASHES.clean, HASHES.seed]);
    });
  });
}

for (const format of ["arrow", "jsonl"] as const) {
  Deno.test(`BinWriter writes the .${format} files that it always wrote`, async () => {
    await withTempDir((folder) => {
      const grid = join(folder, `grid.${format}`);
      const layout = gridLayout(ROWS, HORIZONS_MS);
      const served = new BinWriter(grid, layout);
      const window = new GridView(layout);
      for (const frame of gridFrames()) served.write(window.of(frame));
      served.commit();
      const core = join(folder, `core.${format}`);
      const full = new BinWriter(core, coreLayout(TICKS));
      const ticks = new CoreView(TICKS);
      for (const frame of coreFrames()) full.write(ticks.of(frame));
      full.commit();
      deepStrictEqual(
        [fileHash(grid), fileHash(core)],
        [HASHES[format], HASHES[`core_${format}`]],
      );
      return Promise.resolve();
    });
  });
}
