import type { Collected } from "../../../engine/analysis/mod.ts";
import type { PressureModel } from "../../../engine/pressure/mod.ts";
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
export class TaskRunner {
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

/** What is sent to a worker. */
export type ToTaskWorker =
  | { readonly type: "setup"; readonly setup: TaskSetup }
  | { readonly type: "task"; readonly index: number; readonly task: Task };

/** What a worker sends. */
export type FromTaskWorker =
  | { readonly type: "result"; readonly index: number; readonly result: TaskResult }
  | {
    readonly type: "failed";
    readonly index: number;
    readonly message: string;
    /** Set when a setting or the data is at fault. */
    readonly analysis: { readonly code: "data" | "setting"; readonly field: string } | null;
  };
