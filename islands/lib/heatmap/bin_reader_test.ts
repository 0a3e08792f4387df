import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { ScriptedMarket } from "../../../jobs/testing/scripted_market.ts";
import { until } from "../socket/testing/echo_server.ts";
import type { FromBins } from "./bin_protocol.ts";
import { BinReader } from "./bin_reader.ts";

Deno.test("BinReader hands over the bins of the past with their trades, however late those come", async () => {
  const market = new ScriptedMarket();
  market.sendBins(12, { trades: [[0, "B", 2]] });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => market.accept(request),
  );
  const posted: FromBins[] = [];
  const waiting: (() => void)[] = [];
  const reader = new BinReader((message) => {
    posted.push(message);
    for (const tell of waiting.splice(0)) tell();
  });
  const untilPosted = (isSo: () => boolean) => until(isSo, (tell) => waiting.push(tell));
  const states = () =>
    posted.filter((one) => one.type === "message" && one.message.type === "feed_state").length;
  // The reader has the grid when it tells of the state behind it; a timer that it set then is over.
  market.partsGate = async () => {
    const before = states();
    market.setFeed({});
    await untilPosted(() => states() > before);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  const query = "order=newest&parts=grid,trade_cells";
  reader.take({ type: "open", url: `ws://127.0.0.1:${server.addr.port}/?${query}` });
  await untilPosted(() =>
    posted.some((one) => one.type === "message" && one.message.type === "backfilled")
  );
  reader.take({ type: "close" });
  const past = posted.flatMap((one) => one.type === "past" ? one.bins : []);
  deepStrictEqual(past.map(({ update }) => update.binSeq), [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  ok(past.every(({ trades }) => trades !== undefined), "each with its trades");
  strictEqual(posted.filter(({ type }) => type === "trades").length, 1, "of the newest bin alone");
  market.disconnect(1_001, "");
  await server.shutdown();
});
