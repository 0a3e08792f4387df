import { ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { newYorkNs } from "../../engine/clock/mod.ts";
import { openRun } from "../feeds/mod.ts";
import { DEFAULTS } from "../research/analysis/options.ts";
import { midsOf } from "../research/cone/mids.ts";
import { withTempDir } from "../testing/market_files.ts";
import { synthCommand } from "./synth.ts";

const README = fileURLToPath(new URL("../../README.md", import.meta.url));
const BIN_NS = 100_000_000n;

Deno.test("the README's session of research makes the market that it trades in, and can", async () => {
  const text = await Deno.readTextFile(README);
  const made = /lotus synth (mbo --minutes \d+) --out (\S+)\n.*lotus capture (\S+) /.exec(text);
  const [, command = "", file = "", captured] = made ?? [];
  strictEqual(captured, file);
  const times = /--mode regime --eval-start (\S+) --eval-end (\S+)\n/.exec(text);
  const [, from = "", to = ""] = times ?? [];
  await withTempDir(async (folder) => {
    const path = join(folder, file.replace(/\.zst$/, "")); // compressing it takes longest
    await synthCommand().parseAsync([...command.split(" "), "--out", path], { from: "user" });
    const run = await openRun({ source: { kind: "file", path }, instrument: "", model: null });
    const startNs = run.feed.startNs ?? 0n;
    const binOf = (clock: string) => Number((newYorkNs("2026-01-06", clock) - startNs) / BIN_NS);
    const mids = await midsOf(run, binOf(to));
    strictEqual(mids.length, binOf(to), "the file covers the times");
    const seen = mids.slice(binOf(from)).filter((mid) => !Number.isNaN(mid));
    const reach = Math.max(...seen) - Math.min(...seen);
    const { tp_ticks: wanted } = DEFAULTS.regime;
    ok(reach > 2 * wanted, `the mid goes over ${reach} ticks, a profit takes ${wanted}`);
  });
});
