import { type ReadonlySignal, signal } from "@preact/signals";
import type { ControlApi } from "./control_api.ts";
import {
  type ControlEffect,
  type ControlEvent,
  type ControlModel,
  initialModel,
  step,
  wakeAt,
} from "./control_model.ts";

/** What the driver needs of the page. */
export interface DriverPage {
  readonly now: () => number;
  /** Runs `fn` after `ms`; returns what cancels it. */
  readonly later: (fn: () => void, ms: number) => () => void;
}

/** Runs the drawer's model: gives it events and time, and does what it asks for. */
export class ControlDriver {
  readonly #api: Pick<ControlApi, "poll" | "put">;
  readonly #page: DriverPage;
  readonly #model;
  #cancel: (() => void) | null = null;
  #isEnded = false;

  constructor(api: Pick<ControlApi, "poll" | "put">, page: DriverPage) {
    this.#api = api;
    this.#page = page;
    this.#model = signal(initialModel(page.now()));
  }

  /** What to show. */
  get model(): ReadonlySignal<ControlModel> {
    return this.#model;
  }

  /** Takes an event in. */
  send(event: ControlEvent): void {
    if (this.#isEnded) return;
    const [next, effects] = step(this.#model.peek(), event, this.#page.now());
    this.#model.value = next;
    for (const effect of effects) void this.#run(effect);
    this.#wait();
  }

  /** Stops: answers that come later are dropped. */
  end(): void {
    this.#isEnded = true;
    this.#cancel?.();
  }

  async #run(effect: ControlEffect): Promise<void> {
    this.send(effect.type === "put" ? await this.#api.put(effect.body) : await this.#api.poll());
  }

  #wait(): void {
    this.#cancel?.();
    const at = wakeAt(this.#model.peek());
    this.#cancel = at === null
      ? null
      : this.#page.later(() => this.send({ type: "tick" }), Math.max(0, at - this.#page.now()));
  }
}
