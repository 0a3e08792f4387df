import type { Metric } from "./metrics.ts";
import { Topic, type TopicOptions } from "./topic.ts";
import { type TopicName, TOPICS } from "./topics.ts";

/** Where the parts of a process meet: it makes their topics, and counts what slow readers left out. */
export class Hub {
  readonly #dropped = new Map<TopicName, number>(Object.values(TOPICS).map((name) => [name, 0]));

  /** A new topic. Several may have one name, as each replay has its rows; they are counted together. */
  topic<T>(name: TopicName, options: Omit<TopicOptions, "onDropped"> = {}): Topic<T> {
    return new Topic<T>(name, { ...options, onDropped: (count) => this.#count(name, count) });
  }

  /** Values that readers of this name's topics left out since the start, of ended ones too. */
  dropped(name: TopicName): number {
    return this.#dropped.get(name) ?? 0;
  }

  /** One counter per name for `/metrics`. */
  metrics(): readonly Metric[] {
    return [...this.#dropped].map(([topic, value]) => ({
      name: "lotus_topic_dropped_total",
      type: "counter",
      help: "Values that slow readers of a topic left out",
      labels: { topic },
      value,
    }));
  }

  #count(name: TopicName, count: number): void {
    this.#dropped.set(name, this.dropped(name) + count);
  }
}
