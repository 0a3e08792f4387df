import { join } from "node:path";
import { compressZstd, MBO_BYTES } from "../../engine/dbn/mod.ts";
import { openRun } from "../feeds/mod.ts";
import { input } from "./engine_bench.ts";
import type { BenchRow } from "./row.ts";

type Now = () => number;

/** Copies of the sample behind one another: a file that takes a while. */
const TIMES = 20;
const TURNS = 5;
const RECORDS_PER_PULL = 20_000;
const FOREVER_NS = 1n << 64n;

async function recordsPerSecond(path: string, now: Now): Promise<number> {
  const { feed } = await openRun({ source: { kind: "file", path }, instrument: "cl", model: null });
  let records = 0;
  const sink = { mbo: ({ count }: { readonly count: number }) => void (records += count) };
  const began = now();
  while (await feed.pull(FOREVER_NS, RECORDS_PER_PULL, sink) !== "ended");
  const seconds = (now() - began) / 1_000;
  feed.close();
  return records / seconds;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

/** Times reading a compressed recording, against the same one uncompressed; both by turns. */
export async function zstdRows(now: Now): Promise<BenchRow[]> {
  const { bytes, what } = input();
  const headBytes = 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  const parts = [
    bytes.subarray(0, headBytes),
    ...new Array<Uint8Array>(TIMES).fill(bytes.subarray(headBytes)),
  ];
  const folder = await Deno.makeTempDir();
  try {
    const plain = join(folder, "bench.dbn");
    const packed = join(folder, "bench.dbn.zst");
    for (const part of parts) await Deno.writeFile(plain, part, { append: true });
    for (const part of compressZstd(parts)) await Deno.writeFile(packed, part, { append: true });
    const rates = { plain: [] as number[], packed: [] as number[] };
    for (let turn = 0; turn < TURNS; turn++) {
      rates.packed.push(await recordsPerSecond(packed, now));
      rates.plain.push(await recordsPerSecond(plain, now));
    }
    const records = (TIMES * (bytes.length - headBytes)) / MBO_BYTES;
    return [{
      name: "zstd",
      what: "read a .dbn.zst recording, decompressed ahead in a thread",
      unit: "records/s",
      measured: median(rates.packed),
      baseline: { what: "the same recording uncompressed", value: median(rates.plain) },
      reach: { bound: "at least", value: 5.5e6 },
      note: `${what} ${TIMES} times, ${records} records; the engine takes less than that`,
    }];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
