import { AnalysisError } from "../../../engine/analysis/mod.ts";
import type { Task, TaskResult } from "./evaluator.ts";
import {
  type FromTaskWorker,
  TaskRunner,
  type TaskSetup,
  type ToTaskWorker,
} from "./task_runner.ts";

/** A worker that died or a task that cannot be done. */
export class TaskError extends Error {
  override readonly name = "TaskError";
  readonly code = "task_failed";
}

/** How tasks are run. */
export interface PoolOptions {
  /** Workers at most; 1 runs everything where it is. */
  readonly jobs: number;
  /** Told after every task, in whatever order they end. */
  readonly onDone?: (done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Runs tasks in parallel. Results stand in the order of the tasks whichever ends first, and are the same
 * for any number of workers.
 *
 * @throws {AnalysisError} When a setting is out of range; the first of the failures to arrive.
 * @throws {TaskError} When a worker died or the signal aborted.
 */
export async function runTasks(
  tasks: readonly Task[],
  setup: TaskSetup,
  { jobs, onDone, signal }: PoolOptions,
): Promise<readonly TaskResult[]> {
  let done = 0;
  const count = () => onDone?.(++done, tasks.length);
  const workers = Math.min(jobs, tasks.length);
  if (workers > 1) return await runInWorkers(tasks, setup, workers, count, signal);
  const runner = new TaskRunner(setup);
  const results: TaskResult[] = [];
  for (const task of tasks) {
    if (signal?.aborted) throw new TaskError("Cannot finish the analysis as it was cancelled");
    results.push(await runner.run(task));
    count();
  }
  return results;
}

async function runInWorkers(
  tasks: readonly Task[],
  setup: TaskSetup,
  count: number,
  onDone: () => void,
  signal: AbortSignal | undefined,
): Promise<readonly TaskResult[]> {
  const results = new Array<TaskResult>(tasks.length);
  const url = new URL("./task_worker.ts", import.meta.url);
  const workers = Array.from({ length: count }, (_, i) => {
    return new Worker(url, { type: "module", name: `analysis-${i}` });
  });
  let next = 0;
  const send = (worker: Worker, message: ToTaskWorker) => worker.postMessage(message);
  const drive = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      const feed = () => {
        const index = next++;
        const task = tasks[index];
        if (task === undefined) resolve();
        else send(worker, { type: "task", index, task });
      };
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new TaskError(`Cannot finish the analysis as a worker died: ${event.message}`));
      };
      worker.onmessage = ({ data }: MessageEvent<FromTaskWorker>) => {
        if (data.type === "failed") return reject(failure(data));
        results[data.index] = data.result;
        onDone();
        feed();
      };
      signal?.addEventListener("abort", () => {
        reject(new TaskError("Cannot finish the analysis as it was cancelled"));
      }, { once: true });
      send(worker, { type: "setup", setup });
      feed();
    });
  try {
    await Promise.all(workers.map(drive));
  } finally {
    for (const worker of workers) worker.terminate();
  }
  return results;
}

function failure(data: Extract<FromTaskWorker, { type: "failed" }>): Error {
  if (data.analysis === null) return new TaskError(data.message);
  const { code, field } = data.analysis;
  const rule = data.message.slice(data.message.indexOf(field) + field.length + 1);
  return new AnalysisError(code, field, rule);
}
