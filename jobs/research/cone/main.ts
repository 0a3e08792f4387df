/**
 * How well the cone is calibrated and how often the lean is right, as Markdown tables on standard output:
 * every preset of the embedded market, six hours each (half an hour for the lean), and the recording CLX5
 * where its path is given. Takes about seven minutes of one processor.
 */
import { PRESET_IDS } from "../../../engine/regime/mod.ts";
import { CONE_HORIZONS_MS } from "../../../engine/signals/mod.ts";
import type { PlannedRun } from "../../feeds/mod.ts";
import { coneOutcomes, type Coverage, coverageOf, type Outcome } from "./coverage.ts";
import { leanRecords } from "./lean.ts";
import { openPreset, openRecording } from "./markets.ts";
import { midsOf } from "./mids.ts";

/** Seed of each hour and the minute after half past nine at which it begins: open, midday, close. */
const HOURS = [[1, 0], [2, 150], [3, 300], [4, 60], [5, 210], [6, 330]] as const;
const BINS_AN_HOUR = 36_000;
const BINS_A_DAY = 24 * BINS_AN_HOUR;
/** Horizons over the recording, where moves are rarer, s. */
const FILE_HORIZONS_S = [5, 10, 30, 60, 120, 300];

const share = (value: number) => Number.isNaN(value) ? "–" : (100 * value).toFixed(1);

function cells({ outcomes, held50, held80, naive50, naive80, thirds, same }: Coverage) {
  return [
    outcomes.toString(),
    `${share(held50)} / ${share(held80)}`,
    thirds.map(share).join(", "),
    `${share(naive50)} / ${share(naive80)}`,
    share(same),
  ];
}

const COVERAGE = ["intervals", "held of 50 / 80 %", "80 % by third", "naive", "no change"];

function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (of: readonly string[]) => `| ${of.join(" | ")} |`;
  console.log([line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n") + "\n");
}

async function presets(): Promise<void> {
  const rows: string[][] = [];
  for (const preset of PRESET_IDS) {
    const hours: Float64Array[] = [];
    for (const [seed, minute] of HOURS) {
      hours.push(await midsOf(await openPreset(preset, seed, minute), BINS_AN_HOUR));
      console.error(`${preset}, seed ${seed}`);
    }
    for (const ms of CONE_HORIZONS_MS) {
      const outcomes = hours.flatMap((mids) => coneOutcomes(mids, ms / 1_000));
      rows.push([`${preset}, ${ms / 1_000} s`, ...cells(coverageOf(outcomes))]);
    }
  }
  printTable(["preset and horizon", ...COVERAGE], rows);
}

async function recording(path: string): Promise<void> {
  const mids = await midsOf(await openRecording(path), BINS_A_DAY);
  const rows = FILE_HORIZONS_S.flatMap((horizonS) => {
    const all = coneOutcomes(mids, horizonS);
    const parts: readonly (readonly [string, readonly Outcome[]])[] = [
      [`${horizonS} s`, all],
      [`${horizonS} s, 80 % cone of a tick or more`, all.filter((own) => own.half80 >= 1)],
    ];
    return parts.map(([name, outcomes]) => [name, ...cells(coverageOf(outcomes))]);
  });
  printTable(["CLX5", ...COVERAGE], rows);
}

async function leans(path: string | undefined): Promise<void> {
  const rows: string[][] = [];
  const add = async (name: string, run: PlannedRun, bins: number) => {
    for (const { ms, same, moves, hits, ups } of await leanRecords(run, bins)) {
      const base = share(Math.max(ups, 1 - ups));
      rows.push([`${name}, ${ms} ms`, share(same), moves.toString(), share(hits), base]);
    }
  };
  for (const preset of PRESET_IDS) {
    await add(preset, await openPreset(preset, 1, 0), BINS_AN_HOUR / 2);
    console.error(`${preset}, lean`);
  }
  if (path !== undefined) await add("CLX5", await openRecording(path), BINS_A_DAY);
  printTable(["market and horizon", "no change", "moves", "lean hit", "base"], rows);
}

const [file] = Deno.args;
await presets();
if (file === undefined) console.log("No recording: give the path of CLX5_mbo.dbn\n");
else await recording(file);
await leans(file);
