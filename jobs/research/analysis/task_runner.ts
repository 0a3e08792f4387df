import type { Collected } from "../../../engine/analysis/mod.ts";
import type { PressureModel } from "../../../engine/pressure/mod.ts";
import type { WorkerProgram } from "../../kit/mod.ts";
import { collect } from "./collect.ts";
import { Evaluator, type Task, type TaskResult } from "./evaluator.ts";
import { openSource } from "./open_source.ts";
import type { AnalysisOptions } from "./options.ts";
import type { AnalysisWindow } from "./window.ts";

/** What a runner of tasks is given at first. */
export interface TaskSetup {
  readonly options: AnalysisOptions;
  readonly window: AnalysisWindow;
  readonly model: PressureModel;
  /** The bins of the window in shared memory, or null to run the source anew for every task. */
  readonly collected: Collected | null;
}

/** Runs tasks one after the other, in a worker or where it is. */
class TaskRunner {
  readonly #setup: TaskSetup;
  readonly #shared: Evaluator | null;

  constructor(setup: TaskSetup) {
    this.#setup = setup;
    const { collected, options, model } = setup;
    this.#shared = collected === null ? null : new Evaluator(collected, options, model);
  }

  /** @throws {AnalysisError} When a setting is out of range. */
  async run(task: Task): Promise<TaskResult> {
    if (this.#shared !== null) return this.#shared.run(task);
    const { options, window, model } = this.#setup;
    const source = await openSource(options);
    try {
      const collected = await collect(source, window, task.kind === "projection");
      return new Evaluator(collected, options, model).run(task);
    } finally {
      source.close();
    }
  }
}

/** What a worker answers. */
export interface TaskVerbs {
  setup(setup: TaskSetup): void;
  run(task: Task): TaskResult;
}

/** Runs the tasks of a pool. */
export function taskProgram(): WorkerProgram<TaskVerbs> {
  let runner: TaskRunner | null = null;
  return {
    on: {
      setup: (setup) => {
        runner = new TaskRunner(setup);
      },
      run: (task) => {
        if (runner === null) throw new RangeError("Cannot run a task before the setup");
        return runner.run(task);
      },
    },
  };
}
