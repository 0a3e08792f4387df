import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { sessionWindow } from "../clock/new_york.ts";
import { ACTION, FLAG, type MboBlock, SIDE, writeMbo } from "../dbn/mod.ts";
import { readGolden } from "./testing/golden.ts";
import { ReplayFilter, type ReplayFilterOptions } from "./replay_filter.ts";

interface GoldenRecord {
  readonly ts_event: string;
  readonly action: string;
  readonly side: string;
  readonly price: string;
  readonly size: number;
  readonly order_id: number;
  readonly flags: number;
  readonly instrument_id: number;
}
type Yielded = readonly [string, string, string, string, number, number, number];
interface Golden {
  readonly instrument_map: Readonly<Record<string, string>>;
  readonly records: readonly (GoldenRecord | null)[];
  readonly cases: readonly {
    readonly product_type: "future_mbo" | "equity_mbo";
    readonly symbol: string;
    readonly dt: string;
    readonly skip_to_ns: string;
    readonly events: readonly Yielded[];
  }[];
}

const BASE_NS = 1_767_000_000_000_000_000n;
const golden = readGolden<Golden>("replay-cases.json");

function blockOf(records: readonly GoldenRecord[]): MboBlock {
  const words = new Uint32Array(records.length * 14);
  const half = (value: bigint) => {
    const bits = BigInt.asUintN(64, value);
    return [Number(bits & 0xffff_ffffn), Number(bits >> 32n)] as const;
  };
  records.forEach((record, i) => {
    const [tsEventLow, tsEventHigh] = half(BigInt(record.ts_event));
    const [priceLow, priceHigh] = half(BigInt(record.price));
    const [orderIdLow, orderIdHigh] = half(BigInt(record.order_id));
    writeMbo(words, i, {
      publisherId: 1,
      instrumentId: record.instrument_id,
      tsEventLow,
      tsEventHigh,
      orderIdLow,
      orderIdHigh,
      priceLow,
      priceHigh,
      size: record.size,
      flags: record.flags,
      channelId: 0,
      action: record.action.charCodeAt(0),
      side: record.side.charCodeAt(0),
      tsRecvLow: 0,
      tsRecvHigh: 0,
      tsInDelta: 0,
      sequence: i,
    });
  });
  return { words, strideWords: 14, count: records.length };
}

function run(records: readonly GoldenRecord[], options: Partial<ReplayFilterOptions>) {
  const out: Yielded[] = [];
  const warnings: string[] = [];
  const filter = new ReplayFilter({
    baseNs: BASE_NS,
    symbolOf: (id) => golden.instrument_map[id] ?? null,
    symbol: "MNQH6",
    future: true,
    fromNs: -Infinity,
    toNs: Infinity,
    skipToNs: 0,
    resetSnapshotClock: false,
    onWarning: (message) => warnings.push(message),
    ...options,
  });
  filter.run(blockOf(records), {
    onEvent: (ts, action, side, price, size, low, high, flags) => {
      const letter = (code: number) => String.fromCharCode(code);
      const id = Number((BigInt(high) << 32n) | BigInt(low));
      const tsNs = String(BASE_NS + BigInt(ts));
      out.push([tsNs, letter(action), letter(side), String(price), size, id, flags]);
    },
  });
  return { out, warnings };
}

const records = golden.records.filter((record) => record !== null);

for (const c of golden.cases) {
  Deno.test(`ReplayFilter.run() equals the golden ${c.product_type} from ${c.skip_to_ns}`, () => {
    const { fromNs, toNs } = sessionWindow(c.product_type, c.dt);
    const skip = BigInt(c.skip_to_ns);
    const { out, warnings } = run(records, {
      symbol: c.symbol,
      future: c.product_type === "future_mbo",
      fromNs: Number(fromNs - BASE_NS),
      toNs: Number(toNs - BASE_NS),
      skipToNs: skip > 0n ? Number(skip - BASE_NS) : 0,
    });
    deepStrictEqual(out, c.events);
    strictEqual(warnings.length, skip > 0n ? 0 : 2);
  });
}

Deno.test("ReplayFilter.run() drops records without a usable time and lifts those before its base", () => {
  const record = (ts_event: string, flags: number): GoldenRecord => ({
    ts_event,
    action: String.fromCharCode(ACTION.ADD),
    side: String.fromCharCode(SIDE.BID),
    price: "100",
    size: 1,
    order_id: 1,
    flags,
    instrument_id: 1,
  });
  const { out, warnings } = run([
    record("18446744073709551615", FLAG.SNAPSHOT),
    record("5", FLAG.SNAPSHOT),
  ], {});
  deepStrictEqual(out.map(([ts]) => ts), [String(BASE_NS + 1n)]);
  ok(warnings[0]?.includes("time"));
});

Deno.test("ReplayFilter.run() forgets the snapshot clock at the snapshot's end when told to", () => {
  const stamps = (resetSnapshotClock: boolean) => {
    const { out } = run(records, { resetSnapshotClock });
    return out.at(-1)?.[0];
  };
  strictEqual(stamps(false), "1770318000000000000");
  strictEqual(stamps(true), "1770429600000000000");
});
