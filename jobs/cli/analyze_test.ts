import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { sampleTest } from "../testing/samples.ts";
import { date, list, percentage, thresholds, time, truth, whole } from "./analyze_values.ts";
import { lotusIn } from "../testing/lotus_command.ts";

/** `lotus analyze` on a data folder. */
const analyze = (dataDir: string, ...args: readonly string[]) =>
  lotusIn({ LOTUS_DATA_DIR: dataDir }, "analyze", ...args);

Deno.test("the values of lotus analyze are read strictly", () => {
  strictEqual(time("09:30:05"), "09:30:05");
  strictEqual(date("2026-02-28"), "2026-02-28");
  deepStrictEqual(list(whole(1))("4, 8,,8"), [4, 8], "doubles are dropped");
  deepStrictEqual(["yes", "OFF", "1"].map(truth), [true, false, true]);
  deepStrictEqual(thresholds("ads=0.1,0.2;pfp=1"), { ads: [0.1, 0.2], pfp: [1] });
  const wrong = [
    () => time("24:00"),
    () => date("2026-02-30"),
    () => list(whole(1))(" , "),
    () => list(whole(1))("4,x"),
    () => whole(2)("1"),
    () => list(percentage)("50,101"),
    () => truth("maybe"),
    () => thresholds("erd=1"),
    () => thresholds("ads=-1"),
  ];
  for (const read of wrong) {
    let message = "";
    try {
      read();
    } catch (error) {
      message = String(error);
    }
    match(message, /It must be/, String(read));
  }
});

sampleTest(
  "lotus analyze prints, stores and writes the same result twice, and fails by the rules",
  async (dir) => {
    const file = join(dir, "CLX5_mbo.dbn");
    const folder = await Deno.makeTempDir({ prefix: "lotus-" });
    try {
      const at = ["--eval-start", "15:45", "--eval-end", "15:46"];
      const json = join(folder, "out.json");
      const [first, outside, reversed, mode, bands] = await Promise.all([
        analyze(folder, file, ...at, "--json-output", json),
        analyze(folder, file, "--eval-start", "09:00", "--eval-end", "10:00"),
        analyze(folder, file, "--eval-start", "16:00", "--eval-end", "15:00"),
        analyze(folder, file, "--mode", "magic"),
        analyze(folder, file, ...at, "--mode", "regime", "--directional-bands", "4,x"),
      ]);
      strictEqual(first.code, 0, first.err);
      match(first.out, /default · CLX5_mbo\.dbn · CLX5 · 2025-09-24 15:45 to 15:46 .* 599 bins/);
      const [stored] = [...Deno.readDirSync(join(folder, "research", "results"))];
      const written = await Deno.readTextFile(json);
      strictEqual(
        await Deno.readTextFile(join(folder, "research", "results", stored!.name)),
        written,
      );
      const again = await analyze(folder, file, ...at, "--json");
      strictEqual(again.out, written, "a second run gives the same bytes");
      deepStrictEqual([outside.code, reversed.code, mode.code, bands.code], [1, 2, 2, 2]);
      match(outside.err, /eval-start to eval-end must lie inside CLX5_mbo\.dbn, which runs from/);
      match(reversed.err, /eval-end must be after eval-start 16:00/);
      match(mode.err, /--mode/);
      match(bands.err, /--directional-bands/);
      ok(!outside.err.includes("    at "), "no stack");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
