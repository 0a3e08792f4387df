import { equal, match } from "node:assert/strict";
import { join } from "node:path";
import { capturedFolder, captureOptions } from "../testing/captured.ts";
import { lotus } from "../testing/lotus_command.ts";
import { withTempDir } from "../testing/market_files.ts";
import { runCapture } from "../lake/capture/mod.ts";

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("lotus expand restores a folder or a dataset, and refuses all else in one line", async () => {
  await withTempDir(async (folder) => {
    const { dir: full } = await capturedFolder(folder, "full");
    const compact = join(folder, "compact");
    const file = join(folder, "market-7.dbn");
    await runCapture({ ...captureOptions(file, compact), end: "09:30:10", compact: true });
    const root = ["--research-root", join(folder, "research")];
    const published = await lotus("publish", "--source-dir", compact, "--compact", ...root);
    equal(published.code, 0, published.err);
    const to = (name: string) => ["--output-dir", join(folder, name)];
    const runs = await Promise.all([
      lotus("expand", compact, ...to("one"), "--json"),
      lotus("expand", "compact", ...to("two"), ...root),
      lotus("expand", full, ...to("three")),
      lotus("expand", "../none", ...to("three"), ...root),
      lotus("expand", compact, ...to("full")),
      lotus("expand", compact),
    ]);
    const [one, two, isFull, isMissing, isTaken, isWrong] = runs;
    equal(one?.code, 0, one?.err);
    equal(JSON.parse(one?.out ?? "").bins, 99);
    equal(two?.code, 0, two?.err);
    match(two?.out ?? "", /two: 99 bins, 9,999 rows, [\d,]+ bytes out of [\d,]+\n$/);
    for (const name of ["one", "two"]) {
      for (const part of ["bins.parquet", "buckets.parquet", "manifest.json"]) {
        const bytes = (dir: string) => Deno.readFileSync(join(dir, part)).toString();
        equal(bytes(join(folder, name)), bytes(full), part);
      }
    }
    for (
      const [run, code, text] of [
        [isFull, 1, /^lotus expand: Cannot restore "[^"\n]+" as it has its full form already\n$/],
        [isMissing, 1, /^lotus expand: Cannot find the folder: "[^"\n]+"\n$/],
        [isTaken, 1, /^lotus expand: [^\n]+must be missing or empty[^\n]+\n$/],
        [isWrong, 2, /required option '--output-dir/],
      ] as const
    ) {
      equal(run?.code, code, run?.err);
      match(run?.err ?? "", text);
    }
    equal(names(folder).includes("three"), false);
    Deno.chmodSync(join(folder, "research/vp_immutable/compact"), 0o755);
  });
});
