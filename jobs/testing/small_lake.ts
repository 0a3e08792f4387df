import { dirname, join, relative } from "node:path";
import { newYorkNs } from "../../engine/clock/mod.ts";
import { writeSessionFiles } from "../cli/session_files.ts";
import { localRunner, PRODUCTS, runPipeline, type TaskOutcome } from "../lake/pipeline/mod.ts";

/** The minute that a small lake has of each of its dates. */
export const SMALL_SESSION = "09:30-09:31";

/** Writes raw files of a minute of each date. */
export async function makeSmallRaw(lake: string, dates: readonly string[]): Promise<void> {
  for (const [i, dt] of dates.entries()) {
    await writeSessionFiles({
      seed: i + 1,
      preset: i % 2 === 0 ? "quiet_range" : "balanced_demo",
      dt,
      startNs: newYorkNs(dt, "09:30"),
      minutes: 1,
      lake,
      isCompressed: i % 2 === 0,
    });
  }
}

/** What differs from a run of everything on one thread. */
export type SmallRun = Partial<Parameters<typeof runPipeline>[0]> & { readonly workers?: number };

/** Runs the pipeline over a small lake; dates must be named. */
export async function runSmallLake(lake: string, asked: SmallRun): Promise<readonly TaskOutcome[]> {
  const runner = asked.runner ?? localRunner(lake, asked.workers ?? 1);
  try {
    return await runPipeline({
      lake,
      source: "synthetic",
      symbol: "ES",
      dates: [],
      layers: ["bronze", "silver", "gold"],
      products: PRODUCTS,
      session: SMALL_SESSION,
      overwrite: false,
      onOutcome: () => {},
      onSkip: () => {},
      ...asked,
      runner,
    });
  } finally {
    await runner.close();
  }
}

/** Copies the raw layer of a lake. */
export function copyRaw(from: string, to: string): void {
  for (const path of filesIn(join(from, "raw"))) {
    const into = join(to, "raw", path);
    Deno.mkdirSync(dirname(into), { recursive: true });
    Deno.copyFileSync(join(from, "raw", path), into);
  }
}

/** Hash of every file of a lake but the raw ones, by its path. */
export async function lakeContent(lake: string): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {};
  for (const path of filesIn(lake).filter((path) => !path.startsWith("raw"))) {
    const digest = await crypto.subtle.digest("SHA-256", Deno.readFileSync(join(lake, path)));
    hashes[path] = new Uint8Array(digest).toHex();
  }
  return hashes;
}

/** Paths of two lakes, less the raw layer, at which they differ. */
export function differingPaths(
  one: Readonly<Record<string, string>>,
  two: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(two)])]
    .filter((path) => one[path] !== two[path]);
}

function filesIn(folder: string): string[] {
  const found: string[] = [];
  const walk = (at: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(at)) {
      const path = join(at, name);
      if (isDirectory) walk(path);
      else found.push(relative(folder, path));
    }
  };
  walk(folder);
  return found.sort();
}
