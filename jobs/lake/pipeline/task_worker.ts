/// <reference lib="deno.worker" />
import { type NoVerbs, type Port, serveWorker } from "../../kit/worker.ts";
import { runTask } from "./run_task.ts";
import type { PipelineTask, TaskOutcome } from "./task.ts";

/** What the thread of a runner does. */
export interface TaskVerbs {
  run(work: { readonly lake: string; readonly task: PipelineTask }): TaskOutcome;
}

type Host = Port<TaskVerbs, NoVerbs>;

serveWorker((_host: Host) => ({ on: { run: ({ lake, task }) => runTask(lake, task) } }));
