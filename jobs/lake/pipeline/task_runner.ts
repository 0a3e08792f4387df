import { type NoVerbs, type WorkerPlace, WorkerPort } from "../../kit/worker.ts";
import { runTask } from "./run_task.ts";
import { failedOutcome, type PipelineTask, type TaskOutcome } from "./task.ts";
import type { TaskVerbs } from "./task_worker.ts";

/** Whoever does tasks, a number of them at once. */
export interface TaskRunner {
  /** Does a task; what fails is told, not thrown. */
  run(task: PipelineTask): Promise<TaskOutcome>;
  /** Ends whatever does them. */
  close(): Promise<void>;
}

const WORKER_URL = new URL("./task_worker.ts", import.meta.url);

/** Does tasks one after the other, on this thread. */
class InlineRunner implements TaskRunner {
  readonly #lake: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(lake: string) {
    this.#lake = lake;
  }

  run(task: PipelineTask): Promise<TaskOutcome> {
    const done = this.#last.then(() => runTask(this.#lake, task));
    this.#last = done;
    return done;
  }

  async close(): Promise<void> {
    await this.#last;
  }
}

type TaskThread = WorkerPort<TaskVerbs, NoVerbs>;

/** Does tasks in threads of their own. */
class ThreadRunner implements TaskRunner {
  readonly #lake: string;
  readonly #threads = new Set<TaskThread>();
  readonly #free: TaskThread[] = [];
  readonly #waiting: ((thread: TaskThread) => void)[] = [];

  constructor(lake: string, workers: number) {
    this.#lake = lake;
    for (let i = 0; i < workers; i++) this.#free.push(this.#start());
  }

  async run(task: PipelineTask): Promise<TaskOutcome> {
    const thread = this.#free.pop() ??
      await new Promise<TaskThread>((resolve) => void this.#waiting.push(resolve));
    try {
      const outcome = await thread.call("run", { lake: this.#lake, task });
      this.#release(thread);
      return outcome;
    } catch (error) {
      // It died: another takes its place, and what it left is removed by whoever makes the same.
      this.#threads.delete(thread);
      thread.terminate();
      this.#release(this.#start());
      return failedOutcome(task, "worker_died", error instanceof Error ? error.message : "");
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  #start(): TaskThread {
    const place: WorkerPlace<TaskVerbs, NoVerbs> = {
      url: WORKER_URL,
      name: "pipeline",
      // The reader of instrument files looks at these two.
      permissions: { read: true, write: [this.#lake], env: ["LOG_TOKENS", "LOG_STREAM"] },
    };
    const thread: TaskThread = new WorkerPort<TaskVerbs, NoVerbs>(place, {}, () => {});
    this.#threads.add(thread);
    return thread;
  }

  #release(thread: TaskThread): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(thread);
    else next(thread);
  }
}

/** A runner of so many tasks at once in this process; of one at once, on this thread. */
export function localRunner(lake: string, workers: number): TaskRunner {
  return workers > 1 ? threadRunner(lake, workers) : new InlineRunner(lake);
}

/** A runner of so many tasks at once, none of them on this thread. */
export function threadRunner(lake: string, workers: number): TaskRunner {
  return new ThreadRunner(lake, workers);
}
