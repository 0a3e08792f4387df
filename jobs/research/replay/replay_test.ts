import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { tableFromIPC } from "apache-arrow";
import { join } from "node:path";
import {
  compressZstd,
  concatBytes,
  encodeMetadata,
  newMetadata,
  schemaId,
} from "../../../engine/dbn/mod.ts";
import { BIN_HEADER_COLUMNS, gridLayout } from "../../../engine/frames/mod.ts";
import { writeSynthFile } from "../../cli/synth_file.ts";
import { systemClock } from "../../kit/clock.ts";
import type { Market } from "../../market/market.ts";
import { openMarket } from "../../market/open.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { samplePath, sampleTest } from "../../testing/samples.ts";
import { PlaybackError, type ReplayOptions, type ReplayResult, runReplay } from "./replay.ts";

/** Hash of a market's pressure pipeline, which stands last among its stages. */
function pipelineHash(market: Pick<Market, "hash">): string | undefined {
  return market.hash().split("-").at(-1);
}

const PROJECTION = { form: "quadratic", cubicScale: 1 / 6, dampingLambda: 0 } as const;

type JsonBin = Readonly<Record<string, string | number | boolean | number[]>>;

const shared = await Deno.makeTempDir({ prefix: "replay-" });
globalThis.addEventListener("unload", () => Deno.removeSync(shared, { recursive: true }));

/** One synthetic minute, made once. */
const MINUTE = join(shared, "market.dbn");
await writeSynthFile({
  seed: 3,
  minutes: 1,
  preset: "balanced_demo",
  startNs: 1_767_709_740_000_000_000n,
  out: MINUTE,
});

/** What a replay of the whole minute gives: its summary, and its bins as they stand in the file. */
const whole = once(async () => {
  const path = join(shared, "bins.jsonl");
  const { summary, failure } = await replay(MINUTE, { bins: path });
  return { summary, failure, lines: await readJsonl(path) };
});

/** A shipped instrument with bins of five seconds and a small grid, as a file in `folder`. @returns Its path. */
async function coarse(name: string, folder: string): Promise<string> {
  const instruments = join(import.meta.dirname ?? ".", "../../../fixtures/instruments");
  const yaml = (await Deno.readTextFile(join(instruments, `${name}.yaml`)))
    .replace(/n_absolute_ticks: \d+/, "n_absolute_ticks: 401")
    .replace(/cell_width_ms: \d+/, "cell_width_ms: 5000");
  const path = join(folder, "coarse.yaml");
  await Deno.writeTextFile(path, yaml);
  return path;
}

