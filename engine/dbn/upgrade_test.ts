import { deepStrictEqual, equal } from "node:assert/strict";
import { decodeAll } from "./_test_util.ts";
import { concatBytes, encodeDbn } from "./encode.ts";
import { newMetadata, SCHEMA_MIXED } from "./metadata.ts";
import type { DbnRecord, DbnRecordInput } from "./record.ts";
import { errorCodeOf, systemCodeOf } from "./upgrade.ts";

async function upgraded(version: 1 | 2, record: DbnRecordInput): Promise<DbnRecord> {
  const metadata = newMetadata({ version, dataset: "X", schema: SCHEMA_MIXED, startNs: 0n });
  const all = await decodeAll([concatBytes(encodeDbn(metadata, [record]))]);
  equal(all.error, null);
  return all.records[0]!;
}

Deno.test("upgradeRecord() widens the statistics quantity and its null", async () => {
  for (const [from, to] of [[2_147_483_647, "9223372036854775807"], [-5, "-5"]] as const) {
    const record = await upgraded(1, { record: "statistics", quantity: from, ts_out: "3" });
    equal(record["quantity"], to);
    equal(record["record_bytes"], 80 + 8 - 8);
  }
});

Deno.test("upgradeRecord() gives definitions null legs and drops what version 3 lacks", async () => {
  for (const version of [1, 2] as const) {
    const record = await upgraded(version, {
      record: "definition",
      raw_symbol: "ESH6",
      asset: "ES",
      raw_instrument_id: 4_294_967_295,
      trading_reference_price: "5",
    });
    equal(record["record_bytes"], 520);
    deepStrictEqual([record["raw_symbol"], record["asset"]], ["ESH6", "ES"]);
    equal(record["raw_instrument_id"], "4294967295");
    equal(record["leg_price"], "9223372036854775807");
    deepStrictEqual([record["leg_side"], record["leg_instrument_class"]], ["N", "\0"]);
    equal("trading_reference_price" in record, false);
  }
});

Deno.test("upgradeRecord() reads message codes from version 1 texts", async () => {
  const heartbeat = await upgraded(1, { record: "system", msg: "Heartbeat" });
  deepStrictEqual([heartbeat["msg"], heartbeat["code"]], ["Heartbeat", 0]);
  const error = await upgraded(1, { record: "error", err: "Failed to resolve symbol XX" });
  deepStrictEqual([error["code"], error["is_last"]], [4, 255]);
  const mapping = await upgraded(1, { record: "symbol_mapping", stype_in_symbol: "ES.FUT" });
  deepStrictEqual([mapping["stype_in"], mapping["stype_in_symbol"]], [255, "ES.FUT"]);
});

const ERRORS: readonly [text: string, code: number][] = [
  ["User or API key deactivated", 2],
  ["User has reached their open connection limit", 3],
  ["Failed to resolve symbol A", 4],
  ["Internal error", 6],
  ["Slow client detected for 3", 7],
  ["else", 255],
];
const SYSTEMS: readonly [text: string, code: number][] = [
  ["Heartbeat", 0],
  ["Subscription request 1 for mbo succeeded", 1],
  ["Warning: slow reading now", 2],
  ["Finished mbo replay", 3],
  ["End of interval for ohlcv", 4],
  ["Heartbeats", 255],
];

Deno.test("errorCodeOf() and systemCodeOf() know the texts of the gateway", () => {
  deepStrictEqual(ERRORS.map(([text]) => errorCodeOf(text)), ERRORS.map(([, code]) => code));
  deepStrictEqual(SYSTEMS.map(([text]) => systemCodeOf(text)), SYSTEMS.map(([, code]) => code));
});
