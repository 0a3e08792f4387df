import { ok, strictEqual } from "node:assert/strict";
import { itemsOf, LiveReader, LiveRig } from "../testing/live_rig.ts";
import { StuckReader } from "../testing/stream_reader.ts";

Deno.test("a reader that stops gets a gap with a cursor to resume at; others lose nothing", async () => {
  const rig = await LiveRig.create({
    script: { extraQuotes: 400 },
    config: { tapeBackfillMinutes: 0 },
  });
  try {
    const url = `${rig.wsUrl}/ws/live`;
    const message = JSON.stringify({
      op: "subscribe",
      subscriptions: [{ channel: "nbbo", snapshot_limit: 0 }],
    });
    const stuck = await StuckReader.connect(url);
    await stuck.readUntil(/"op":"ready"/);
    await stuck.send(message);
    const good = await LiveReader.ready(url, "10.0.0.2");
    good.send(message);
    await good.drain();
    let received = 0;
    for (let i = 0; i < 200 && rig.host.live.dropped === 0; i++) {
      await rig.tape.advance(500);
      received += itemsOf(await good.drain()).length;
    }
    const { dropped } = rig.host.live;
    ok(dropped > 0);
    const gap = await stuck.readUntil(/\{"op":"gap"[^}]*\}[^}]*\}/);
    const told = JSON.parse(`${gap[0]}}`.replace(/\}\}\}$/, "}}"));
    strictEqual(told.channel, "nbbo");
    ok(told.dropped > 0 && told.dropped <= rig.host.live.dropped);
    const reader = await LiveReader.ready(url, "10.0.0.3");
    reader.send({
      op: "subscribe",
      subscriptions: [{ channel: "nbbo", resume_after: told.resume_cursor }],
    });
    const first = await reader.until((frame) => frame.op === "events");
    ok(itemsOf([first])[0] !== undefined);
    strictEqual(received, rig.tape.service.status().rows.nbbo - rowsBefore(rig, received));
    stuck.close();
    await good.close();
    await reader.close();
  } finally {
    await rig.stop();
  }
});

/** Rows that were published before the good reader came. */
function rowsBefore(rig: LiveRig, received: number): number {
  return rig.tape.service.status().rows.nbbo - received;
}
