import { Command, InvalidArgumentError } from "commander";
import {
  comparePartitions,
  type Comparison,
  findPartitions,
  type FoundPartition,
  isSame,
} from "../lake/checks/mod.ts";
import { EXIT } from "./exit.ts";
import { standardOutput } from "./output.ts";

interface Flags {
  readonly relative: number;
  readonly absolute: number;
  readonly json: boolean;
}

/** Returns the command `pipeline compare`. */
export function pipelineCompareCommand(): Command {
  return new Command("compare")
    .description(
      "Compare two partitions, or all of two lakes, cell by cell; fails when they differ",
    )
    .argument("<first>", "folder of a partition, or of a lake or a part of it")
    .argument("<second>", "the same of the other")
    .option("--relative <x>", "share of a number that it may be off by", tolerance, 0)
    .option("--absolute <x>", "what a number may be off by", tolerance, 0)
    .option("--json", "print one JSON line per partition that differs", false)
    .addHelpText(
      "after",
      "\nExample:\n  lotus pipeline compare data/lake other/lake --relative 1e-9\n",
    )
    .action(compare);
}

async function compare(first: string, second: string, flags: Flags): Promise<void> {
  const out = standardOutput(flags.json);
  const [ours, theirs] = [findPartitions(first), findPartitions(second)];
  if (ours.length === 0 && theirs.length === 0) {
    console.error("lotus pipeline compare: Cannot find a partition in either folder");
    Deno.exitCode = EXIT.FAILED;
    return;
  }
  let differing = 0;
  for (const path of pathsOf(ours, theirs)) {
    const [one, two] = [ours, theirs].map((all) => all.find((each) => each.path === path));
    const name = path === "" ? one?.dataset.key ?? "" : path;
    if (one === undefined || two === undefined || one.dataset !== two.dataset) {
      differing++;
      const where = one === undefined ? "second" : "first";
      out.result(`${name}: only in the ${where}`, { partition: name, only_in: where });
      continue;
    }
    const found = await comparePartitions(one, two, flags);
    if (isSame(found)) continue;
    differing++;
    out.result(linesOf(name, found), { partition: name, ...found });
  }
  if (differing > 0) Deno.exitCode = EXIT.FAILED;
  if (!flags.json) {
    console.log(`${differing} of ${pathsOf(ours, theirs).length} partitions differ`);
  }
}

function pathsOf(...all: readonly (readonly FoundPartition[])[]): readonly string[] {
  return [...new Set(all.flat().map(({ path }) => path))].sort();
}

function linesOf(name: string, { rows, onlyInFirst, onlyInSecond, columns }: Comparison): string {
  const head = `${name}: ${rows} rows of both, ${onlyInFirst} only in the first, ` +
    `${onlyInSecond} only in the second`;
  const lines = columns.map(({ column, cells, most, first }) =>
    `  ${column}: ${cells} cells differ, by ${most} at most, first at ${first}`
  );
  return [head, ...lines].join("\n");
}

function tolerance(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("It must be a number, 0 or more.");
}
