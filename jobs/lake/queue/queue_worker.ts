import type { JsMsg } from "@nats-io/jetstream";
import { z } from "zod";
import {
  failedOutcome,
  parseTask,
  type PipelineTask,
  type TaskOutcome,
  type TaskRunner,
  threadRunner,
} from "../pipeline/mod.ts";
import { QueueError, WorkQueue } from "./work_queue.ts";

/** Longest wait for a task before it is asked for again, ms. */
const ASK_MS = 2_000;
/** Workers that may die of a task before it is given up. */
const MAX_DELIVERIES = 5;

const Message = z.strictObject({ task: z.unknown(), reply: z.string() });

/** How a worker of a queue works. */
export interface QueueWorkerOptions {
  readonly url: string;
  readonly lake: string;
  /** Tasks at once. */
  readonly workers: number;
  /** Ends the work after the tasks under way. */
  readonly signal: AbortSignal;
  readonly onOutcome: (outcome: TaskOutcome) => void;
}

/**
 * Takes tasks from a queue and does them, until it is told to end. A task is taken off the queue when it
 * was done and told; one whose worker dies before is given to another, which finds of it what is whole.
 *
 * @throws {QueueError} `no_queue` when the server cannot be used.
 */
export async function workOnQueue(options: QueueWorkerOptions): Promise<void> {
  const { url, lake, workers, signal } = options;
  const queue = await WorkQueue.open(url);
  const runner = threadRunner(lake, workers);
  try {
    const loops = Array.from({ length: workers }, async () => {
      while (!signal.aborted) {
        const message = await queue.next(ASK_MS);
        if (message !== null) await serve(message, { queue, runner, ...options });
      }
    });
    await Promise.all(loops);
  } finally {
    await runner.close();
    await queue.close();
  }
}

async function serve(
  message: JsMsg,
  { queue, runner, onOutcome }: QueueWorkerOptions & {
    readonly queue: WorkQueue;
    readonly runner: TaskRunner;
  },
): Promise<void> {
  const alive = setInterval(() => message.working(), queue.ackWaitMs / 3);
  try {
    const { task, reply } = read(message);
    const isGivenUp = message.info.deliveryCount > MAX_DELIVERIES;
    const outcome = isGivenUp ? givenUp(parseTask(task)) : await runner.run(parseTask(task));
    onOutcome(outcome);
    queue.connection.publish(reply, JSON.stringify(outcome));
    await queue.connection.flush();
    message.ack();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof QueueError)) throw error;
    // Nobody can do what cannot be read.
    message.term(error.message);
    console.error(`lotus pipeline work: ${error.message}`);
  } finally {
    clearInterval(alive);
  }
}

function read(message: JsMsg): z.infer<typeof Message> {
  try {
    return Message.parse(message.json());
  } catch (cause) {
    throw new QueueError("bad_message", "Cannot read a message of the queue", { cause });
  }
}

function givenUp(task: PipelineTask): TaskOutcome {
  const message = `Cannot do it as ${MAX_DELIVERIES} workers died of it`;
  return failedOutcome(task, "workers_died", message);
}