/** Does the work when it is first asked for. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | null = null;
  return () => done ??= work();
}

/** Runs `work` with the minute in a folder that is gone afterwards. */
async function withMarket(work: (file: string, folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "replay-" });
  const file = join(folder, "market.dbn");
  try {
    await Deno.copyFile(MINUTE, file);
    await work(file, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function replay(file: string, options: Partial<ReplayOptions> = {}): Promise<ReplayResult> {
  return runReplay({
    file,
    instrument: "",
    start: null,
    date: null,
    speed: "max",
    mode: "serve",
    model: null,
    bins: null,
    projection: PROJECTION,
    clock: systemClock,
    ...options,
  });
}

async function readJsonl(path: string): Promise<readonly JsonBin[]> {
  const text = await Deno.readTextFile(path);
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** What the server's market makes of a file. */
async function marketRun(
  source: string,
  start: string | null,
  model: ReplayOptions["model"] = null,
) {
  const bins: { header: Record<string, unknown>; arrow: Uint8Array }[] = [];
  const { market } = await openMarket(
    {
      source,
      seed: 1,
      regime: null,
      plan: null,
      instrument: "",
      model,
      projection: PROJECTION,
      start,
      date: null,
      speed: "max",
      maxInFlight: 1,
    },
    systemClock,
    0,
    {
      onBin: ({ header, arrow }) => bins.push({ header: JSON.parse(header), arrow }),
      onWarning: () => {},
    },
  );
  while (!market.ended) await market.step(Number.MAX_SAFE_INTEGER);
  market.feed.close();
  return { bins, market };
}

Deno.test("runReplay() writes the bins that the server's market sends", async () => {
  const { summary, failure, lines: written } = await whole();
  const { bins, market } = await marketRun(MINUTE, null);
  equal(failure, null);
  equal(written.length, bins.length);
  ok(written.length > 590);
  equal(summary.bins, bins.length);
  equal(summary.state_hash, pipelineHash(market));
  for (const [i, { header, arrow }] of bins.entries()) {
    const mine = written[i]!;
    for (const { name } of BIN_HEADER_COLUMNS) equal(mine[name], header[name], name);
    if (i % 50 !== 0 && i < bins.length - 2) continue; // decoding every message would take long
    const table = tableFromIPC(arrow);
    for (const { name } of gridLayout(101, [100, 200, 300, 400]).columns) {
      deepEqual(mine[name], Array.from(table.getChild(name)?.toArray() ?? [], Number), name);
    }
  }
  deepEqual([...Deno.readDirSync(shared)].map(({ name }) => name).sort(), [
    "bins.jsonl",
    "market.dbn",
  ]);
});

Deno.test("runReplay() in the compat model begins after the snapshot, as the server does", async () => {
  await withMarket(async (file, folder) => {
    const out = join(folder, "bins.jsonl");
    const { summary } = await replay(file, { bins: out, model: "compat" });
    const { bins, market } = await marketRun(file, null, "compat");
    ok(market.feed.opensWithSnapshot);
    ok(market.emitAfterNs > 0);
    const written = await readJsonl(out);
    ok(written.length > 590 && written.length <= 600);
    deepEqual(
      written.map((bin) => BIN_HEADER_COLUMNS.map(({ name }) => bin[name])),
      bins.map(({ header }) => BIN_HEADER_COLUMNS.map(({ name }) => header[name])),
    );
    equal(summary.state_hash, pipelineHash(market));
  });
});

Deno.test("runReplay() writes an Arrow file with one batch per bin and the header on each row", async () => {
  await withMarket(async (file, folder) => {
    const arrow = join(folder, "bins.arrow");
    await replay(file, { bins: arrow });
    const table = tableFromIPC(await Deno.readFile(arrow));
    const { lines } = await whole();
    equal(table.batches.length, lines.length);
    deepEqual(
      table.schema.fields.map(({ name }) => name),
      [...BIN_HEADER_COLUMNS, ...gridLayout(101, [100, 200, 300, 400]).columns].map((c) => c.name),
    );
    for (let i = 0; i < lines.length; i += 97) {
      const batch = table.batches[i]!;
      const line = lines[i]!;
      equal(batch.numRows, 101);
      for (const { name, type } of BIN_HEADER_COLUMNS) {
        const values = new Set(batch.getChild(name)?.toArray() ?? []);
        if (type === "bool") equal(batch.getChild(name)?.get(100), line[name]);
        else deepEqual([...values].map(String), [String(line[name])], name);
      }
      for (const name of ["k", "rest_depth", "spectrum_score", "last_event_id"]) {
        deepEqual(Array.from(batch.getChild(name)?.toArray() ?? [], Number), line[name], name);
      }
    }
  });
});

Deno.test("runReplay() sums up what came before the damage and leaves no bins behind", async () => {
  await withMarket(async (file, folder) => {
    const bytes = await Deno.readFile(file);
    const cut = join(folder, "cut.dbn");
    await Deno.writeFile(cut, bytes.subarray(0, bytes.length - 30));
    const { summary: all } = await whole();
    const part = await replay(cut, { bins: join(folder, "bins.jsonl") });
    equal(part.summary.complete, false);
    equal(part.summary.events, all.events - 1);
    match(part.failure ?? "", /record \d+ .*truncated at byte \d+ of the stream, record \d+/);
    ok(!part.failure?.includes("\n"));
    // A length of 0 in the middle: everything before it counts.
    const broken = bytes.slice();
    const at = bytes.length - 56 * 1_000;
    const head = 8 + new DataView(bytes.buffer).getUint32(4, true);
    broken[at] = 0;
    await Deno.writeFile(cut, broken);
    const damaged = await replay(cut);
    equal(damaged.summary.events, all.events - 1_000);
    const records = (at - head) / 56;
    match(
      damaged.failure ?? "",
      new RegExp(`record-length at byte ${at} of the stream, record ${records}\\)`),
    );
    deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "cut.dbn",
      "market.dbn",
    ]);
  });
});

Deno.test("runReplay() reads a compressed file, and a cut one as far as it goes", async () => {
  await withMarket(async (file, folder) => {
    const zst = join(folder, "market.dbn.zst");
    const frames = [...compressZstd([await Deno.readFile(file)])];
    await Deno.writeFile(zst, concatBytes(frames));
    const { summary: plain } = await whole();
    equal((await replay(zst)).summary.state_hash, plain.state_hash);
    const bytes = await Deno.readFile(zst);
    await Deno.writeFile(zst, bytes.subarray(0, Math.floor(bytes.length * 0.7)));
    const { summary, failure } = await replay(zst);
    equal(summary.complete, false);
    ok(summary.events > 1_000 && summary.events < plain.events);
    match(failure ?? "", new RegExp(`truncated at byte \\d+ of the compressed file, record \\d+`));
  });
});

Deno.test("runReplay() says in one line why a path cannot be replayed", async () => {
  await withMarket(async (file, folder) => {
    const write = async (name: string, text: string) => {
      await Deno.writeTextFile(join(folder, name), text);
      return join(folder, name);
    };
    const head = encodeMetadata(
      newMetadata({ dataset: "TEST", schema: schemaId("trades"), startNs: 0n }),
    );
    await Deno.writeFile(join(folder, "trades.dbn"), head);
    const cases: readonly (readonly [Partial<ReplayOptions> & { file: string }, RegExp])[] = [
      [{ file: join(folder, "none.dbn") }, /the file does not exist/],
      [{ file: folder }, /this is a folder/],
      [{ file: await write("notes.txt", "x") }, /its name is not \*\.dbn/],
      [{ file: await write("empty.dbn", "") }, /the file is empty/],
      [{ file: await write("text.dbn", "not a market") }, /magic at byte 0/],
      [{ file: join(folder, "trades.dbn") }, /not hold market-by-order records but trades/],
      [{ file, instrument: "cl" }, /none of \d+ records is of the instrument CLX5/],
      [{ file, instrument: "", bins: join(folder, "no/bins.jsonl") }, /Cannot write bins/],
    ];
    for (const [options, why] of cases) {
      await rejects(replay(options.file, options), (error) => {
        ok(error instanceof RangeError, String(error));
        match(error.message, why);
        ok(!error.message.includes("\n"));
        return true;
      });
    }
  });
});

Deno.test("runReplay() leaves nothing behind when it is cancelled", async () => {
  await withMarket(async (file, folder) => {
    const cancel = new AbortController();
    const options: Partial<ReplayOptions> = {
      bins: join(folder, "bins.arrow"),
      signal: cancel.signal,
      onProgress: (share) => {
        ok(!cancel.signal.aborted, "it went on after the cancel");
        if (share > 0.3) cancel.abort();
      },
    };
    await rejects(
      replay(file, options),
      (error) => error instanceof PlaybackError && error.code === "cancelled",
    );
    deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["market.dbn"]);
  });
});

