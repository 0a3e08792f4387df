import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { TapeRow } from "../tape/mod.ts";
import { itemsOf, LiveReader, LiveRig } from "../testing/live_rig.ts";
import { settle } from "../testing/manual_clock.ts";
import { StuckReader } from "../testing/stream_reader.ts";

const PADDING = "x".repeat(2_000);

/** A batch of wide rows, numbered on. */
function batch(from: number, count: number): readonly TapeRow[] {
  return Array.from({ length: count }, (_, i) => {
    const seq = from + i;
    const json = JSON.stringify({ ts: 1_000 + seq, seq, padding: PADDING });
    return new TapeRow("nbbo", 1_000 + seq, seq, "SPY", "SPY-2027-01-15-590-C", json);
  });
}

async function withReaders(
  fn: (rig: LiveRig, stuck: StuckReader, good: LiveReader) => Promise<void>,
  channel: string,
): Promise<void> {
  const rig = await LiveRig.create({ config: { tapeBackfillMinutes: 0 }, warmUpMs: 1_000 });
  try {
    const url = `${rig.wsUrl}/ws/live`;
    const message = JSON.stringify({
      op: "subscribe",
      subscriptions: [{ channel, snapshot_limit: 0 }],
    });
    const stuck = await StuckReader.connect(url);
    await stuck.readUntil(/"op":"ready"/);
    await stuck.send(message);
    await stuck.send('{"op":"ping"}');
    await stuck.readUntil(/"op":"heartbeat"/);
    const good = await LiveReader.ready(url, "10.0.0.2");
    good.send(message);
    await good.drain();
    await fn(rig, stuck, good);
    stuck.close();
    await good.close();
  } finally {
    await rig.stop();
  }
}

Deno.test("a reader that stops gets a gap with the cursor before it; others lose nothing", async () => {
  await withReaders(async (rig, stuck, good) => {
    let sent = 0;
    while (rig.host.live.dropped < 500) {
      rig.tape.service.rows.publish(batch(sent, 100));
      sent += 100;
      const items = itemsOf(await good.drain());
      deepStrictEqual(
        items.map((item) => item["seq"]),
        batch(sent - 100, 100).map(({ seq }) => seq),
      );
    }
    const found = await stuck.readUntil(
      /"watermark":\{"ts":\d+,"seq":(\d+)\}\}[^{]*(\{"op":"gap".*?"resume_cursor":\{[^}]*\}\})/,
    );
    const gap = JSON.parse(found[2] ?? "");
    deepStrictEqual([gap.op, gap.channel], ["gap", "nbbo"]);
    strictEqual(gap.resume_cursor.seq, Number(found[1]));
    ok(gap.dropped > 0 && gap.dropped <= rig.host.live.dropped);
    const after = await stuck.readUntil(/"op":"events".*?"items":\[\{"ts":\d+,"seq":(\d+)/);
    strictEqual(Number(after[1]), gap.resume_cursor.seq + gap.dropped + 1);
  }, "nbbo");
});

Deno.test("a reader that stops is closed with 1013 when what must not be dropped piles up", async () => {
  await withReaders(async (rig, _stuck, good) => {
    let sent = 0;
    while (rig.host.live.clients > 1) {
      const rows = batch(sent, 100).map((row) =>
        new TapeRow("alerts", row.ts, row.seq, row.underlying, "", row.json)
      );
      rig.tape.service.rows.publish(rows);
      sent += 100;
      strictEqual(itemsOf([await good.next()]).length, 100);
      ok(sent < 20_000, "the server's memory has a bound");
    }
    strictEqual(rig.host.live.dropped, 0);
    await settle(() => rig.host.live.clients === 1);
  }, "alerts");
});
