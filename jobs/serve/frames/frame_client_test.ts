import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { FeedState } from "../../../modules/feed/contract.ts";
import { CLOSE, type Socket, Topic, TOPICS } from "../../kit/mod.ts";
import type { EncodedBin, RuntimeConfig, StreamPart } from "../../market/protocol.ts";
import type { MarketEvent } from "../../market/session.ts";
import { failedState } from "../../market/state.ts";
import { FrameClient, type FrameSource } from "./frame_client.ts";

const BLOCKED = 2_000_000;

/** A socket in memory. `bufferedAmount` stands where the test puts it. */
class TestSocket implements Socket {
  bufferedAmount = 0;
  readyState: number = WebSocket.OPEN;
  closed: readonly [number, string] | null = null;
  /** Text frames by type with their number; binary frames by their first byte. */
  readonly frames: string[] = [];

  send(data: string | Uint8Array<ArrayBuffer>): void {
    if (typeof data !== "string") {
      this.frames.push(`arrow ${data[0]}`);
      return;
    }
    const { type, bin_seq, bins, state } = JSON.parse(data);
    this.frames.push([type, bin_seq ?? bins ?? state?.phase].join(" ").trim());
  }

  close(code: number, reason: string): void {
    this.closed = [code, reason];
    this.readyState = WebSocket.CLOSED;
  }

  take(): readonly string[] {
    return this.frames.splice(0);
  }
}

/** A session without a worker: the test is the market. */
class TestSession implements FrameSource {
  readonly events = new Topic<MarketEvent>(TOPICS.marketEvents);
  readonly bins: Topic<EncodedBin>;
  config: RuntimeConfig | null = { type: "runtime_config" };
  state: FeedState | null = null;
  followers = 0;
  acked = 0;
  #seq = 0;

  constructor(capacity = 100) {
    this.bins = new Topic(TOPICS.marketBins, {
      keep: capacity,
      onTaken: (bins) => {
        this.acked += bins;
      },
    });
  }

  follow(): () => void {
    this.followers++;
    return () => void this.followers--;
  }

  make(count: number, live = true): void {
    for (let i = 0; i < count; i++) {
      const seq = this.#seq++;
      const header = JSON.stringify({ type: "grid_update", bin_seq: seq });
      const sequence = this.bins.publish({
        seq,
        live,
        header,
        arrow: new Uint8Array([seq]),
        parts: partsOf(seq),
      });
      this.events.publish({ type: "bin", sequence });
    }
  }

  tell(phase: FeedState["phase"]): void {
    this.state = stateIn(phase);
    this.events.publish({ type: "state", state: this.state });
  }
}

/** Cells in every bin, prints in every second one. */
function partsOf(seq: number): EncodedBin["parts"] {
  const header = (type: string) => JSON.stringify({ type, bin_seq: seq });
  const bytes = (value: number) => new Uint8Array([value]);
  return [
    { name: "trade_cells", header: header("trade_cells"), arrow: bytes(100 + seq) },
    {
      name: "trade_prints",
      header: header("trade_prints"),
      arrow: seq % 2 === 0 ? bytes(200 + seq) : null,
    },
  ];
}

function stateIn(phase: FeedState["phase"]): FeedState {
  const spec = {
    source: "synthetic",
    seed: 1,
    regime: null,
    plan: null,
    instrument: "",
    model: null,
    projection: { form: "quadratic", cubicScale: 0, dampingLambda: 0 },
    date: null,
    start: null,
    speed: 1,
    maxInFlight: 8,
  } as const;
  return { ...failedState(spec, "The input ends inside a record"), phase };
}

function connect(
  session: TestSession,
  options: { waits?: boolean; backfill?: number; newestFirst?: boolean } = {},
) {
  const socket = new TestSocket();
  const client = new FrameClient(socket, session, {
    backfill: options.backfill ?? 300,
    waits: options.waits ?? false,
    newestFirst: options.newestFirst ?? false,
    epochMs: () => 7,
  });
  return { socket, client };
}

function pairs(from: number, to: number): readonly string[] {
  const frames: string[] = [];
  for (let i = from; i < to; i++) frames.push(`grid_update ${i}`, `arrow ${i}`);
  return frames;
}

Deno.test("FrameClient sends the parts of a bin that are asked for, rows where there are any", () => {
  const session = new TestSession();
  session.make(1);
  const socketOf = (parts: readonly StreamPart[]) => {
    const socket = new TestSocket();
    new FrameClient(socket, session, { backfill: 300, waits: false, parts, epochMs: () => 7 });
    return socket;
  };
  const [all, prints] = [
    socketOf(["trade_cells", "grid", "trade_prints"]),
    socketOf(["trade_prints"]),
  ];
  session.make(1);
  deepStrictEqual(all.take(), [
    "runtime_config",
    ...["grid_update 0", "arrow 0", "trade_cells 0", "arrow 100", "trade_prints 0", "arrow 200"],
    ...["grid_update 1", "arrow 1", "trade_cells 1", "arrow 101", "trade_prints 1"],
  ]);
  deepStrictEqual(prints.take(), [
    "runtime_config",
    "trade_prints 0",
    "arrow 200",
    "trade_prints 1",
  ]);
});

