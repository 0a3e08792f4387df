import type { StreamName } from "../../../engine/frames/mod.ts";
import { LIVE_LIMITS, STREAMS } from "../../../modules/tape/mod.ts";
import type { Topic } from "../../kit/mod.ts";
import { closeReason, type Socket } from "../frames/mod.ts";
import type { Cursor, TapeRow } from "../../tape/mod.ts";
import { LIVE_CLOSE } from "./live_client.ts";
import { type Lane, Outbox } from "./outbox.ts";

interface Reader {
  readonly outbox: Outbox;
  readonly lane: Lane;
  readonly socket: Socket;
}

/** Sockets that carry one whole stream: a frame `{type, payload}` for every row, nothing else. */
export class StreamHub {
  readonly #readers = new Map<StreamName, Set<Reader>>();
  readonly #unsubscribe: () => void;
  readonly #rows: Topic<readonly TapeRow[]>;

  constructor(rows: Topic<readonly TapeRow[]>) {
    this.#rows = rows;
    this.#unsubscribe = rows.subscribe((batch) => this.#publish(batch));
  }

  /** Sockets that are served. */
  get clients(): number {
    let count = 0;
    for (const readers of this.#readers.values()) count += readers.size;
    return count;
  }

  /** Serves an open socket. @returns Call it when the socket has closed. */
  attach(socket: Socket, stream: StreamName): () => void {
    const readers = this.#readers.get(stream) ?? new Set<Reader>();
    this.#readers.set(stream, readers);
    const outbox = new Outbox(socket, {
      onDrop: (count) => this.#rows.drop(count),
      onOverflow: () => {
        end();
        socket.close(LIVE_CLOSE.TOO_SLOW, "The reader is too slow");
      },
      // There is no history on this socket, so that every stream may lose rows to a slow reader.
      closeBytes: LIVE_LIMITS.closeBytes,
    });
    const reader: Reader = { outbox, lane: laneOf(), socket };
    const end = () => {
      outbox.dispose();
      readers.delete(reader);
    };
    readers.add(reader);
    return end;
  }

  /** Closes every socket. */
  stop(): void {
    this.#unsubscribe();
    for (const readers of this.#readers.values()) {
      for (const { outbox, socket } of readers) {
        outbox.dispose();
        if (socket.readyState > WebSocket.OPEN) continue;
        socket.close(LIVE_CLOSE.STOPPING, closeReason("The server is stopping"));
      }
      readers.clear();
    }
  }

  #publish(batch: readonly TapeRow[]): void {
    for (const row of batch) {
      const readers = this.#readers.get(row.stream);
      if (readers === undefined || readers.size === 0) continue;
      const text = `{"type":"${STREAMS[row.stream].type}","payload":${row.json}}`;
      for (const { outbox, lane } of readers) outbox.sendRows(lane, text, 1, row);
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
