import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { basename, join } from "node:path";
import { checkComplete, publishDataset, verifyDataset } from "../datasets/mod.ts";
import { createLogger, Hub } from "../../kit/mod.ts";
import { MarketSession } from "../../market/mod.ts";
import { systemClock } from "../../kit/clock.ts";
import { captureOptions, marketFile } from "../../testing/captured.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { assertStored, replayedBins } from "../../testing/replayed_bins.ts";
import { Recorder } from "./recorder.ts";

const LOG = createLogger("test", {
  level: "error",
  human: false,
  now: () => new Date(0),
  write: () => {},
});

/** A session that replays a file, a recorder of it, and both gone afterwards. */
async function withRecorder(
  folder: string,
  fn: (recorder: Recorder, session: MarketSession, file: string) => Promise<void>,
  freeBytes: () => number = () => 1e12,
): Promise<void> {
  const file = await marketFile(folder, 60);
  const { projection } = captureOptions(file, "");
  const session = new MarketSession({
    source: file,
    seed: 1,
    regime: null,
    plan: null,
    instrument: "",
    model: null,
    projection,
    date: null,
    start: null,
    speed: 10,
    maxInFlight: 256,
  }, { hub: new Hub(), log: LOG, nowMs: () => systemClock.nowMs(), autoAck: true });
  const recorder = new Recorder({
    dataDir: folder,
    session,
    log: LOG,
    nowMs: () => systemClock.nowMs(),
    now: () => new Date(0),
    freeBytes,
  });
  try {
    await session.opened();
    await bins(session, 1);
    await fn(recorder, session, file);
  } finally {
    await recorder.close();
    session.stop();
  }
}

/** Resolves when that many more bins have come. */
function bins(session: MarketSession, count: number): Promise<void> {
  const goal = session.totals.bins + count;
  return new Promise((resolve) => {
    const end = session.events.subscribe(() => {
      if (session.totals.bins < goal) return;
      end();
      resolve();
    });
  });
}

/** Resolves when the recording has ended by itself. */
async function ended(recorder: Recorder, session: MarketSession): Promise<void> {
  const runs = () => ["recording", "finishing"].includes(recorder.status().phase);
  while (runs()) await bins(session, 1);
}

function manifestOf(folder: string): string {
  return Deno.readTextFileSync(join(folder, "manifest.json"));
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("Recorder stores the bins of a running feed as a whole dataset", async () => {
  await withTempDir(async (folder) => {
    await withRecorder(folder, async (recorder, session, file) => {
      strictEqual(recorder.start("live1").phase, "recording");
      throws(() => recorder.start(null), { code: "busy" });
      await bins(session, 60);
      const status = await recorder.stop();
      strictEqual(status.phase, "done");
      strictEqual(status.folder, "recordings/live1");
      ok(status.bins >= 60 && status.bytes > 100_000);
      await rejects(recorder.stop(), { code: "idle" });
      throws(() => recorder.start("live1"), { code: "exists" });
      const dir = join(folder, "recordings/live1");
      checkComplete(dir);
      const all = await replayedBins({ ...captureOptions(file, dir), start: null }, folder);
      const { provenance, first_bin_ts_ns } = JSON.parse(manifestOf(dir));
      deepStrictEqual(provenance, { kind: "SYNTHETIC REPLAY", source: basename(file) });
      const first = BigInt(first_bin_ts_ns);
      const from = all.findIndex((bin) => BigInt(String(bin["ts_ns"])) === first);
      ok(from >= 0);
      await assertStored(dir, all.slice(from, from + status.bins));
      const root = join(folder, "research");
      const options = { sourceDir: dir, datasetId: null, root, agents: [], now: () => new Date(0) };
      strictEqual((await publishDataset(options)).rows.bins, status.bins);
      strictEqual(verifyDataset(root, "live1").ok, true);
      Deno.chmodSync(join(root, "vp_immutable/live1"), 0o755);
    });
  });
});

Deno.test("Recorder ends as a whole dataset when the feed is moved", async () => {
  await withTempDir(async (folder) => {
    await withRecorder(folder, async (recorder, session) => {
      const { name } = recorder.start(null);
      ok(/^ESH6-20260310-0930\d\d$/.test(name ?? ""), name ?? "");
      await bins(session, 20);
      await session.command({ op: "seek", tsNs: session.state?.startNs ?? "0" });
      await ended(recorder, session);
      const status = recorder.status();
      deepStrictEqual([status.phase, status.message], ["done", "the feed was switched or moved"]);
      checkComplete(join(folder, "recordings", name ?? ""));
    });
  });
});

Deno.test("Recorder refuses on a full disk, and leaves nothing of a recording without bins", async () => {
  await withTempDir(async (folder) => {
    let free = 0;
    await withRecorder(folder, async (recorder, session) => {
      throws(() => recorder.start("a"), { code: "disk_full" });
      free = 1e12;
      await session.command({ op: "pause" });
      recorder.start("a");
      const status = await recorder.stop();
      strictEqual(status.phase, "failed");
      deepStrictEqual(names(join(folder, "recordings")), []);
      throws(() => recorder.start("../a"), { code: "bad_name" });
    }, () => free);
  });
});
