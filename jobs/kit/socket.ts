/** What is needed of a socket to serve it. */
export interface Socket {
  readonly bufferedAmount: number;
  readonly readyState: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code: number, reason: string): void;
}

/** Codes that sockets are closed with; see docs/formats.md. */
export const CLOSE = {
  DONE: 1000,
  STOPPING: 1001,
  REFUSED: 1008,
  TOO_LARGE: 1009,
  FAILED: 1011,
  TOO_SLOW: 1013,
  SOURCE_GONE: 4000,
  NO_DATA: 4404,
} as const;

/** Longest reason that fits a close frame, bytes. */
const MAX_REASON_BYTES = 123;

/** Cuts a close reason to what the protocol carries, on a character boundary. */
export function closeReason(text: string): string {
  const bytes = new Uint8Array(MAX_REASON_BYTES);
  const { read } = new TextEncoder().encodeInto(text, bytes);
  return text.slice(0, read);
}

/** Closes a socket that is not closing already. */
export function closeSocket(socket: Socket, code: number, reason: string): void {
  if (socket.readyState <= WebSocket.OPEN) socket.close(code, closeReason(reason));
}
