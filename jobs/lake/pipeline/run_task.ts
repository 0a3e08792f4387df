import { runBronze } from "./bronze_stage.ts";
import { checkFresh } from "./check_fresh.ts";
import { StageWork } from "./stage_work.ts";
import { runSurfaces } from "./surface_stage.ts";
import type { PipelineTask, TaskOutcome } from "./task.ts";

/** Does a task in a lake. What fails is told, not thrown; doing it again changes nothing that is there. */
export async function runTask(lake: string, task: PipelineTask): Promise<TaskOutcome> {
  const startedMs = performance.now();
  const work = new StageWork(lake, task);
  const outcome = (
    status: TaskOutcome["status"],
    error: TaskOutcome["error"],
  ): TaskOutcome => ({
    task,
    status,
    partitions: work.made.map(({ dataset, symbol, manifest }) => ({
      dataset: dataset.key,
      symbol,
      rows: manifest.row_count,
      content_sha256: manifest.content_sha256,
    })),
    records: work.records,
    others: work.others,
    without_open_interest: work.withoutOpenInterest,
    seconds: Math.round(performance.now() - startedMs) / 1_000,
    error,
  });
  try {
    checkFresh(work);
    if (task.stage === "bronze") await runBronze(work);
    else await runSurfaces(work);
    return outcome(work.made.length > 0 ? "done" : "complete", null);
  } catch (error) {
    return outcome("failed", { code: codeOf(error), message: messageOf(error) });
  }
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "failed";
  return "code" in error && typeof error.code === "string" ? error.code : "failed";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
