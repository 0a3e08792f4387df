import { InvalidArgumentError } from "commander";

const BAR_CELLS = 24;

/** Longest market, minutes. */
export const MAX_MINUTES = 1_440;
/** Largest seed. */
export const MAX_SEED = Number.MAX_SAFE_INTEGER;

/** Shows on a terminal how much is done, 0..1. */
export function showProgress(share: number, records: number): void {
  if (!Deno.stderr.isTerminal()) return;
  const full = Math.round(share * BAR_CELLS);
  const bar = "█".repeat(full) + "░".repeat(BAR_CELLS - full);
  const percent = String(Math.floor(share * 100)).padStart(3);
  Deno.stderr.writeSync(
    new TextEncoder().encode(`\r${bar} ${percent} %  ${records} records\x1b[K`),
  );
}

/** Takes the bar off the terminal. */
export function endProgress(): void {
  if (Deno.stderr.isTerminal()) Deno.stderr.writeSync(new TextEncoder().encode("\r\x1b[K"));
}

/** Does the work; when it fails, prints one line and sets the exit code to 1. */
export async function guarded(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(`lotus synth: ${error instanceof Error ? error.message : String(error)}`);
    Deno.exitCode = 1;
  }
}

/** Reads an integer of a range. @throws {InvalidArgumentError} When it is none. */
export function integer(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be an integer in ${least}..${most}.`);
  };
}
