import { DEFAULT_LAB } from "../../engine/particle/mod.ts";
import type { LabReport } from "../../engine/particle/evaluation/mod.ts";

const percent = (digits: number) => (value: number) => (100 * value).toFixed(digits);

/** What the lab came to, for people: a row per measure, a column per horizon; percent. */
export function labTable(report: LabReport): string {
  const { skill, interval, baselines, crps, coverage, placebo, ticks, jumps, digest } = report;
  const horizons = skill.raw.map((_, i) => `${(i + 1) * DEFAULT_LAB.dt} s`);
  const [fine, coarse] = [percent(2), percent(1)];
  const rows: readonly (readonly [name: string, cells: readonly string[]])[] = [
    ["skill against a random walk, %", horizons],
    ["  physics alone", skill.raw.map(fine)],
    ["  published", skill.published.map(fine)],
    ["    95 % interval", interval.published.map((ends) => ends.map(fine).join(" … "))],
    ["  last move goes on", baselines.lastv.map(fine)],
    ["  mean move goes on", baselines.ema.map(fine)],
    ["  autoregression", baselines.ar1.map(fine)],
    ["  order flow", baselines.ofi.map(fine)],
    ["  linear ceiling (ridge)", baselines.ridge.map(fine)],
    ["  placebo, published", placebo.published.map(fine)],
    ["CRPS saved, %", crps.published.map(fine)],
    ["coverage of the 80 % band, %", horizons.map(() => "")],
    ["  plain", coverage.plain.map(coarse)],
    ["  scaled", coverage.scaled.map(coarse)],
    ["    calmest third", coverage.low.map(coarse)],
    ["    busiest third", coverage.high.map(coarse)],
  ];
  const lines = rows.map(([name, cells]) =>
    (name.padEnd(32) + cells.map((cell) => cell.padStart(16)).join("")).trimEnd()
  );
  return [...lines, `${ticks} ticks, ${jumps} jumps, digest ${digest}`].join("\n");
}
