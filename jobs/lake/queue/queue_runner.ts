import { createInbox, type Subscription } from "@nats-io/transport-node";
import {
  parseOutcome,
  type PipelineTask,
  type TaskOutcome,
  type TaskRunner,
} from "../pipeline/mod.ts";
import { WorkQueue } from "./work_queue.ts";

/** Does tasks elsewhere: puts them in a queue, and waits for what workers say of them. */
export class QueueRunner implements TaskRunner {
  readonly #queue: WorkQueue;
  readonly #inbox: string;
  readonly #answers: Subscription;
  readonly #waiting = new Map<string, (outcome: TaskOutcome) => void>();

  private constructor(queue: WorkQueue) {
    this.#queue = queue;
    this.#inbox = createInbox();
    this.#answers = queue.connection.subscribe(`${this.#inbox}.*`);
    void this.#listen();
  }

  /** @throws {QueueError} `no_queue` when the server cannot be used. */
  static async open(url: string): Promise<QueueRunner> {
    return new QueueRunner(await WorkQueue.open(url));
  }

  /** Waits until a worker has done the task, however long there is none. */
  async run(task: PipelineTask): Promise<TaskOutcome> {
    const id = crypto.randomUUID();
    const { promise, resolve } = Promise.withResolvers<TaskOutcome>();
    this.#waiting.set(id, resolve);
    await this.#queue.put(JSON.stringify({ task, reply: `${this.#inbox}.${id}` }), id);
    return await promise;
  }

  async close(): Promise<void> {
    this.#answers.unsubscribe();
    await this.#queue.close();
  }

  async #listen(): Promise<void> {
    for await (const message of this.#answers) {
      const id = message.subject.slice(this.#inbox.length + 1);
      // A task that was given to two workers is answered twice.
      this.#waiting.get(id)?.(parseOutcome(message.json()));
      this.#waiting.delete(id);
    }
  }
}
