import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { sessionAt } from "../../engine/regime/mod.ts";
import { SAMPLE_START_MS, sampleTape } from "../../jobs/testing/tape_records.ts";
import { withTapeStore } from "../../jobs/testing/tape_server.ts";
import { merged, secondOfTrace, spanOfPacket } from "./_identity.ts";
import { joinById, packetById, printsByTrace, quotesAt, supportOf } from "./lookup.ts";
import { storedRows } from "./stored_row.ts";

Deno.test("secondOfTrace() finds the second of any raw row of any session", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }),
      fc.nat(8_191),
      fc.constantFrom("op", "nb", "ep", "eq"),
      (second, index, kind) => {
        const session = sessionAt(second * 1_000, "loop");
        ok(session !== null);
        const number = (second - session.openTs / 1_000) * 8_192 + index;
        const id = `syn-${kind}-${session.id}-${number.toString(36)}`;
        const wanted = { from: second * 1_000, to: second * 1_000 + 999 };
        deepStrictEqual(secondOfTrace(id), wanted);
        deepStrictEqual(secondOfTrace(`equityjoin:${id}`), wanted);
      },
    ),
    { seed: 3, numRuns: 300 },
  );
});

Deno.test("secondOfTrace() answers any id, however wrong, at once", () => {
  const digits = fc.integer({ min: 0, max: 9_999_999_999 }).map((n) => String(n).padStart(9, "0"));
  fc.assert(
    fc.property(digits, fc.nat(), (session, number) => {
      const found = secondOfTrace(`syn-op-${session}-${number.toString(36)}`);
      ok(found === null || found.to === found.from + 999);
    }),
    { seed: 4, numRuns: 2_000, interruptAfterTimeLimit: 5_000, markInterruptAsFailure: true },
  );
});

Deno.test("ids that tell no time are told apart from those that do", () => {
  const unknown = [
    "",
    "syn-op-1-2",
    "syn-op-202601140-zzzzzzz",
    "syn-op-999999999-1",
    "flowpacket:x",
  ];
  for (const id of unknown) strictEqual(secondOfTrace(id) ?? spanOfPacket(id), null, id);
  const packet = "flowpacket:NVDA-2026-01-30-142.5-C:1768401012345:1768401012921";
  const wanted = { from: 1_768_401_012_345, to: 1_768_401_012_921 };
  deepStrictEqual(spanOfPacket(packet), wanted);
  deepStrictEqual(spanOfPacket(`smartmoney:single_leg_event:${packet}`), wanted);
  const structure =
    "flowpacket:AMD-2026-11-27-STRUCT-straddle:1768401012345:AMD-2026-11-27-125-C|" +
    "AMD-2026-11-27-125-P";
  deepStrictEqual(spanOfPacket(structure), { from: wanted.from, to: wanted.from });
});

Deno.test("merged() covers the same instants with stretches apart", () => {
  const stretch = fc.tuple(fc.nat(60), fc.nat(8)).map(([from, span]) => ({
    from,
    to: from + span,
  }));
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 12 }), (given) => {
      const result = merged(given);
      const at = (list: typeof given, t: number) =>
        list.some(({ from, to }) => from <= t && t <= to);
      for (let t = 0; t < 80; t++) strictEqual(at([...result], t), at(given, t));
      result.forEach(({ from }, i) => ok(i === 0 || from > (result[i - 1]?.to ?? 0) + 1));
    }),
    { seed: 9, numRuns: 200 },
  );
});

Deno.test("lookups find rows by id in memory and in chunks alike", async () => {
  await withTapeStore(async (store) => {
    const tape = sampleTape(120, 2_000);
    await store.append(storedRows(tape));
    await store.seal();
    for (const i of [0, 60, 119]) {
      const [packet, event, join] = [tape.flow[i], tape["smart-money"][i], tape["equity-joins"][i]];
      const print = tape.options[i];
      ok(packet !== undefined && event !== undefined && join !== undefined && print !== undefined);
      deepStrictEqual(await packetById(store, packet.id), packet);
      deepStrictEqual(await joinById(store, join.id), join);
      const support = await supportOf(store, [print.trace_id]);
      deepStrictEqual(support.packets, [packet]);
      deepStrictEqual(support.smart_money, [event]);
      deepStrictEqual(support.classifier_hits, [tape["classifier-hits"][i]]);
    }
    const ids = tape.options.map((row) => row.trace_id).toReversed();
    deepStrictEqual(await printsByTrace(store, [...ids, ...ids]), tape.options.toReversed());
    const contexts = tape.options.map(({ trace_id, option_contract_id, ts }) => ({
      trace_id,
      option_contract_id,
      ts: ts + 10_000,
    }));
    const quotes = await quotesAt(store, contexts);
    for (const { trace_id, option_contract_id, ts } of contexts) {
      const wanted = tape.nbbo.findLast((row) =>
        row.option_contract_id === option_contract_id && row.ts <= ts && row.ts >= ts - 30_000
      );
      deepStrictEqual(quotes[trace_id], wanted ?? null);
    }
    const late = { trace_id: "x", option_contract_id: tape.nbbo[0]?.option_contract_id ?? "" };
    const longAgo = SAMPLE_START_MS + 10 * 60_000;
    deepStrictEqual(await quotesAt(store, [{ ...late, ts: longAgo }]), { x: null });
  }, { windowRows: 30 });
});
