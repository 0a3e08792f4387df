import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { publishDataset } from "../lake/datasets/mod.ts";
import { marketFile } from "../testing/captured.ts";
import { withTempDir } from "../testing/market_files.ts";
import { PATIENCE_MS } from "../testing/patience.ts";
import { lotus, lotusCommand } from "../testing/lotus_command.ts";

/** Ends a capture with a signal when it has written row groups; returns its exit code. */
async function interrupted(args: readonly string[], signal: Deno.Signal): Promise<number> {
  const child = lotusCommand([...args, "--json"]).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  try {
    const lines = child.stderr.pipeThrough(new TextDecoderStream());
    let text = "";
    for await (const part of lines) {
      text += part;
      const shares = [...text.matchAll(/"progress":([\d.]+)/g)].map(([, share]) => Number(share));
      if (shares.some((share) => share > 0.05)) break;
    }
    child.kill(signal);
    await child.stdout.cancel();
    return (await child.status).code;
  } finally {
    clearTimeout(timer);
  }
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("a capture that is killed is clearly incomplete, and --replace starts it anew", async () => {
  await withTempDir(async (folder) => {
    const file = await marketFile(folder, 300);
    const dir = join(folder, "out");
    const args = ["capture", file, "--start", "09:30", "--output-dir", dir];
    await interrupted([...args, "--end", "09:35", "--flush-bins-every", "50"], "SIGKILL");
    deepEqual(names(dir), ["INCOMPLETE.json", "bins.parquet.partial", "buckets.parquet.partial"]);
    equal(JSON.parse(Deno.readTextFileSync(join(dir, "INCOMPLETE.json"))).complete, false);
    await publishDataset({
      sourceDir: dir,
      datasetId: "x",
      root: join(folder, "research"),
      agents: [],
      now: () => new Date(0),
    }).then(() => ok(false), (error: Error) => match(error.message, /incomplete/));
    const again = await lotus(...args, "--end", "09:31");
    equal(again.code, 1);
    match(again.err, /holds an incomplete one, left by a process that died: --replace/);
    const replaced = await lotus(...args, "--end", "09:30:10", "--replace", "--json");
    equal(replaced.code, 0, replaced.err);
    equal(JSON.parse(replaced.out).rows.bins, 99);
    deepEqual(names(dir), ["bins.parquet", "buckets.parquet", "capture.log.json", "manifest.json"]);
    const whole = await lotus(...args, "--end", "09:31", "--replace");
    equal(whole.code, 1);
    match(whole.err, /must be missing or empty/);
  });
});

Deno.test("SIGINT ends a capture with code 1 and nothing left", async () => {
  await withTempDir(async (folder) => {
    const file = await marketFile(folder, 300);
    const args = ["capture", file, "--start", "09:30", "--end", "09:35"];
    equal(await interrupted([...args, "--output-dir", join(folder, "out")], "SIGINT"), 1);
    deepEqual(names(folder), ["market-7.dbn"]);
  });
});

Deno.test("lotus capture ends with 2 on wrong usage and says which rule", async () => {
  await withTempDir(async (folder) => {
    const file = await marketFile(folder, 2);
    const dir = join(folder, "out");
    const base = ["capture", file, "--output-dir", dir, "--start"];
    const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
      [["09:30:01", "--end", "09:31"], 2, /whole minute/],
      [["09:30"], 2, /required option '--end/],
      [["09:30", "--end", "09:31", "--flush-bins-every", "0"], 2, /1 to 1000/],
      [["09:30", "--end", "09:31", "--projection-cubic-scale=-1"], 2, /0 or more/],
      [["09:30", "--end", "09:31"], 1, /runs from 2026-03-10 09:30:00/],
    ];
    await Promise.all(cases.map(async ([args, code, text]) => {
      const { code: actual, err } = await lotus(...base, ...args);
      equal(actual, code, err);
      match(err, text);
    }));
    deepEqual(names(folder), ["market-7.dbn"]);
  });
});

Deno.test("a full disk ends a capture with one line and nothing left", async () => {
  await withTempDir(async (folder) => {
    const file = await marketFile(folder, 61);
    const disk = join(folder, "disk");
    await Deno.mkdir(disk);
    const mount = (...args: string[]) => new Deno.Command("mount", { args }).output();
    const mounted = await mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", disk).catch(() => null);
    if (mounted?.success !== true) {
      console.log("skipped, this user cannot mount a small disk");
      return;
    }
    try {
      const dir = join(disk, "out");
      const full = await lotus(
        "capture",
        file,
        "--start",
        "09:30",
        "--end",
        "09:31",
        "--output-dir",
        dir,
      );
      equal(full.code, 1);
      match(full.err, /^lotus capture: Cannot write the dataset as the disk is full: [^\n]+\n$/);
      deepEqual(names(disk), []);
    } finally {
      await new Deno.Command("umount", { args: [disk] }).output();
    }
  });
});
