import { storedRows, TapeStore } from "../../modules/tape/mod.ts";
import { SAMPLE_START_MS, sampleRecord } from "./tape_records.ts";

/** Rows of one batch in each stream. */
export const BATCH_ROWS = 20;

/** Batch `n` of the tape that the process below writes. */
export function batchOf(n: number) {
  const rows = Array.from({ length: BATCH_ROWS }, (_, i) => {
    const seq = n * BATCH_ROWS + i;
    return { ts: SAMPLE_START_MS + n * 400 + (i >> 2), seq };
  });
  return {
    nbbo: rows.map(({ ts, seq }) => sampleRecord("nbbo", ts, seq)),
    "smart-money": rows.map(({ ts, seq }) => sampleRecord("smart-money", ts, seq)),
  };
}

// Run by itself: writes batches from number args[1] on and prints the number of each that is stored.
if (import.meta.main) {
  const [path = "", first = "0"] = Deno.args;
  const store = await TapeStore.open({ openKv: () => Deno.openKv(path), sealEntries: 7 });
  for (let n = Number(first);; n++) {
    await store.append(storedRows(batchOf(n)));
    console.log(n);
  }
}
