import { Command, Option } from "commander";
import { loadConfig } from "../../config.ts";
import { PRESETS } from "../../engine/particle/mod.ts";
import type { PresetName } from "../../engine/particle/producers/mod.ts";
import { WORLD_NAMES, type WorldName } from "../../engine/particle/worlds/mod.ts";
import { evaluateFile, evaluateWorld } from "../research/lab/mod.ts";
import { labTable } from "./lab_table.ts";
import { standardOutput } from "./output.ts";
import { integer } from "./synth_flags.ts";

const MAX_SEED = 0xffff_ffff;
/** Fewer ticks would leave next to none to score after the 600 that are not. */
const LEAST_TICKS = 1_000;
const MAX_TICKS = 1_000_000;
const DEFAULT_TICKS = 6_000;

interface Flags {
  readonly world?: WorldName;
  readonly seed: number;
  readonly ticks?: number;
  readonly preset?: PresetName;
  readonly instrument?: string;
  readonly json: boolean;
}

/** `lotus lab`: the particle lab over worlds and recordings. */
export function labCommand(): Command {
  return new Command("lab")
    .description("Ask the particle lab what its forecasts are worth")
    .addCommand(evaluateCommand());
}

function evaluateCommand(): Command {
  return new Command("evaluate")
    .description("Run the lab over a recording or a synthetic world and score what it said")
    .argument("[file]", "market-by-order file, .dbn or .dbn.zst")
    .addOption(
      new Option("--world <name>", "synthetic world in the place of a file").choices(WORLD_NAMES),
    )
    .option("--seed <n>", "seed of the world and of resamples", integer(0, MAX_SEED), 1)
    .option(
      "--ticks <n>",
      `length of the world, 0.5 s each (default: ${DEFAULT_TICKS})`,
      integer(LEAST_TICKS, MAX_TICKS),
    )
    .addOption(
      new Option("--preset <name>", "producers for a file (default: book)")
        .choices(Object.keys(PRESETS)),
    )
    .option("--instrument <name>", "instrument name or YAML path (default: by the file's symbol)")
    .option("--json", "print the result as one JSON line, progress as JSON lines", false)
    .addHelpText(
      "after",
      "\nShares of a JSON line are fractions, one per horizon of 0.5, 1, 1.5 and 2 s.\n" +
        "\nExamples:\n  lotus lab evaluate --world flow --seed 11\n" +
        "  lotus lab evaluate CLX5_mbo.dbn --json\n",
    )
    .action(async (file: string | undefined, flags: Flags, command: Command) => {
      refuseMixture(file, flags, command);
      if (flags.world !== undefined) worldReport(flags.world, flags);
      else if (file !== undefined) await fileReport(file, flags);
    });
}

/** Ends with a usage error when the flags do not go together. */
function refuseMixture(file: string | undefined, flags: Flags, command: Command): void {
  const refuse = (what: string) => command.error(`error: ${what}`, { exitCode: 2 });
  if (flags.world === undefined) {
    if (file === undefined) refuse("missing argument 'file', or option '--world <name>'");
    if (flags.ticks !== undefined) refuse("option '--ticks <n>' goes with '--world <name>' only");
    return;
  }
  const stray = file !== undefined
    ? "argument 'file'"
    : flags.preset !== undefined
    ? "option '--preset <name>'"
    : flags.instrument !== undefined
    ? "option '--instrument <name>'"
    : null;
  if (stray !== null) refuse(`${stray} does not go with '--world <name>'`);
}

function worldReport(world: WorldName, { seed, ticks = DEFAULT_TICKS, json }: Flags): void {
  const report = evaluateWorld(world, seed, ticks);
  const title = `world ${world}, seed ${seed}`;
  standardOutput(json).result(`${title}\n${labTable(report)}`, { world, seed, ...report });
}

async function fileReport(file: string, flags: Flags): Promise<void> {
  const config = loadConfig();
  const { seed, preset = "book", json } = flags;
  const out = standardOutput(json);
  try {
    const { report, symbol, gaps, unfed } = await evaluateFile({
      file,
      instrument: flags.instrument ?? (config.instrumentConfigPath || config.instrument),
      preset,
      seed,
      onProgress: (share, note) => out.progress(share, note),
      onWarning: (message) => out.warning(message),
    });
    out.done();
    if (unfed.length > 0) out.warning(`nothing in the file feeds ${unfed.join(", ")}`);
    const title = `${symbol}, preset ${preset}, ${gaps} ticks without a sound book`;
    const facts = { file, symbol, preset, seed, gaps, unfed };
    out.result(`${title}\n${labTable(report)}`, { ...facts, ...report });
  } finally {
    out.done();
  }
}
