import { AnalysisError } from "../../../engine/analysis/mod.ts";
import type { Task, TaskResult } from "./evaluator.ts";
import {
  type NoVerbs,
  PortClosedError,
  RemoteError,
  type WorkerPlace,
  WorkerPort,
} from "../../kit/mod.ts";
import { taskProgram, type TaskSetup, type TaskVerbs } from "./task_runner.ts";

/** A worker that died or a task that cannot be done. */
export class TaskError extends Error {
  override readonly name = "TaskError";
  readonly code = "task_failed";
}

const CANCELLED = "Cannot finish the analysis as it was cancelled";

/** How tasks are run. */
export interface PoolOptions {
  /** Threads at most; 1 runs everything on this one. */
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
  const workers = Math.max(1, Math.min(jobs, tasks.length));
  const ports = Array.from({ length: workers }, (_, i) => {
    const place = workers === 1 ? taskProgram : taskThread(i);
    return new WorkerPort<TaskVerbs, NoVerbs>(place, {}, () => {});
  });
  const cancel = () => {
    for (const port of ports) port.terminate(CANCELLED);
  };
  if (signal?.aborted) cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  const results = new Array<TaskResult>(tasks.length);
  let next = 0;
  let done = 0;
  const drive = async (port: WorkerPort<TaskVerbs, NoVerbs>) => {
    await port.call("setup", setup);
    for (let i = next++; i < tasks.length; i = next++) {
      const task = tasks[i];
      if (task === undefined) return;
      results[i] = await port.call("run", task);
      onDone?.(++done, tasks.length);
    }
  };
  try {
    await Promise.all(ports.map(drive));
    return results;
  } catch (error) {
    throw failure(error);
  } finally {
    signal?.removeEventListener("abort", cancel);
    for (const port of ports) port.terminate();
  }
}

/** It reads market files and data sets, wherever they lie, and writes nothing. */
function taskThread(index: number): WorkerPlace<TaskVerbs, NoVerbs> {
  return {
    url: new URL("./task_worker.ts", import.meta.url),
    name: `analysis-${index}`,
    // A path of an instrument may begin at home; the reader of YAML asks for its own settings.
    permissions: { read: "inherit", sys: ["homedir"], env: ["LOG_TOKENS", "LOG_STREAM"] },
  };
}

function failure(error: unknown): unknown {
  if (error instanceof PortClosedError) {
    if (error.message === CANCELLED) return new TaskError(CANCELLED);
    return new TaskError(`Cannot finish the analysis as a worker died: ${error.message}`);
  }
  if (!(error instanceof RemoteError)) return error;
  const { code, field } = error.fields;
  if (error.remoteName !== "AnalysisError" || typeof field !== "string") {
    return new TaskError(error.message);
  }
  const rule = error.message.slice(error.message.indexOf(field) + field.length + 1);
  return new AnalysisError(code === "data" ? "data" : "setting", field, rule);
}
