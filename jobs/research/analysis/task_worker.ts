/// <reference lib="deno.worker" />
import { AnalysisError } from "../../../engine/analysis/mod.ts";
import { type FromTaskWorker, TaskRunner, type ToTaskWorker } from "./task_runner.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;
let runner: TaskRunner | null = null;

function post(message: FromTaskWorker): void {
  scope.postMessage(message);
}

scope.onmessage = async ({ data }: MessageEvent<ToTaskWorker>) => {
  if (data.type === "setup") {
    runner = new TaskRunner(data.setup);
    return;
  }
  const { index, task } = data;
  try {
    if (runner === null) throw new RangeError("Cannot run a task before the setup");
    post({ type: "result", index, result: await runner.run(task) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const analysis = error instanceof AnalysisError
      ? { code: error.code, field: error.field }
      : null;
    post({ type: "failed", index, message, analysis });
  }
};
