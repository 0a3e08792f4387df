import { equal } from "node:assert/strict";
import { ACTION, SIDE } from "../../dbn/mod.ts";
import { MboWriter } from "./mbo_writer.ts";

Deno.test("MboWriter lays out every field where the format has it", () => {
  const baseNs = (7_000n << 32n) - 1_000n; // the offset below carries into the high half
  const out = new MboWriter({
    publisherId: 60_000,
    instrumentId: 4_916,
    tickNano: 250_000_000,
    baseNs,
  });
  out.packet(2_500, 9_000_000_000, 17_000, 2 ** 32 + 5);
  out.record(ACTION.ADD, SIDE.ASK, 32, 6_860_000_000_123, 27_801, 42);
  out.close();
  out.packet(-3_600_000_000_000, 0, 0, 6);
  out.record(ACTION.CLEAR, SIDE.NONE, 40, 0, -1, 0);
  equal(out.count, 2);
  equal(out.bytes().length, 112);
  const bytes = out.bytes();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  equal(view.getUint8(0) * 4, 56);
  equal(view.getUint8(1), 160);
  equal(view.getUint16(2, true), 60_000);
  equal(view.getUint32(4, true), 4_916);
  equal(view.getBigUint64(8, true), baseNs + 2_500n);
  equal(view.getBigUint64(16, true), 6_860_000_000_123n);
  equal(view.getBigInt64(24, true), 6_950_250_000_000n);
  equal(view.getUint32(32, true), 42);
  equal(view.getUint8(36), 160);
  equal(view.getUint8(37), 0);
  equal(String.fromCharCode(view.getUint8(38), view.getUint8(39)), "AA");
  equal(view.getBigUint64(40, true), baseNs + 9_000_000_000n);
  equal(view.getInt32(48, true), 17_000);
  equal(view.getUint32(52, true), 5);
  equal(view.getBigUint64(56 + 8, true), baseNs - 3_600_000_000_000n);
  equal(view.getBigInt64(56 + 24, true), 0x7fff_ffff_ffff_ffffn);
  out.reset();
  equal(out.block().count, 0);
});
