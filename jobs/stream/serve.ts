import { CLOSE, closeReason, type Socket } from "./client.ts";
import { parseStreamParams, type StreamParams, StreamParamsError } from "./params.ts";

/** What serves an accepted socket. */
export interface StreamHost {
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
      refuse(socket, error);
    }
  });
  socket.addEventListener("close", () => {
    closed = true;
    end?.();
  });
}

function refuse(socket: WebSocket, error: unknown): void {
  const known = error instanceof StreamParamsError;
  const message = known ? error.message : "The stream failed";
  if (socket.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ type: "error", message }));
  socket.close(known ? CLOSE.BAD_REQUEST : CLOSE.FAILED, closeReason(message));
}
