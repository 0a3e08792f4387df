import { Command } from "commander";
import { EXIT } from "./exit.ts";
import { standardOutput } from "./output.ts";
import { lakeOf } from "./pipeline_flags.ts";
import { lineOf } from "./pipeline_run.ts";
import { integer } from "./synth_flags.ts";

const MAX_WORKERS = 64;

interface Flags {
  readonly queue: string;
  readonly lake?: string;
  readonly workers: number;
  readonly json: boolean;
}

/** Returns the command `pipeline work`. */
export function pipelineWorkCommand(): Command {
  return new Command("work")
    .description("Do the tasks that `pipeline run --queue` gives, until it is told to end")
    .requiredOption("--queue <url>", "NATS server with JetStream, nats://…")
    .option("--lake <folder>", "root of the lake, the same one everywhere")
    .option("--workers <n>", "tasks at once", integer(1, MAX_WORKERS), 1)
    .option("--json", "print one JSON line per task", false)
    .addHelpText(
      "after",
      "\nExample:\n  lotus pipeline work --queue nats://lake-1:4222 --lake /srv/lake\n",
    )
    .action(work);
}

async function work(flags: Flags): Promise<void> {
  const { QueueError, workOnQueue } = await import("../lake/queue/mod.ts");
  const out = standardOutput(flags.json);
  const ending = new AbortController();
  const end = () => ending.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, end);
  try {
    await workOnQueue({
      url: flags.queue,
      lake: lakeOf(flags),
      workers: flags.workers,
      signal: ending.signal,
      onOutcome: (outcome) => out.result(lineOf(outcome), { ...outcome }),
    });
  } catch (error) {
    if (!(error instanceof QueueError)) throw error;
    console.error(`lotus pipeline work: ${error.message}`);
    Deno.exitCode = EXIT.FAILED;
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(signal, end);
  }
}
