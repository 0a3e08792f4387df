import { join } from "node:path";
import { type CaptureOptions, type CaptureResult, runCapture } from "../lake/capture/mod.ts";
import { systemClock } from "../kit/clock.ts";
import { TAPE_START_NS, tapeBytes } from "./market_files.ts";

/** New York date of the small market files. */
export const CAPTURED_DATE = "2026-03-10";

/** Writes a small market file that runs from 09:30 and returns its path. */
export async function marketFile(folder: string, seconds: number, seed = 7): Promise<string> {
  const path = join(folder, `market-${seed}.dbn`);
  await Deno.writeFile(path, tapeBytes({ seconds, seed, startNs: TAPE_START_NS }));
  return path;
}

/** Options that capture the first minute of a file. */
export function captureOptions(file: string, outputDir: string): CaptureOptions {
  return {
    file,
    outputDir,
    start: "09:30",
    end: "09:31",
    date: null,
    instrument: "",
    model: null,
    projection: { form: "quadratic", cubicScale: 1 / 6, dampingLambda: 0 },
    flushBins: 200,
    compact: false,
    replace: false,
    clock: systemClock,
  };
}

/** Captures the first ten seconds of a small market, 99 bins, into `folder`/`name`. */
export async function capturedFolder(
  folder: string,
  name: string,
  seed = 7,
): Promise<{ readonly dir: string; readonly result: CaptureResult }> {
  const dir = join(folder, name);
  const file = await marketFile(folder, 11, seed);
  return { dir, result: await runCapture({ ...captureOptions(file, dir), end: "09:30:10" }) };
}
