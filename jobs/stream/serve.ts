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
 * Upgrades a request to the pressure stream. A bad query is told on the socket, as browsers show
 * clients no HTTP body: an `error` frame, then close 1008 with the reason.
 */
export function serveStream(request: Request, host: StreamHost): Response {
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return Response.json(
      { error: { code: "upgrade_required", message: "This is a WebSocket endpoint" } },
      { status: 426, headers: { upgrade: "websocket", connection: "upgrade" } },
    );
  }
  const { socket, response } = Deno.upgradeWebSocket(request);
  let end: (() => void) | null = null;
  let closed = false;
  socket.onopen = async () => {
    try {
      end = await host.attach(socket, parseStreamParams(new URL(request.url).searchParams));
      if (closed) end();
    } catch (error) {
      refuse(socket, error);
    }
  };
  socket.onclose = () => {
    closed = true;
    end?.();
  };
  socket.onerror = () => {};
  return response;
}

function refuse(socket: WebSocket, error: unknown): void {
  const known = error instanceof StreamParamsError;
  const message = known ? error.message : "The stream failed";
  if (socket.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ type: "error", message }));
  socket.close(known ? CLOSE.BAD_REQUEST : CLOSE.FAILED, closeReason(message));
}
