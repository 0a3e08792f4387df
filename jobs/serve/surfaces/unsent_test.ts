import { deepStrictEqual } from "node:assert/strict";
import { Unsent } from "./unsent.ts";

Deno.test("Unsent.isFull at four batches or 4 MiB that have not left the socket", () => {
  const socket = { bufferedAmount: 0, readyState: WebSocket.OPEN, send: () => {}, close: () => {} };
  const unsent = new Unsent(socket);
  const isFullAt = (bufferedAmount: number) => {
    socket.bufferedAmount = bufferedAmount;
    return unsent.isFull;
  };
  for (const bytes of [100, 100, 100, 100, 100]) unsent.add(bytes);
  deepStrictEqual([0, 1, 300, 301, 500].map(isFullAt), [false, false, false, true, true]);
  unsent.add(5_000_000);
  deepStrictEqual([4_194_303, 4_194_304].map(isFullAt), [false, true]);
});