Deno.test("FrameClient sends the control frame first, then past bins at once, then new ones", () => {
  const session = new TestSession();
  session.make(10);
  const { socket, client } = connect(session, { backfill: 3 });
  deepStrictEqual(socket.take(), ["runtime_config", ...pairs(7, 10)]);
  session.make(2);
  session.tell("live");
  deepStrictEqual(socket.take(), [...pairs(10, 12), "feed_state live"]);
  client.dispose();
  session.make(1);
  deepStrictEqual(socket.take(), []);
  strictEqual(session.events.subscriberCount, 0);
  strictEqual(session.acked, 0);
});

Deno.test("FrameClient follows the bins of its session until it ends", () => {
  const session = new TestSession();
  const { client } = connect(session);
  strictEqual(session.followers, 1);
  client.dispose();
  strictEqual(session.followers, 0);
});

Deno.test("FrameClient says what is wrong when no feed is open", () => {
  const session = new TestSession();
  session.config = null;
  session.state = stateIn("error");
  const { socket, client } = connect(session);
  deepStrictEqual(socket.take(), ["feed_state error"]);
  strictEqual(socket.closed, null);
  client.dispose();
});

Deno.test("FrameClient skips whole bins for a blocked live reader and tells how many", () => {
  const session = new TestSession();
  const { socket, client } = connect(session);
  session.make(2);
  socket.take();
  socket.bufferedAmount = BLOCKED;
  session.make(50);
  session.tell("live");
  deepStrictEqual(socket.take(), [], "nothing goes into a full socket");
  socket.bufferedAmount = 0;
  session.make(1);
  const frames = socket.take();
  const told = Number(frames[0]?.match(/^dropped (\d+)$/)?.[1]);
  ok(told >= 20, frames[0]);
  strictEqual(session.bins.dropped, told);
  deepStrictEqual(frames.slice(1), [...pairs(2 + told, 53), "feed_state live"]);
  client.dispose();
});

Deno.test("FrameClient sends a short delay later instead of skipping it", () => {
  const session = new TestSession();
  const { socket, client } = connect(session);
  socket.take();
  socket.bufferedAmount = BLOCKED;
  session.make(15);
  socket.bufferedAmount = 0;
  session.make(1);
  deepStrictEqual(socket.take(), pairs(0, 16));
  strictEqual(session.bins.dropped, 0);
  client.dispose();
});

Deno.test("FrameClient counts what fell out of the ring during a slow backfill", () => {
  const session = new TestSession(30);
  session.make(30);
  const socket = new TestSocket();
  socket.bufferedAmount = BLOCKED;
  const client = new FrameClient(socket, session, {
    backfill: 30,
    waits: false,
    epochMs: () => 7,
  });
  session.make(5);
  socket.bufferedAmount = 0;
  session.make(1);
  deepStrictEqual(socket.take(), ["runtime_config", "dropped 6", ...pairs(6, 36)]);
  strictEqual(session.bins.dropped, 6);
  client.dispose();
});

Deno.test("FrameClient of a private session loses nothing and acknowledges what it sent", () => {
  const session = new TestSession();
  session.make(3);
  const { socket, client } = connect(session, { waits: true, backfill: Infinity });
  strictEqual(session.acked, 3);
  socket.bufferedAmount = BLOCKED;
  session.make(60);
  strictEqual(session.acked, 3);
  session.tell("ended");
  socket.bufferedAmount = 0;
  session.make(1);
  deepStrictEqual(socket.take(), ["runtime_config", ...pairs(0, 64), "feed_state ended"]);
  strictEqual(session.acked, 64);
  strictEqual(session.bins.dropped, 0);
  strictEqual(socket.closed, null);
  client.dispose();
});

Deno.test("FrameClient closes a private stream whose feed failed, after its last bin", () => {
  const session = new TestSession();
  const { socket } = connect(session, { waits: true });
  session.make(1);
  session.tell("error");
  deepStrictEqual(socket.take(), ["runtime_config", ...pairs(0, 1), "feed_state error"]);
  deepStrictEqual(socket.closed, [CLOSE.SOURCE_GONE, "The input ends inside a record"]);
  strictEqual(session.events.subscriberCount, 0);
});

