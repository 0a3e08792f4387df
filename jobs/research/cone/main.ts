/**
 * How well the cone is calibrated, as Markdown tables on standard output: every preset of the embedded
 * market, six hours each, and the recording CLX5 where there is one. Takes about five minutes of one
 * processor.
 */
import { PRESET_IDS } from "../../../engine/regime/mod.ts";
import { CONE_HORIZONS_MS } from "../../../engine/signals/mod.ts";
import { coneOutcomes, type Coverage, coverageOf, type Outcome } from "./coverage.ts";
import { fileMids, presetMids } from "./mids.ts";

/** Seed of each hour and the minute after half past nine at which it begins: open, midday, close. */
const HOURS = [[1, 0], [2, 150], [3, 300], [4, 60], [5, 210], [6, 330]] as const;
const MINUTES = 60;
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

function printTable(first: string, rows: readonly (readonly string[])[]): void {
  const head = [first, "intervals", "held of 50 / 80 %", "80 % by third", "naive", "no change"];
  const line = (of: readonly string[]) => `| ${of.join(" | ")} |`;
  console.log([line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n") + "\n");
}

async function presets(): Promise<void> {
  const rows: string[][] = [];
  for (const preset of PRESET_IDS) {
    const hours: Float64Array[] = [];
    for (const [seed, minute] of HOURS) {
      hours.push(await presetMids(preset, seed, minute, MINUTES));
      console.error(`${preset}, seed ${seed}`);
    }
    for (const ms of CONE_HORIZONS_MS) {
      const outcomes = hours.flatMap((mids) => coneOutcomes(mids, ms / 1_000));
      rows.push([`${preset}, ${ms / 1_000} s`, ...cells(coverageOf(outcomes))]);
    }
  }
  printTable("preset and horizon", rows);
}

async function recording(path: string): Promise<void> {
  const mids = await fileMids(path);
  const rows = FILE_HORIZONS_S.flatMap((horizonS) => {
    const all = coneOutcomes(mids, horizonS);
    const parts: readonly (readonly [string, readonly Outcome[]])[] = [
      [`${horizonS} s`, all],
      [`${horizonS} s, 80 % cone of half a tick or more`, all.filter((own) => own.half80 >= 0.5)],
      [`${horizonS} s, 80 % cone of a tick or more`, all.filter((own) => own.half80 >= 1)],
    ];
    return parts.map(([name, outcomes]) => [name, ...cells(coverageOf(outcomes))]);
  });
  printTable("CLX5", rows);
}

const [file] = Deno.args;
await presets();
if (file === undefined) console.log("No recording: give the path of CLX5_mbo.dbn");
else await recording(file);
