import {
  AckPolicy,
  type Consumer,
  jetstream,
  type JetStreamClient,
  jetstreamManager,
  type JsMsg,
  RetentionPolicy,
} from "@nats-io/jetstream";
import { nanos, type NatsConnection } from "@nats-io/transport-node";
import { dialNats } from "../../kit/nats/mod.ts";

const STREAM = "LOTUS_PIPELINE";
const SUBJECT = "lotus.pipeline.tasks";
const CONSUMER = "workers";
/** A worker that is silent for so long has died, ms. */
const ACK_WAIT_MS = 30_000;
/** Longest wait for an answer of the server, ms. */
const TIMEOUT_MS = 5_000;
const NS_PER_MS = 1_000_000;

/** A queue of tasks in a NATS server that is left by a task when it was done. */
export class WorkQueue {
  readonly connection: NatsConnection;
  /** A task whose worker is silent for so long is given to another, ms. */
  readonly ackWaitMs: number;
  readonly #stream: JetStreamClient;
  readonly #consumer: Consumer;

  private constructor(
    connection: NatsConnection,
    stream: JetStreamClient,
    consumer: Consumer,
    ackWaitMs: number,
  ) {
    this.connection = connection;
    this.ackWaitMs = ackWaitMs;
    this.#stream = stream;
    this.#consumer = consumer;
  }

  /**
   * Connects, and makes the queue where it is not there yet.
   *
   * @param ackWaitMs Of a queue that is made now.
   * @throws {QueueError} `no_queue` when the server cannot be reached, or has no JetStream.
   */
  static async open(url: string, ackWaitMs = ACK_WAIT_MS): Promise<WorkQueue> {
    let connection: NatsConnection | null = null;
    try {
      connection = await dialNats(url, "lotus-pipeline", TIMEOUT_MS);
      const manager = await jetstreamManager(connection, { timeout: TIMEOUT_MS });
      const retention = RetentionPolicy.Workqueue;
      await manager.streams.info(STREAM).catch(() =>
        manager.streams.add({ name: STREAM, subjects: [SUBJECT], retention })
      );
      const { config } = await manager.consumers.info(STREAM, CONSUMER).catch(() =>
        manager.consumers.add(STREAM, {
          durable_name: CONSUMER,
          ack_policy: AckPolicy.Explicit,
          ack_wait: nanos(ackWaitMs),
        })
      );
      const stream = jetstream(connection, { timeout: TIMEOUT_MS });
      const consumer = await stream.consumers.get(STREAM, CONSUMER);
      const waitMs = Math.round((config.ack_wait ?? nanos(ackWaitMs)) / NS_PER_MS);
      return new WorkQueue(connection, stream, consumer, waitMs);
    } catch (cause) {
      await connection?.close();
      throw new QueueError("no_queue", `Cannot use the queue in ${hostOf(url)}`, { cause });
    }
  }

  /** Puts a message at the end. @param id Of two with the same the server keeps one. */
  async put(text: string, id: string): Promise<void> {
    await this.#stream.publish(SUBJECT, text, { msgID: id });
  }

  /** The next message that nobody else has; null when none comes for so long, ms. */
  async next(waitMs: number): Promise<JsMsg | null> {
    return await this.#consumer.next({ expires: waitMs });
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}

/** A queue that cannot be used, with one line for people. */
export class QueueError extends Error {
  override readonly name = "QueueError";
  readonly code: "no_queue" | "bad_message";

  constructor(code: QueueError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** An address without what is secret in it. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "no address";
}
