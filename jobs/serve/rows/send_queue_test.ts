import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Socket } from "../../kit/mod.ts";
import { settle } from "../../testing/manual_clock.ts";
import { type Lane, SendQueue } from "./send_queue.ts";
import type { Cursor } from "../../../modules/tape/mod.ts";

/** A socket in memory. While `isStuck`, what is sent stays in its buffer. */
class TestSocket implements Socket {
  bufferedAmount = 0;
  readyState: number = WebSocket.OPEN;
  isStuck = false;
  readonly frames: string[] = [];

  send(data: string | Uint8Array<ArrayBuffer>): void {
    this.frames.push(String(data));
    if (this.isStuck) this.bufferedAmount += String(data).length;
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
  }
}

function lane(name: string, hot: boolean): Lane {
  return {
    hot,
    sent: null,
    dropped: 0,
    gap: (dropped: number, resume: Cursor | null) =>
      `gap ${name} ${dropped} ${resume?.seq ?? null}`,
  };
}

const ROW = "x".repeat(1_000);

function open(limits: { outboundBytes: number; closeBytes: number }) {
  const socket = new TestSocket();
  const state = { dropped: 0, overflows: 0 };
  const queue = new SendQueue(socket, {
    onDrop: (rows) => {
      state.dropped += rows;
    },
    onOverflow: () => {
      state.overflows++;
    },
    ...limits,
  });
  return { socket, queue, state };
}

Deno.test("SendQueue drops the oldest rows of hot subscriptions and says how many and where", async () => {
  const { socket, queue, state } = open({ outboundBytes: 500_000, closeBytes: 2_000_000 });
  const hot = lane("hot", true);
  const cold = lane("cold", false);
  queue.sendRows(hot, "first", 1, { ts: 1, seq: 1 });
  socket.isStuck = true;
  for (let i = 0; i < 700; i++) {
    queue.sendRows(hot, `${ROW}${i}`, 2, { ts: i, seq: 100 + i });
    if (i % 100 === 0) queue.sendRows(cold, `cold ${i}`, 1, { ts: i, seq: i });
  }
  strictEqual(state.overflows, 0);
  ok(queue.waitingBytes <= 500_000, `${queue.waitingBytes}`);
  ok(state.dropped > 0 && state.dropped === hot.dropped);
  const stuckAt = socket.frames.filter((frame) => frame.startsWith("x")).length;
  socket.isStuck = false;
  socket.bufferedAmount = 0;
  await settle(() => queue.waitingBytes === 0);
  const lost = state.dropped / 2;
  const gaps = socket.frames.filter((frame) => frame.startsWith("gap"));
  deepStrictEqual(gaps, [`gap hot ${state.dropped} ${99 + stuckAt}`]);
  const rows = socket.frames.filter((frame) => frame.startsWith("x")).map((frame) =>
    Number(frame.slice(ROW.length))
  );
  const wanted = Array.from({ length: 700 }, (_, i) => i)
    .filter((i) => i < stuckAt || i >= stuckAt + lost);
  deepStrictEqual(rows, wanted, "the oldest that waited are gone, the rest is in order");
  strictEqual(socket.frames.filter((frame) => frame.startsWith("cold")).length, 7);
  queue.dispose();
});

Deno.test("SendQueue gives up on a reader when what may not be dropped piles up", () => {
  const { socket, queue, state } = open({ outboundBytes: 300_000, closeBytes: 600_000 });
  socket.isStuck = true;
  const cold = lane("cold", false);
  for (let i = 0; i < 590; i++) queue.sendRows(cold, ROW, 1, { ts: i, seq: i });
  strictEqual(state.overflows, 0);
  for (let i = 0; i < 20; i++) queue.sendRows(cold, ROW, 1, { ts: i, seq: i });
  ok(state.overflows > 0);
  strictEqual(state.dropped, 0);
  queue.dispose();
});

Deno.test("SendQueue.room() waits until the reader has caught up, or has gone", async () => {
  const { socket, queue } = open({ outboundBytes: 400_000, closeBytes: 4_000_000 });
  socket.isStuck = true;
  for (let i = 0; i < 300; i++) queue.send(ROW);
  let hasRoom = false;
  const waiting = queue.room().then(() => {
    hasRoom = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 0));
  strictEqual(hasRoom, false);
  socket.isStuck = false;
  socket.bufferedAmount = 0;
  await waiting;
  socket.isStuck = true;
  for (let i = 0; i < 600; i++) queue.send(ROW);
  const gone = queue.room();
  queue.dispose();
  await gone;
});
