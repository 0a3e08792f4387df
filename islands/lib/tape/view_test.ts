import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { event, print, rowsOf } from "./_test_util.ts";
import type { AlertRow } from "./rows.ts";
import { GroupSums } from "./groups.ts";
import { STREAM_ROWS, TapeStream } from "./stream.ts";
import { queuedText, TapeView } from "./view.ts";

function setUp() {
  const stream = new TapeStream({ channel: "options", filters: {}, symbols: [], contract: null });
  const view = new TapeView(stream, () => true, () => {});
  const add = (from: number, count: number) =>
    stream.commit(
      [rowsOf(stream.key, ...Array.from({ length: count }, (_, i) => print(from + i)))],
      1,
    );
  const ids = (count: number) => Array.from({ length: count }, (_, i) => view.at(i)?.seq);
  return { stream, view, add, ids };
}

Deno.test("TapeView shows the newest row first", () => {
  const { view, add, ids } = setUp();
  add(1, 3);
  deepStrictEqual(ids(4), [3, 2, 1, undefined]);
  strictEqual(view.size, 3);
});

Deno.test("TapeView holds the rows in sight and counts the new ones", () => {
  const { view, add, ids } = setUp();
  add(1, 5);
  view.hold(true);
  add(6, 4);
  deepStrictEqual(ids(2), [5, 4]);
  strictEqual(view.queued, 4);
  strictEqual(view.size, 5);
  view.pause(true);
  view.hold(false);
  deepStrictEqual(ids(1), [5]); // the pause still holds it
  view.pause(false);
  deepStrictEqual(ids(1), [9]);
  strictEqual(view.queued, 0);
  strictEqual(queuedText(999), "999");
  strictEqual(queuedText(1_000), "999+");
});

Deno.test("TapeView keeps what is held however much comes, and then shows the newest", () => {
  const { view, add, ids } = setUp();
  add(1, 10);
  view.hold(true);
  for (let from = 11; from < STREAM_ROWS + 1_000; from += 500) add(from, 500);
  deepStrictEqual([ids(2), view.size], [[10, 9], 10]);
  const queued = view.queued;
  strictEqual(queued, 6_000);
  view.hold(false);
  deepStrictEqual([ids(2), view.size, view.queued], [[6_010, 6_009], STREAM_ROWS, 0]);
});

Deno.test("TapeView keeps its top row when a snapshot brings it as another object", () => {
  const { stream, view, ids } = setUp();
  stream.seed([print(2), print(1)]);
  view.hold(true);
  const rows = [print(1), print(2), print(3), print(4)];
  stream.commit([{ kind: "snapshot", key: stream.key, rows, nextBefore: null }], 1);
  deepStrictEqual([ids(2), view.queued], [[2, 1], 2]);
});

Deno.test("TapeView keeps its top row when the filter changes or older rows come while held", () => {
  const { stream, view, add } = setUp();
  add(1, 6);
  view.hold(true);
  add(7, 4);
  view.filter((row) => row.seq % 2 === 0);
  strictEqual(view.at(0)?.seq, 6);
  strictEqual(view.queued, 2);
  deepStrictEqual([...view].map(({ seq }) => seq), [6, 4, 2]);
  strictEqual(stream.rows.size, 10);
});

Deno.test("TapeView drops the oldest rows at its cap, and tells the sums", () => {
  const stream = new TapeStream({ channel: "options", filters: {}, symbols: [], contract: null });
  const groups = new GroupSums("contract", () => "");
  new TapeView(stream, () => true, () => {}, groups);
  for (let i = 0; i < STREAM_ROWS + 500; i += 500) {
    stream.commit([rowsOf(stream.key, ...Array.from({ length: 500 }, (_, k) => print(i + k)))], 1);
  }
  const [group] = groups.sorted("premium", true);
  strictEqual(group?.count, STREAM_ROWS);
  strictEqual(group?.premium, STREAM_ROWS * 2_000);
});

Deno.test("TapeStream marks what the server left out, once, and never as a row received", () => {
  const { stream, view, add } = setUp();
  add(1, 2);
  stream.commit([{ kind: "gap", key: stream.key, dropped: 12, after: { ts: 1, seq: 2 } }], 1);
  add(15, 1);
  deepStrictEqual([...view].map(({ kind }) => kind), ["options", "gap", "options", "options"]);
  strictEqual(stream.received, 3);
});

