import { deepStrictEqual, notStrictEqual, strictEqual, throws } from "node:assert/strict";
import { canonicalText, envelopeOf, readEnvelope, StoreError, ulid } from "./mod.ts";

const EVENT = {
  event_id: ulid(1_768_401_000_000, new Uint8Array(10)),
  event_type: "flow.packet.closed",
  schema_ver: 1,
  ts: "2026-01-14T14:30:00.000Z",
  source: "tape",
  payload: { b: 1, a: [{ d: 1, c: 2 }] },
};
const isDamaged = (error: unknown) => error instanceof StoreError && error.code === "damaged";

Deno.test("readEnvelope() takes what envelopeOf() made, through JSON as well", () => {
  const sealed = envelopeOf(EVENT);
  deepStrictEqual(readEnvelope(JSON.parse(JSON.stringify(sealed))), sealed);
});

Deno.test("readEnvelope() refuses a payload that changed and a field that breaks its rule", () => {
  const sealed = envelopeOf(EVENT);
  throws(() => readEnvelope({ ...sealed, payload: { b: 2, a: [{ d: 1, c: 2 }] } }), isDamaged);
  throws(() => readEnvelope({ ...sealed, event_id: "1" }), isDamaged);
  throws(() => readEnvelope({ ...sealed, ts: "2026-01-14" }), isDamaged);
  throws(() => readEnvelope({ ...sealed, more: 1 }), isDamaged);
  throws(() => readEnvelope(null), isDamaged);
});

Deno.test("canonicalText() is the same for equal values, whatever the order of keys", () => {
  strictEqual(canonicalText({ b: 1, a: { d: 2, c: 3 } }), '{"a":{"c":3,"d":2},"b":1}');
  notStrictEqual(canonicalText([1, 2]), canonicalText([2, 1]));
  const other = { ...EVENT, payload: { a: [{ c: 2, d: 1 }], b: 1 } };
  strictEqual(envelopeOf(other).payload_sha256, envelopeOf(EVENT).payload_sha256);
});
