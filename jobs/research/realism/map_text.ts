import type { ScoreMap } from "../../../engine/flow/mod.ts";
import { measuredBins } from "./fit_map.ts";
import type { JudgedSample, SampledEvent } from "./judged_sample.ts";

const VALUE = "SYNTHETIC_MAP: ScoreMap = ";

/** A module that holds a frozen map, with another map in its place. */
export function withMap(module: string, map: ScoreMap): string {
  const at = module.indexOf(VALUE);
  if (at < 0) throw new RangeError(`Cannot write a map where there is no "${VALUE}"`);
  const value = JSON.stringify(map).replaceAll(/"(\w+)":/g, "$1:");
  return `${module.slice(0, at + VALUE.length)}${value};\n`;
}

const share = (value: number) => value.toFixed(3);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
}

/** How a map does on events that it was not learned from, as Markdown: by score, by preset and by profile. */
export function checkText({ steps, learned }: ScoreMap, { of, events }: JudgedSample): string {
  const { error, bins } = measuredBins(steps, events);
  const rows = bins.map((bin) => [
    bin.from.toFixed(1),
    `${bin.events}`,
    share(bin.said),
    share(bin.right),
  ]);
  const parts = (name: string, key: (event: SampledEvent) => string) =>
    [...Map.groupBy(events, key)].map(([value, own]) => {
      const part = measuredBins(steps, own);
      const right = own.filter(({ isRight }) => isRight).length / own.length;
      return [`${name} ${value}`, `${own.length}`, share(right), share(part.error)];
    });
  return [
    `${learned.events} events of seeds ${learned.firstSeed} to ${
      learned.firstSeed + learned.seeds - 1
    } make ${steps.length} steps: ` +
    steps.map(({ from, probability }) => `${share(probability)} from ${from}`).join(", "),
    "",
    `Calibration error ${error.toFixed(4)} on ${of.events} events of seeds ${of.firstSeed} to ${
      of.firstSeed + of.seeds - 1
    }, ${of.sessions} sessions`,
    "",
    table(["score from", "events", "said", "right"], rows),
    table(["part", "events", "right", "error"], [
      ...parts("preset", ({ preset }) => preset),
      ...parts("profile", ({ profile }) => profile),
    ]),
  ].join("\n");
}
