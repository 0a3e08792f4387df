import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { parseStreamParams, StreamParamsError } from "./params.ts";

const parse = (query: string) => parseStreamParams(new URLSearchParams(query));

Deno.test("parseStreamParams() reads every parameter", () => {
  deepStrictEqual(parse(""), {});
  deepStrictEqual(
    parse(
      "product_type=future_mbo&symbol=CLX5&dt=2025-09-24&start_time=15:45&backfill=1200" +
        "&session=private&file=a%20b.dbn&speed=max",
    ),
    {
      product_type: "future_mbo",
      symbol: "CLX5",
      dt: "2025-09-24",
      start_time: "15:45",
      backfill: 1_200,
      session: "private",
      file: "a b.dbn",
      speed: "max",
    },
  );
  deepStrictEqual(parse("product_type=equity_mbo&session=shared&backfill=0&speed=0.1"), {
    product_type: "equity_mbo",
    session: "shared",
    backfill: 0,
    speed: 0.1,
  });
  deepStrictEqual(parse("parts=trade_prints,grid"), { parts: ["trade_prints", "grid"] });
  deepStrictEqual(parse("speed=1000&start_time=00:00:59"), {
    speed: 1_000,
    start_time: "00:00:59",
  });
});

Deno.test("parseStreamParams() names the parameter that breaks its rule", () => {
  const bad: readonly [string, string][] = [
    ["product_type=option", "product_type"],
    ["symbol=", "symbol"],
    [`symbol=${"x".repeat(72)}`, "symbol"],
    ["dt=2025-02-30", "dt"],
    ["dt=24.09.2025", "dt"],
    ["dt=", "dt"],
    ["start_time=24:00", "start_time"],
    ["start_time=9:30", "start_time"],
    ["start_time=09:30:60", "start_time"],
    ["backfill=1201", "backfill"],
    ["backfill=-1", "backfill"],
    ["backfill=1e2", "backfill"],
    ["backfill=10.5", "backfill"],
    ["backfill=", "backfill"],
    ["session=mine", "session"],
    ["file=", "file"],
    [`file=${"x".repeat(513)}`, "file"],
    ["speed=0", "speed"],
    ["speed=0.05", "speed"],
    ["speed=1001", "speed"],
    ["speed=-1", "speed"],
    ["speed=fast", "speed"],
    ["speed=Infinity", "speed"],
    ["speed=0x10", "speed"],
    ["parts=", "parts"],
    ["parts=grid,", "parts"],
    ["parts=grid,grid", "parts"],
    ["parts=trades", "parts"],
    ["limit=5", "limit"],
    ["__proto__=5", "__proto__"],
    ["toString=5", "toString"],
    ["Symbol=CLX5", "Symbol"],
    ["symbol=a&symbol=a", "symbol"],
    ["backfill=1&backfill=2", "backfill"],
  ];
  for (const [query, name] of bad) {
    throws(() => parse(query), (error) => {
      ok(error instanceof StreamParamsError, query);
      ok(error.message.startsWith(`${name} `), error.message);
      ok(!error.message.includes("undefined"), error.message);
      return true;
    });
  }
});
