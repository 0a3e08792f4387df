import type { StreamName } from "../../../engine/frames/mod.ts";
import {
  type Cursor,
  LIVE_LIMITS,
  type StoredRow,
  STREAMS,
  type Streams,
} from "../../../modules/tape/mod.ts";
import { CLOSE, closeSocket, type Served, type Socket, type Topic } from "../../kit/mod.ts";
import { type Lane, SendQueue } from "./send_queue.ts";

interface Reader {
  readonly queue: SendQueue;
  readonly lane: Lane;
}

/** Sockets that carry one whole stream: a frame `{type, payload}` for every row, nothing else. */
export class StreamHub {
  readonly #readers = new Map<StreamName, Set<Reader>>();
  readonly #streams: Streams;
  readonly #unsubscribe: () => void;
  readonly #rows: Topic<readonly StoredRow[]>;

  constructor(rows: Topic<readonly StoredRow[]>, streams: Streams = STREAMS) {
    this.#rows = rows;
    this.#streams = streams;
    this.#unsubscribe = rows.subscribe((batch) => this.#publish(batch));
  }

  /** Sockets that are served. */
  get clients(): number {
    let count = 0;
    for (const readers of this.#readers.values()) count += readers.size;
    return count;
  }

  /** Serves an open socket. It takes no messages. */
  attach(socket: Socket, stream: StreamName): Served {
    const readers = this.#readers.get(stream) ?? new Set<Reader>();
    this.#readers.set(stream, readers);
    const queue = new SendQueue(socket, {
      onDrop: (count) => this.#rows.drop(count),
      onOverflow: () => {
        end();
        closeSocket(socket, CLOSE.TOO_SLOW, "The reader is too slow");
      },
      // There is no history on this socket, so that every stream may lose rows to a slow reader.
      closeBytes: LIVE_LIMITS.closeBytes,
    });
    const reader: Reader = { queue, lane: laneOf() };
    const end = () => {
      queue.dispose();
      readers.delete(reader);
    };
    readers.add(reader);
    return { end };
  }

  /** Serves no more rows. */
  stop(): void {
    this.#unsubscribe();
    for (const readers of this.#readers.values()) {
      for (const { queue } of readers) queue.dispose();
      readers.clear();
    }
  }

  #publish(batch: readonly StoredRow[]): void {
    for (const row of batch) {
      const readers = this.#readers.get(row.stream);
      if (readers === undefined || readers.size === 0) continue;
      const text = `{"type":"${this.#streams.of(row.stream).type}","payload":${row.json}}`;
      for (const { queue, lane } of readers) queue.sendRows(lane, text, 1, row);
    }
  }
}

function laneOf(): Lane {
  return {
    hot: true,
    sent: null,
    dropped: 0,
    gap: (dropped: number, resume: Cursor | null) =>
      JSON.stringify({
        type: "gap",
        payload: {
          dropped,
          resume_cursor: resume === null ? null : { ts: resume.ts, seq: resume.seq },
        },
      }),
  };
}
