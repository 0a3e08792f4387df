import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { storedRows, TapeStore } from "../../../modules/tape/mod.ts";
import { BATCH_ROWS, batchOf } from "../../testing/append_forever.ts";
import { ROOT } from "../../house/sources.ts";

/** Lets a process write and kills it hard while it does. @returns The last batch it called stored. */
async function writeAndKill(path: string, first: number, batches: number): Promise<number> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-all",
      "--no-check",
      "--quiet",
      join(ROOT, "jobs/testing/append_forever.ts"),
      path,
      String(first),
    ],
    cwd: ROOT,
    stdout: "piped",
    stdin: "null",
    stderr: "inherit",
  }).spawn();
  let acknowledged = "";
  for await (
    const text of process.stdout.pipeThrough(new TextDecoderStream() as ReadableWritablePair)
  ) {
    acknowledged += text;
    if (acknowledged.split("\n").length > batches) break;
  }
  process.kill("SIGKILL");
  await process.status;
  const whole = acknowledged.slice(0, acknowledged.lastIndexOf("\n")).split("\n");
  return Number(whole[whole.length - 1]);
}

Deno.test("nothing that the store acknowledged is lost when its process is killed", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "tape.sqlite");
  try {
    let first = 0;
    for (const batches of [10, 33]) {
      const last = await writeAndKill(path, first, batches);
      ok(last >= first + batches - 1);
      const store = await TapeStore.open({ openKv: () => Deno.openKv(path), sealEntries: 7 });
      // What came before the kill may be sent again by the next process.
      await store.append(storedRows(batchOf(last)));
      for (const stream of ["nbbo", "smart-money"] as const) {
        const { rows } = await store.after(stream, null, { limit: 100_000 });
        const wanted = Array.from({ length: last + 1 }, (_, n) => batchOf(n)[stream]).flat();
        deepStrictEqual(rows.slice(0, wanted.length), wanted);
        const positions = new Set(rows.map((row) => row.seq));
        strictEqual(positions.size, rows.length, "each row once");
        strictEqual(rows.length % BATCH_ROWS, 0, "a batch is stored whole or not at all");
      }
      strictEqual(store.stats().damaged, 0);
      first = last + 1;
      await store.close();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