Deno.test("FrameClient starts again after a reset", () => {
  const session = new TestSession();
  const { socket, client } = connect(session);
  session.make(2);
  socket.take();
  session.bins.clear();
  session.events.publish({ type: "reset", reason: "sought" });
  session.events.publish({ type: "config", config: { type: "runtime_config" } });
  session.make(1);
  deepStrictEqual(socket.take(), ["reset", "runtime_config", ...pairs(2, 3)]);
  session.events.publish({ type: "gone", message: "The session ended" });
  deepStrictEqual(socket.closed, [CLOSE.SOURCE_GONE, "The session ended"]);
  client.dispose();
});

Deno.test("FrameClient keeps the history after a reset for a blocked reader, then skips again", () => {
  const session = new TestSession();
  const { socket, client } = connect(session);
  session.events.publish({ type: "reset", reason: "sought" });
  socket.bufferedAmount = BLOCKED;
  session.make(60, false);
  socket.bufferedAmount = 0;
  session.make(1);
  deepStrictEqual(socket.take(), ["runtime_config", "reset", ...pairs(0, 61)]);
  socket.bufferedAmount = BLOCKED;
  session.make(60);
  ok(session.bins.dropped > 0);
  client.dispose();
});

Deno.test("FrameClient lets a reader of a fast market be behind by two seconds", () => {
  const session = new TestSession();
  session.state = { ...stateIn("live"), binsPerSecond: 30 };
  const { socket, client } = connect(session);
  socket.bufferedAmount = BLOCKED;
  session.make(55);
  strictEqual(session.bins.dropped, 0);
  session.make(10);
  ok(session.bins.dropped > 0);
  client.dispose();
});

Deno.test("FrameClient writes nothing to a socket that is closing", () => {
  const session = new TestSession();
  const { socket, client } = connect(session);
  socket.take();
  socket.readyState = WebSocket.CLOSING;
  session.make(1);
  session.tell("live");
  client.dispose();
  deepStrictEqual([socket.take(), socket.closed], [[], null]);
});

/** The frames of {@link pairs}, the newest first. */
function back(from: number, to: number): readonly string[] {
  const frames: string[] = [];
  for (let i = to - 1; i >= from; i--) frames.push(...pairs(i, i + 1));
  return frames;
}

Deno.test("FrameClient sends the newest bin first when it is asked to, and the past behind it", () => {
  const session = new TestSession();
  session.make(10);
  const { socket, client } = connect(session, { newestFirst: true, backfill: 6 });
  deepStrictEqual(socket.take(), ["runtime_config", ...back(4, 10), "backfilled"]);
  session.make(1);
  deepStrictEqual(socket.take(), pairs(10, 11));
  client.dispose();
});

Deno.test("FrameClient sends what comes before the rest of the past", () => {
  const session = new TestSession();
  session.make(10);
  const socket = new TestSocket();
  const send = socket.send.bind(socket);
  // A line that takes no more than three bins of the past at a time.
  socket.send = (data) => {
    send(data);
    socket.bufferedAmount += typeof data === "string" ? 0 : 50_000;
  };
  const options = { backfill: 10, waits: false, newestFirst: true, epochMs: () => 7 };
  const client = new FrameClient(socket, session, options);
  deepStrictEqual(socket.take(), ["runtime_config", ...back(7, 10)]);
  socket.bufferedAmount = 0;
  session.make(1);
  deepStrictEqual(socket.take(), [...pairs(10, 11), ...back(5, 7)]);
  socket.bufferedAmount = -1e9;
  session.make(1);
  deepStrictEqual(socket.take(), [...pairs(11, 12), ...back(0, 5), "backfilled"]);
  strictEqual(session.bins.dropped, 0);
  client.dispose();
});

Deno.test("FrameClient forgets the past that it was sending after a reset", () => {
  const session = new TestSession();
  session.make(10);
  const socket = new TestSocket();
  socket.bufferedAmount = 500_000; // room for what comes, none for the past
  const options = { backfill: 10, waits: false, newestFirst: true, epochMs: () => 7 };
  const client = new FrameClient(socket, session, options);
  deepStrictEqual(socket.take(), ["runtime_config", ...pairs(9, 10)]);
  session.bins.clear();
  session.events.publish({ type: "reset", reason: "sought" });
  socket.bufferedAmount = 0;
  session.make(2);
  deepStrictEqual(socket.take(), ["reset", ...pairs(10, 12)]);
  client.dispose();
});

Deno.test("FrameClient says when it sent a state, by the server's clock", () => {
  const session = new TestSession();
  const socket = new TestSocket();
  const texts: string[] = [];
  socket.send = (data) => void texts.push(String(data));
  const client = new FrameClient(socket, session, { backfill: 0, waits: false, epochMs: () => 7 });
  session.tell("live");
  deepStrictEqual(texts.map((text) => JSON.parse(text).ts), [7, 7]);
  client.dispose();
});
