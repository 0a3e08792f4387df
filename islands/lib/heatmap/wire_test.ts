import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { ScriptedMarket } from "../../../jobs/testing/scripted_market.ts";
import { FeedState } from "../../../modules/feed/contract.ts";
import { readFeedState, readMessage, WireError } from "./wire.ts";

const market = new ScriptedMarket();
const good = market.feed;

Deno.test("readFeedState() returns what the contract returns", () => {
  const replay: FeedState = {
    ...good,
    kind: "replay",
    speed: "max",
    regime: null,
    regimeHeld: false,
    seed: null,
    progress: 0.4,
    message: "x",
  };
  for (const state of [good, replay]) {
    deepStrictEqual(readFeedState(JSON.parse(JSON.stringify(state))), FeedState.parse(state));
  }
});

Deno.test("readFeedState() refuses each field that the contract refuses", () => {
  for (const field of Object.keys(good)) {
    for (const value of [undefined, {}, "surely not this"]) {
      const state = { ...good, [field]: value };
      if (FeedState.safeParse(state).success) continue;
      throws(() => readFeedState(state), WireError, `${field}: ${String(value)}`);
    }
  }
});

Deno.test("readMessage() reads the frame that opens a stream", () => {
  const message = readMessage(JSON.stringify(market.config()));
  ok(message.type === "runtime_config");
  strictEqual(message.config.tickInt, 250_000_000);
  strictEqual(message.config.radius, 50);
  deepStrictEqual(message.config.horizonsMs, [100, 200, 300, 400]);
});

Deno.test("readMessage() names the field that breaks the configuration", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["cell_width_ms", 0],
    ["grid_radius_ticks", 0.5],
    ["grid_rows", 100],
    ["projection_horizons_ms", [100, 200, 300, 500]],
    ["projection_horizons_bins", []],
    ["stream_format", "sparse"],
    ["tick_size", null],
    ["symbol", 5],
  ];
  for (const [field, value] of cases) {
    const text = JSON.stringify({ ...market.config(), [field]: value });
    throws(() => readMessage(text), (error) => error instanceof WireError && error.field === field);
  }
});

Deno.test("readMessage() refuses what is no JSON, no object and no known type", () => {
  for (const text of ["", "{", "[]", "null", '{"type":"surprise"}', '{"type":"dropped"}']) {
    throws(() => readMessage(text), WireError, text);
  }
});
