import { Command } from "commander";
import { loadConfig } from "../../config.ts";
import { warmBook } from "../feeds/books/mod.ts";
import { bookCache } from "./book_cache.ts";
import { standardOutput } from "./output.ts";
import { date, model, start } from "./parse.ts";

interface Flags {
  readonly startTime: string;
  readonly date?: string;
  readonly instrument?: string;
  readonly model?: "complete" | "compat";
  readonly json?: boolean;
}

/** `lotus warm FILE`: builds the book after the warm-up ahead, so that a replay can begin there. */
export function warmCommand(): Command {
  return new Command("warm")
    .description("Build the book up to a time ahead, so that replays from there begin at once")
    .argument("<file>", "market-by-order file")
    .requiredOption("--start-time <time>", "first bin at HH:MM[:SS], New York time", start)
    .option("--date <date>", "date of the first bin in a file of several days", date)
    .option("--instrument <name>", "instrument name or YAML path (default: by the file's symbol)")
    .option("--model <model>", "complete or compat (default: the instrument's)", model)
    .option("--json", "the result as a JSON line")
    .addHelpText("after", "\nExample:\n  lotus warm CLX5_mbo.dbn --start-time 16:12\n")
    .action(warm);
}

async function warm(file: string, flags: Flags): Promise<void> {
  const config = loadConfig();
  const out = standardOutput(flags.json ?? false);
  const began = performance.now();
  const book = await warmBook(bookCache(config.dataDir, out), {
    file,
    instrument: flags.instrument ?? (config.instrumentConfigPath || config.instrument),
    model: flags.model ?? null,
    start: flags.startTime,
    date: flags.date ?? null,
    onWarning: (message) => out.warning(message),
  });
  const seconds = (performance.now() - began) / 1_000;
  out.result(
    `${book.path}\n${book.symbol}: ${book.records} records, ${book.orders} resting orders, ` +
      `state ${book.stateHash}, ${seconds.toFixed(3)} s`,
    { ...book, seconds },
  );
}
