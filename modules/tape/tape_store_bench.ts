import { sampleRecord } from "../../jobs/testing/tape_records.ts";
import { TapeStore } from "./tape_store.ts";
import { storedRows } from "./stored_row.ts";

/** Rows of one batch: what 100 ms of the firehose give, in the proportions of the live tape. */
function batchOf(n: number) {
  const ts = 1_768_401_000_000 + n * 100;
  const at = (count: number, i: number) => [ts + Math.floor(i / 2), n * count + i] as const;
  return {
    nbbo: Array.from({ length: 110 }, (_, i) => sampleRecord("nbbo", ...at(110, i))),
    options: Array.from({ length: 12 }, (_, i) => sampleRecord("options", ...at(12, i))),
    "equity-quotes": Array.from(
      { length: 80 },
      (_, i) => sampleRecord("equity-quotes", ...at(80, i)),
    ),
    equities: Array.from({ length: 23 }, (_, i) => sampleRecord("equities", ...at(23, i))),
    "equity-joins": Array.from(
      { length: 23 },
      (_, i) => sampleRecord("equity-joins", ...at(23, i)),
    ),
    flow: [sampleRecord("flow", ...at(1, 0))],
    "smart-money": [sampleRecord("smart-money", ...at(1, 0))],
  };
}

/** Measured figures of one run. */
export interface StoreFigures {
  readonly rows: number;
  readonly rowsPerSecond: number;
  readonly appendP50Ms: number;
  readonly appendP99Ms: number;
  readonly bytesPerRow: number;
  readonly pageMs: number;
}

/** Appends `batches` batches of 250 rows, whose texts are made, to a new database in `folder` and reads a page back. */
export async function measureStore(folder: string, batches: number): Promise<StoreFigures> {
  const path = `${folder}/tape.sqlite`;
  const store = await TapeStore.open({ openKv: () => Deno.openKv(path) });
  const given = Array.from({ length: batches }, (_, n) => storedRows(batchOf(n)));
  const took: number[] = [];
  for (const batch of given) {
    const startMs = performance.now();
    await store.append(batch);
    took.push(performance.now() - startMs);
  }
  const { rows } = store.stats();
  const pageStartMs = performance.now();
  const middle = { ts: 1_768_401_000_000 + batches * 10, seq: 0 };
  await store.before("nbbo", middle, { limit: 200 });
  const pageMs = performance.now() - pageStartMs;
  await store.seal();
  await store.close();
  let bytes = 0;
  for await (const entry of Deno.readDir(folder)) {
    bytes += (await Deno.stat(`${folder}/${entry.name}`)).size;
  }
  const totalMs = took.reduce((sum, ms) => sum + ms, 0);
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return {
    rows,
    rowsPerSecond: rows / totalMs * 1_000,
    appendP50Ms: at(0.5),
    appendP99Ms: at(0.99),
    bytesPerRow: bytes / rows,
    pageMs,
  };
}

if (import.meta.main) {
  const folder = await Deno.makeTempDir();
  console.log(await measureStore(folder, Number(Deno.args[0] ?? 1_200)));
  await Deno.remove(folder, { recursive: true });
}
