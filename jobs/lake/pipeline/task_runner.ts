import { type NoVerbs, type WorkerPlace, WorkerPort } from "../../kit/worker.ts";
import { runTask } from "./run_task.ts";
import type { PipelineTask, TaskOutcome } from "./task.ts";
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

/** Does tasks in threads of their own. */
class ThreadRunner implements TaskRunner {
  readonly #lake: string;
  readonly #ports: WorkerPort<TaskVerbs, NoVerbs>[] = [];
  readonly #free: WorkerPort<TaskVerbs, NoVerbs>[] = [];
  readonly #waiting: ((port: WorkerPort<TaskVerbs, NoVerbs>) => void)[] = [];

  constructor(lake: string, workers: number) {
    this.#lake = lake;
    const place: WorkerPlace<TaskVerbs, NoVerbs> = {
      url: WORKER_URL,
      name: "pipeline",
      // The reader of instrument files looks at these two.
      permissions: { read: true, write: [lake], env: ["LOG_TOKENS", "LOG_STREAM"] },
    };
    for (let i = 0; i < workers; i++) {
      this.#ports.push(new WorkerPort<TaskVerbs, NoVerbs>(place, {}, () => {}));
    }
    this.#free.push(...this.#ports);
  }

  async run(task: PipelineTask): Promise<TaskOutcome> {
    const port = this.#free.pop() ?? await new Promise<WorkerPort<TaskVerbs, NoVerbs>>(
      (resolve) => void this.#waiting.push(resolve),
    );
    try {
      return await port.call("run", { lake: this.#lake, task });
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(port);
      else next(port);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#ports.map((port) => port.end()));
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
