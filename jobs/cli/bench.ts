import { Command, Option } from "commander";
import { loadavg } from "node:os";
import { BENCH_NAMES, type BenchRow, rowJson, runBench, stopServers, table } from "../bench/mod.ts";
import { benchCoreCommand } from "./bench_core.ts";
import { EXIT } from "./exit.ts";
import { standardOutput } from "./output.ts";

interface Flags {
  readonly only?: readonly string[];
  readonly long: boolean;
  readonly json: boolean;
}

/** `lotus bench`: every performance claim, measured against a naive way in the same run. */
export function benchCommand(): Command {
  return new Command("bench")
    .description("Measure every performance claim against a naive baseline (about 5 minutes)")
    .addOption(
      new Option("--only <name...>", "run these benches only").choices([...BENCH_NAMES]),
    )
    .option("--long", "five minutes of 200 clients instead of 30 s, an hour at full load", false)
    .option("--json", "one JSON object per row", false)
    .addHelpText("after", "\nExample:\n  lotus bench --only decode engine\n")
    .action(bench)
    .addCommand(benchCoreCommand());
}

async function bench(flags: Flags): Promise<void> {
  const stop = async () => {
    await stopServers();
    Deno.exit(EXIT.FAILED);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
  try {
    await measure(flags);
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(signal, stop);
  }
}

async function measure(flags: Flags): Promise<void> {
  const out = standardOutput(flags.json);
  const names = flags.only ?? BENCH_NAMES;
  const rows: BenchRow[] = [];
  out.warning(machine());
  for (const [i, name] of names.entries()) {
    out.progress(i / names.length, name);
    const found = await runBench(name, flags);
    if (found.length === 0) out.warning(`${name} skipped: Chromium is missing`);
    rows.push(...found);
    if (flags.json) { for (const row of found) out.result("", rowJson(row)); }
  }
  out.done();
  if (flags.json) return;
  console.log(table(rows));
  for (const { what, note } of rows) if (note !== "") console.log(`- ${what}: ${note}`);
}

function machine(): string {
  const load = loadavg()[0] ?? 0;
  const busy = load > 1 ? "; numbers on a busy machine are too low" : "";
  return `${navigator.hardwareConcurrency} processors, Deno ${Deno.version.deno}, ` +
    `load ${load.toFixed(1)}${busy}`;
}
