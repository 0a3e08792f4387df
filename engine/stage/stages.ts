import type { Stage } from "./stage.ts";

/** Several stages that take the same records, one after the other, as one. */
class Stages<Taken> implements Stage<Taken, readonly unknown[]> {
  readonly #stages: readonly Stage<Taken>[];

  constructor(stages: readonly Stage<Taken>[]) {
    this.#stages = stages;
  }

  take(taken: Taken): void {
    for (const stage of this.#stages) stage.take(taken);
  }

  closeUntil(tsNs: number): void {
    for (const stage of this.#stages) stage.closeUntil(tsNs);
  }

  finish(): void {
    for (const stage of this.#stages) stage.finish();
  }

  save(): readonly unknown[] {
    return this.#stages.map((stage) => stage.save());
  }

  restore(states: readonly unknown[]): void {
    this.#stages.forEach((stage, i) => stage.restore(states[i]));
  }

  hash(): string {
    return this.#stages.map((stage) => stage.hash()).join("-");
  }
}

/**
 * Stages that take the same records, in the order given, as one stage. One alone is given back as it is,
 * so that it costs nothing.
 */
export function stagesOf<Taken>(
  stages: readonly [Stage<Taken>, ...Stage<Taken>[]],
): Stage<Taken> {
  return stages.length === 1 ? stages[0] : new Stages(stages);
}
