import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { type ReplayOptions, runReplay } from "../research/replay/mod.ts";
import { parquetRows } from "./parquet_rows.ts";

/** One bin as the replay command writes it: header fields, then columns as arrays. */
export type ReplayedBin = Readonly<Record<string, unknown>>;

/** Bins of a file as the replay command writes them, by code that knows nothing of datasets. */
export async function replayedBins(
  options: Omit<ReplayOptions, "mode" | "speed" | "bins">,
  folder: string,
): Promise<readonly ReplayedBin[]> {
  const bins = join(folder, "replayed.jsonl");
  const { onProgress: _unused, ...rest } = options;
  await runReplay({ ...rest, mode: "serve", speed: "max", bins });
  const text = await Deno.readTextFile(bins);
  await Deno.remove(bins);
  return text.trimEnd().split("\n").map((line) => JSON.parse(line) as ReplayedBin);
}

/** A stored value as the replay writes it: 64-bit times and prices as text, counters as numbers. */
function plain(value: unknown, like: unknown): unknown {
  if (value === 0) return 0; // JSON has no negative zero
  if (typeof value !== "bigint") return value;
  return typeof like === "string" ? value.toString() : Number(value);
}

/** Checks that a dataset's folder holds exactly these bins, value by value. */
export async function assertStored(
  folder: string,
  expected: readonly ReplayedBin[],
): Promise<void> {
  const bins = await parquetRows(join(folder, "bins.parquet"));
  const buckets = await parquetRows(join(folder, "buckets.parquet"));
  strictEqual(bins.length, expected.length);
  const rows = buckets.length / bins.length;
  strictEqual(rows % 2, 1);
  expected.forEach((bin, i) => {
    const own = buckets.slice(i * rows, (i + 1) * rows);
    strictEqual(Object.keys(own[0] ?? {}).length, Object.keys(bin).length);
    for (const [name, value] of Object.entries(bin)) {
      const columnar = Array.isArray(value);
      const like = columnar ? value[0] : value;
      const stored = own.map((row) => plain(row[name], like));
      deepStrictEqual(
        stored,
        columnar ? value : new Array(rows).fill(value),
        `${name} of bin ${i}`,
      );
      if (!columnar) strictEqual(plain(bins[i]?.[name], like), value, `${name} of bin ${i}`);
    }
  });
}
