import { CLOSE, closeSocket, type Logger, type Served, type Socket } from "../../kit/mod.ts";
import { parseStreamParams, type StreamParams, StreamParamsError } from "./params.ts";

/** What has frames to serve. */
export interface FrameHost {
  /** Learns of failures that a client is told nothing about. */
  readonly log: Logger;
  /**
   * @returns Call it when the socket has closed.
   * @throws {StreamParamsError} When the request cannot be met.
   */
  attach(socket: Socket, params: StreamParams): Promise<() => void>;
}

/**
 * Serves an open socket. A bad query is told on the socket, as browsers show clients no HTTP
 * body: an `error` frame, then close 1008 with the reason.
 */
export function serveFrames(socket: Socket, query: URLSearchParams, host: FrameHost): Served {
  let end: (() => void) | null = null;
  let isOver = false;
  const attach = async () => {
    try {
      end = await host.attach(socket, parseStreamParams(query));
      if (isOver) end();
    } catch (error) {
      refuse(socket, error, host.log);
    }
  };
  void attach();
  return {
    end: () => {
      isOver = true;
      end?.();
    },
  };
}

function refuse(socket: Socket, error: unknown, log: Logger): void {
  const known = error instanceof StreamParamsError;
  const cause = error instanceof Error ? error.message : String(error);
  if (known) log.debug("client_refused", { message: cause });
  else log.error("stream_failed", { message: cause });
  const message = known ? error.message : "The stream failed";
  if (socket.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ type: "error", message }));
  closeSocket(socket, known ? CLOSE.REFUSED : CLOSE.FAILED, message);
}
