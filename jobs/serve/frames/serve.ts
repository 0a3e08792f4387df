import type { Logger } from "../../kit/mod.ts";
import { CLOSE, closeReason, type Socket } from "./client.ts";
import { parseStreamParams, type StreamParams, StreamParamsError } from "./params.ts";

/** What serves an accepted socket. */
export interface StreamHost {
  /** Learns of failures that a client is told nothing about. */
  readonly log: Logger;
  /**
   * @returns Call it when the socket has closed.
   * @throws {StreamParamsError} When the request cannot be met.
   */
  attach(socket: Socket, params: StreamParams): Promise<() => void>;
}

/**
 * Serves an upgraded socket. A bad query is told on the socket, as browsers show clients no HTTP
 * body: an `error` frame, then close 1008 with the reason.
 */
export function serveStream(socket: WebSocket, query: URLSearchParams, host: StreamHost): void {
  let end: (() => void) | null = null;
  let closed = false;
  socket.addEventListener("open", async () => {
    try {
      end = await host.attach(socket, parseStreamParams(query));
      if (closed) end();
    } catch (error) {
      refuse(socket, error, host.log);
    }
  });
  socket.addEventListener("close", () => {
    closed = true;
    end?.();
  });
}

function refuse(socket: WebSocket, error: unknown, log: Logger): void {
  const known = error instanceof StreamParamsError;
  const cause = error instanceof Error ? error.message : String(error);
  if (known) log.debug("client_refused", { message: cause });
  else log.error("stream_failed", { message: cause });
  const message = known ? error.message : "The stream failed";
  if (socket.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ type: "error", message }));
  socket.close(known ? CLOSE.BAD_REQUEST : CLOSE.FAILED, closeReason(message));
}
