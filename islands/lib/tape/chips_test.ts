import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { event, print, share } from "./_test_util.ts";
import { chipsOf, countChips } from "./chips.ts";
import { columnsOf } from "./columns.ts";
import { FLOW } from "./channels/flow.ts";
import { OPTIONS } from "./channels/options.ts";
import { GroupSums } from "./groups.ts";
import { rowTest } from "./filters.ts";
import { TAPE_CHANNELS } from "./rows.ts";
import { type Side, SIDES } from "./side.ts";
import { OPEN_FILTER, type TapeFilter } from "./tape_filter.ts";

const none = () => undefined;
const rows = Array.from(
  { length: 1_400 },
  (_, i) => print(i, { side: SIDES[i % SIDES.length] ?? "A", isSignal: i % 2 === 0, premium: i }),
);

Deno.test("a tape without a chip shows every row of its channel", () => {
  for (const channel of TAPE_CHANNELS) deepStrictEqual(chipsOf(channel, OPEN_FILTER), []);
  ok(rows.every(rowTest(OPEN_FILTER, [], none)));
  ok(rowTest(OPEN_FILTER, [], none)(event(1, { profile: null })));
  ok(rowTest(OPEN_FILTER, [], none)(share(1)));
});

Deno.test("every filter that keeps a row off has a chip, which alone keeps it off and can be removed", () => {
  const filters: readonly Partial<TapeFilter>[] = [
    { view: "signal" },
    { sides: ["B"] },
    { right: "put" },
    { security: "etf" },
    { minPremium: 10_000 },
    { smartOnly: true },
    { contract: "SPY-2026-01-30-600-C" },
    { profile: "vol_seller" },
    { ranges: { dte: { min: 6, max: null } } },
  ];
  const row = print(1, { isSignal: false });
  for (const set of filters) {
    const filter = { ...OPEN_FILTER, ...set };
    strictEqual(rowTest(filter, [], none)(row), false, JSON.stringify(set));
    const [chip, ...others] = chipsOf("options", filter);
    ok(chip !== undefined && others.length === 0, JSON.stringify(set));
    strictEqual(rowTest(chip.alone, [], none)(row), false, chip.text);
    ok(rowTest({ ...filter, ...chip.clear }, [], none)(row), chip.text);
  }
});

Deno.test("countChips() says how many of the newest thousand are shown, and what each chip keeps off", () => {
  const filter: TapeFilter = { ...OPEN_FILTER, view: "signal", sides: ["AA", "A", "MID"] };
  const chips = chipsOf("options", filter);
  deepStrictEqual(chips.map(({ text }) => text), ["Signal rules", "AA+A+MID"]);
  const counts = countChips(rows, filter, chips, [], none);
  const first = rows.slice(0, 1_000);
  const isAsk = ({ side }: { side: Side }) => side === "AA" || side === "A" || side === "MID";
  deepStrictEqual(counts, {
    of: 1_000,
    shown: first.filter((row) => row.isSignal && isAsk(row)).length,
    hidden: [500, first.filter((row) => !isAsk(row)).length],
  });
  deepStrictEqual(countChips(rows, filter, chips, ["SPY"], none), {
    of: 0,
    shown: 0,
    hidden: [0, 0],
  });
});

Deno.test("colour is sentiment and the glyph is the side: a put bought is bearish", () => {
  const side = OPTIONS.columns.find(({ id }) => id === "side");
  ok(side !== undefined);
  const drawn = (given: Parameters<typeof print>[1]) => {
    const row = print(1, given);
    return [side.text(row), side.tone?.(row)];
  };
  deepStrictEqual(drawn({ right: "C", side: "A" }), ["▲ A", "up"]);
  deepStrictEqual(drawn({ right: "P", side: "A" }), ["▲ A", "down"]);
  deepStrictEqual(drawn({ right: "C", side: "BB" }), ["▼▼ BB", "down"]);
  deepStrictEqual(drawn({ right: "P", side: "B" }), ["▼ B", "up"]);
  deepStrictEqual(drawn({ right: "P", side: "MID" }), ["● MID", ""]);
  strictEqual(drawn({ side: "STALE" })[1], "faint");
});

Deno.test("a group's net premium is bought less sold, and coloured by what it leans to", () => {
  const sums = new GroupSums("symbol", () => "");
  sums.row(print(1, { right: "P", side: "A", premium: 500 }), 1);
  const [group] = sums.sorted("net", true);
  ok(group !== undefined);
  strictEqual(group.netPremium, 500);
  strictEqual(group.leaningPremium, -500);
});

Deno.test("a packet in which nobody bought is not green", () => {
  const side = columnsOf("flow").find(({ id }) => id === "side");
  const packet = (buy: number, sell: number, contract: string) =>
    FLOW.project({
      source_ts: 1,
      seq: 1,
      id: `flowpacket:${contract}:1:2`,
      members: [],
      features: {
        option_contract_id: contract,
        nbbo_aggressive_buy_ratio: buy,
        nbbo_aggressive_sell_ratio: sell,
      },
    });
  const drawn = (...given: Parameters<typeof packet>) => {
    const row = packet(...given);
    return [side?.text(row), side?.tone?.(row)];
  };
  const [call, put] = ["KO-2026-02-20-100-C", "KO-2026-02-20-100-P"];
  deepStrictEqual(drawn(0, 0, call), ["● neither", ""]);
  deepStrictEqual(drawn(0.5, 0.5, call), ["● 50 both", ""]);
  deepStrictEqual(drawn(0.9, 0.1, call), ["▲ 90 buy", "up"]);
  deepStrictEqual(drawn(0.9, 0.1, put), ["▲ 90 buy", "down"]);
  deepStrictEqual(drawn(0.1, 0.9, put), ["▼ 90 sell", "up"]);
});
