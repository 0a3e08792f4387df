import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { itemsOf, LiveReader, LiveRig } from "../../testing/live_rig.ts";
import { StuckReader } from "../../testing/stream_reader.ts";
import { StoredRow } from "../../../modules/tape/mod.ts";

const PADDING = "x".repeat(2_000);

/** A batch of wide rows, numbered on. */
function batch(from: number, count: number): readonly StoredRow[] {
  return Array.from({ length: count }, (_, i) => {
    const seq = from + i;
    const json = JSON.stringify({ ts: 1_000 + seq, seq, padding: PADDING });
    const facts = { underlying: "SPY", contract: "SPY-2027-01-15-590-C" };
    return new StoredRow("nbbo", 1_000 + seq, seq, json, facts);
  });
}

/** Rows that the kernel's and the server's buffers can hold at most, with room to spare: 40 MB. */
const MOST_ROWS = 20_000;

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
    await stuck.until((text) => text.includes('"op":"ready"'));
    await stuck.send(message);
    await stuck.send('{"op":"ping"}');
    await stuck.until((text) => text.includes('"op":"heartbeat"'));
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
    while (rig.tape.service.rows.dropped < 500) {
      ok(sent < MOST_ROWS, "the server's memory has a bound");
      const rows = batch(sent, 100);
      sent += rows.length;
      rig.tape.service.rows.publish(rows);
      deepStrictEqual(
        itemsOf([await good.next()]).map((item) => item["seq"]),
        rows.map(({ seq }) => seq),
      );
    }
    let before = -1;
    const gap = JSON.parse(
      await stuck.until((text) => {
        if (text.startsWith('{"op":"gap"')) return true;
        const items = itemsOf([JSON.parse(text)]);
        for (const item of items) strictEqual(item["seq"], ++before, "the rows before are whole");
        return false;
      }),
    );
    deepStrictEqual([gap.op, gap.channel], ["gap", "nbbo"]);
    deepStrictEqual(gap.resume_cursor, { ts: 1_000 + before, seq: before });
    ok(gap.dropped > 0 && gap.dropped <= rig.tape.service.rows.dropped);
    const [after] = itemsOf([JSON.parse((await stuck.next()).text)]);
    strictEqual(after?.["seq"], before + gap.dropped + 1);
  }, "nbbo");
});

Deno.test("a reader that stops is closed with 1013 when what must not be dropped piles up", async () => {
  await withReaders(async (rig, stuck, good) => {
    let sent = 0;
    while (rig.state.live.clients > 1) {
      ok(sent < MOST_ROWS, "the server's memory has a bound");
      const rows = batch(sent, 100).map((row) =>
        new StoredRow("alerts", row.ts, row.seq, row.json, row)
      );
      sent += rows.length;
      rig.tape.service.rows.publish(rows);
      strictEqual(itemsOf([await good.next()]).length, 100);
    }
    strictEqual(rig.tape.service.rows.dropped, 0);
    strictEqual(rig.state.live.clients, 1);
    strictEqual(await stuck.untilClosed(), 1013);
  }, "alerts");
});
