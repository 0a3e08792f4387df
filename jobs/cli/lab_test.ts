import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { CommanderError } from "commander";
import { join } from "node:path";
import { DEFAULT_LAB, world } from "../../engine/particle/mod.ts";
import { labReport, placeboWorld, worldCourse } from "../../engine/particle/evaluation/mod.ts";
import { evaluateFile } from "../research/lab/mod.ts";
import { lotus } from "../testing/lotus_command.ts";
import { tapeBytes, withTempDir } from "../testing/market_files.ts";
import { labCommand } from "./lab.ts";

Deno.test("lotus lab evaluate --world prints what the engine says of the world", async () => {
  const args = ["lab", "evaluate", "--world", "flow", "--seed", "11", "--ticks", "1200"];
  const [json, table] = await Promise.all([lotus(...args, "--json"), lotus(...args)]);
  const cfg = { ...DEFAULT_LAB, N: 60 };
  const made = world("flow", 11, 1_200);
  const [course, rotated] = [made, placeboWorld(made)].map((each) => worldCourse(each, cfg));
  const report = labReport(course!, rotated!, cfg, { seed: 11 });
  equal(json.code, 0, json.err);
  deepEqual(JSON.parse(json.out.trimEnd().split("\n").at(-1) ?? ""), {
    world: "flow",
    seed: 11,
    ...report,
  });
  equal(table.code, 0, table.err);
  match(table.out, /^world flow, seed 11\n.* 0\.5 s +1 s +1\.5 s +2 s\n/);
  const published = report.skill.published.map((of) => (100 * of).toFixed(2)).join(" +");
  match(table.out, new RegExp(`^ {2}published +${published}$`, "m"));
  match(table.out, new RegExp(`^1200 ticks, 0 jumps, digest ${report.digest}$`, "m"));
});

Deno.test("lotus lab evaluate FILE prints what the lab says of the file", async () => {
  await withTempDir(async (folder) => {
    const file = join(folder, "market.dbn");
    await Deno.writeFile(file, tapeBytes({ seconds: 560 }));
    const run = await lotus("lab", "evaluate", file, "--json");
    const { report, symbol, gaps, unfed } = await evaluateFile({
      file,
      instrument: "",
      preset: "book",
      seed: 1,
    });
    equal(run.code, 0, run.err);
    const facts = { file, symbol, preset: "book", seed: 1, gaps, unfed };
    deepEqual(JSON.parse(run.out.trimEnd().split("\n").at(-1) ?? ""), { ...facts, ...report });
  });
});

/** What `lotus lab evaluate` says as it refuses its arguments. */
async function refusal(args: readonly string[]): Promise<string> {
  const lab = labCommand();
  let said = "";
  for (const command of lab.commands) {
    command.exitOverride().configureOutput({ writeErr: (text) => said += text });
  }
  await rejects(lab.parseAsync(["evaluate", ...args], { from: "user" }), CommanderError);
  return said;
}

Deno.test("lotus lab evaluate names the flag that it refuses, and the file that it cannot read", async () => {
  const refused = [
    [["--world", "moon"], /option '--world <name>' argument 'moon' is invalid/],
    [["--world", "walk", "--seed", "-1"], /'--seed <n>' argument '-1' is invalid/],
    [["--world", "walk", "--seed", "4294967296"], /'--seed <n>' .*0\.\.4294967295/],
    [["--world", "walk", "--ticks", "999"], /'--ticks <n>' .*1000\.\.1000000/],
    [["--world", "walk", "--preset", "book"], /'--preset <name>' does not go with '--world/],
    [["x.dbn", "--world", "walk"], /argument 'file' does not go with '--world/],
    [["x.dbn", "--ticks", "2000"], /'--ticks <n>' goes with '--world <name>' only/],
    [["x.dbn", "--preset", "all"], /'--preset <name>' argument 'all' is invalid/],
    [[], /missing argument 'file', or option '--world <name>'/],
  ] as const;
  for (const [args, says] of refused) match(await refusal(args), says);
  const [missing, wrong] = await Promise.all([
    lotus("lab", "evaluate", "/none/there.dbn"),
    lotus("lab", "evaluate", "x.dbn", "--ticks", "2000"),
  ]);
  deepEqual([missing.code, missing.out], [1, ""]);
  deepEqual([wrong.code, wrong.out], [2, ""]);
  match(missing.err, /^lotus: Cannot .*does not exist.*\/none\/there\.dbn.*\n$/);
});