Deno.test("TapeStream shows a hole where the store holds damaged rows, and does not fetch it", async () => {
  const { stream, view, add } = setUp();
  stream.commit([{
    kind: "snapshot",
    key: stream.key,
    rows: [],
    nextBefore: { ts: 1_000_020, seq: 20 },
  }], 1);
  add(20, 2);
  const record = (seq: number) => ({ ...wirePrint(seq), ts: 1_000_000 + seq, seq });
  const page = {
    data: [record(19), record(18), record(9)],
    next_before: { ts: 1_000_009, seq: 9 },
    gaps: [{ from_ts: 1_000_010, to_ts: 1_000_017 }],
  };
  const real = globalThis.fetch;
  let asked = 0;
  globalThis.fetch = () => {
    asked++;
    return Promise.resolve(Response.json(page));
  };
  try {
    await stream.loadOlder();
    const shown = [...view].map((row) => row.kind === "gap" ? `lost ${row.ts}` : row.seq);
    deepStrictEqual(shown, [21, 20, 19, 18, "lost 1000010", 9]);
    const hole = [...view].find((row) => row.kind === "gap");
    if (hole?.kind === "gap") await stream.fill(hole);
    deepStrictEqual([asked, [...view].length], [1, 6]);
  } finally {
    globalThis.fetch = real;
  }
});

Deno.test("TapeStream shows the holes of a snapshot in their places, and those of a live gap", () => {
  const { stream, view } = setUp();
  const hole = (fromTs: number) => [{ fromTs, toTs: fromTs + 5 }];
  const [first, second] = [print(3), print(9)];
  stream.commit([{
    kind: "snapshot",
    key: stream.key,
    rows: [first, second],
    nextBefore: null,
    lost: hole(first.ts + 1),
  }], 1);
  const gap = { kind: "gap", key: stream.key, dropped: null, after: null } as const;
  stream.commit([{ ...gap, lost: hole(second.ts + 1) }], 1);
  const shown = [...view].map((row) => row.kind === "gap" ? [row.ts, row.isLost] : row.seq);
  deepStrictEqual(shown, [[second.ts + 1, true], 9, [first.ts + 1, true], 3]);
  strictEqual(stream.received, 2);
});

Deno.test("TapeStream forgets its rows when another time begins, also where a pane is held", () => {
  const { stream, view, add } = setUp();
  add(1, 6);
  view.hold(true);
  add(7, 2);
  stream.reset();
  deepStrictEqual([view.size, view.queued, stream.hasSnapshot], [0, 0, false]);
  stream.commit([{ kind: "snapshot", key: stream.key, rows: [print(3)], nextBefore: null }], 1);
  deepStrictEqual([...view].map(({ seq }) => seq), [3]);
});

Deno.test("TapeView shows an alert once, as it was told last, in its own place", () => {
  const stream = new TapeStream({ channel: "alerts", filters: {}, symbols: [], contract: null });
  const view = new TapeView(stream, () => true, () => {});
  const alert = (seq: number, id: string, score: number) =>
    ({ ...event(seq), kind: "alerts", id, score }) as unknown as AlertRow;
  const tell = (...rows: AlertRow[]) => stream.commit([rowsOf(stream.key, ...rows)], 1);
  const seen = () => [...view].map((row) => row.kind === "alerts" ? `${row.id} ${row.score}` : "");
  tell(alert(1, "a", 50), alert(2, "b", 60));
  tell(alert(3, "a", 70));
  deepStrictEqual(seen(), ["b 60", "a 70"]);
  view.filter(() => true);
  deepStrictEqual(seen(), ["b 60", "a 70"]);
});

/** An option print as the server sends it. */
function wirePrint(seq: number) {
  return {
    trace_id: `print-${seq}`,
    option_contract_id: "NVDA-2026-01-30-142.5-C",
    underlying_id: "NVDA",
    price: 1,
    size: 1,
    notional: 100,
    nbbo_side: "A",
    exchange: "CBOE",
  };
}
