/**
 * Learns from the embedded market how often the named profile of an event is right by its score, and freezes it in
 * engine/flow/scoring/synthetic_map.ts. Prints how the map does on seeds that it was not learned from; with
 * `--check` it prints that of the frozen map and writes nothing. Exits with 1 when the error is above 0.02.
 */
import { parseArgs } from "node:util";
import { SYNTHETIC_MAP } from "../../../engine/flow/mod.ts";
import { fitMap, measuredBins } from "./fit_map.ts";
import { judgedSample } from "./judged_sample.ts";
import { checkText, withMap } from "./map_text.ts";

const FILE = new URL("../../../engine/flow/scoring/synthetic_map.ts", import.meta.url).pathname;
const FIRST_LEARNED = 1;
/** The seeds that docs/realism.md is measured on begin here. */
const FIRST_UNSEEN = 11;
const MOST_SEEDS = FIRST_UNSEEN - FIRST_LEARNED;
const MOST_ERROR = 0.02;

const { values: flags } = parseArgs({
  args: Deno.args.filter((arg) => arg !== "--"),
  options: {
    seeds: { type: "string", default: String(MOST_SEEDS) },
    check: { type: "boolean", default: false },
  },
});
const seeds = Number(flags.seeds);
if (!Number.isInteger(seeds) || seeds < 1 || seeds > MOST_SEEDS) {
  console.error(`--seeds must be a whole number from 1 to ${MOST_SEEDS}`);
  Deno.exit(2);
}

const startMs = performance.now();
const note = (text: string) =>
  console.error(`${((performance.now() - startMs) / 60_000).toFixed(1)} min: ${text}`);
const sampleFrom = (firstSeed: number) => judgedSample(firstSeed, seeds, note);

const learned = flags.check ? null : sampleFrom(FIRST_LEARNED);
const unseen = sampleFrom(FIRST_UNSEEN);
const map = learned === null
  ? SYNTHETIC_MAP
  : fitMap(learned, unseen, new Date().toISOString().slice(0, 10));
console.log(checkText(map, unseen));
if (learned !== null) {
  await Deno.writeTextFile(FILE, withMap(await Deno.readTextFile(FILE), map));
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", FILE] }).output();
}
Deno.exitCode = measuredBins(map.steps, unseen.events).error > MOST_ERROR ? 1 : 0;