Deno.test("runReplay() in core mode gives the whole grid", async () => {
  await withMarket(async (file, folder) => {
    const instrument = await coarse("es", folder);
    const bins = join(folder, "core.jsonl");
    const { summary } = await replay(file, { instrument, mode: "core", bins });
    const lines = await readJsonl(bins);
    equal(lines.length, summary.bins);
    equal(lines.length, 12);
    const last = lines.at(-1)!;
    equal((last["rest_depth"] as number[]).length, 401);
    equal(last["tick_int"], "250000000");
    // The best bid of the summary must carry depth at its own row.
    const row = Number(summary.best_bid_price_int) / 250_000_000 - Number(last["tick_abs_start"]);
    ok((last["rest_depth"] as number[])[row]! > 0);
    equal(last["anchor_tick_idx"], Number(last["tick_abs_start"]) + 200);
  });
});

sampleTest("runReplay() takes the whole crude-oil file", async (dir) => {
  // In bins of five seconds: the 36,000 bins of its hour are mostly those of the daily halt.
  await withTempDir(async (folder) => {
    const instrument = await coarse("cl", folder);
    const { summary, failure } = await replay(samplePath(dir, "CLX5_mbo.dbn"), { instrument });
    equal(failure, null);
    equal(summary.events, 38_212);
    equal(summary.book_valid_at_start, true);
    equal(summary.book_valid_at_end, true);
    equal(summary.symbol, "CLX5");
  });
});

sampleTest("runReplay() with a start equals the server's market on crude oil", async (dir) => {
  const file = samplePath(dir, "CLX5_mbo.dbn");
  const { summary } = await replay(file, { start: "17:55" });
  const { bins, market } = await marketRun(file, "17:55");
  equal(summary.bins, bins.length);
  equal(summary.bins, 3_000);
  equal(summary.first_bin_ns, bins[0]?.header["bin_end_ns"]);
  equal(summary.state_hash, pipelineHash(market));
  await rejects(replay(file, { start: "09:35" }), /Cannot start at 2025-09-24 09:35/);
  await rejects(replay(file, { date: "2025-09-25" }), /Cannot replay 2025-09-25 as the file holds/);
});
