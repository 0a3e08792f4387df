import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { type Envelope, envelopeOf, Inbox, KvGate, Outbox, StoreError, ulid } from "./mod.ts";

const START_MS = 1_768_401_000_000;

function eventOf(n: number): Envelope {
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(6, n);
  return envelopeOf({
    event_id: ulid(START_MS + Math.floor(n / 3), random),
    event_type: "toy.counted",
    schema_ver: 1,
    ts: new Date(START_MS).toISOString(),
    source: "toy",
    payload: { n },
  });
}

/** The process dies at a write. */
class Crash extends Error {}

/** A database whose user dies at write `at`, before it took place or after. */
function mortal(kv: Deno.Kv, at: number, when: "before" | "after"): Deno.Kv {
  let writes = 0;
  const guarded = <T>(work: () => Promise<T>) => async () => {
    if (++writes === at && when === "before") throw new Crash();
    const result = await work();
    if (writes === at && when === "after") throw new Crash();
    return result;
  };
  return new Proxy(kv, {
    get(target, name) {
      if (name === "atomic") {
        return () => {
          const atomic = target.atomic();
          atomic.commit = guarded(atomic.commit.bind(atomic));
          return atomic;
        };
      }
      if (name === "delete") return (key: Deno.KvKey) => guarded(() => target.delete(key))();
      if (name === "set") {
        return (key: Deno.KvKey, value: unknown) => guarded(() => target.set(key, value))();
      }
      if (name === "close") return () => undefined;
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}

/** One life of a module that counts to `count` and tells another, which adds up what it hears. */
async function live(kv: Deno.Kv, count: number): Promise<void> {
  const gate = new KvGate("the toy's database", () => Promise.resolve(kv));
  const outbox = await Outbox.open(gate, "toy");
  const inbox = new Inbox(gate, "adder");
  for (let n = 0; n < count; n++) {
    const record = await gate.run((open) => open.get(["toy", "record", n]));
    if (record.versionstamp !== null) continue;
    await outbox.commit([{ key: ["toy", "record", n], value: n }], [eventOf(n)]);
  }
  await outbox.deliver(async (event) => {
    const sum = await gate.run((open) => open.get<number>(["adder", "sum"]));
    const { n } = event.payload as { n: number };
    const changes = [{ key: ["adder", "sum"], value: (sum.value ?? 0) + n + 1 }];
    for (const _twice of [1, 2]) await inbox.take(event, changes, [sum]);
  });
  strictEqual(outbox.waiting, 0);
}

async function survives(kv: Deno.Kv, count: number, when: "before" | "after"): Promise<number> {
  let crashes = 0;
  for (let at = 1;; at++) {
    for await (const { key } of kv.list({ prefix: [] })) await kv.delete(key);
    let crashed = false;
    await live(mortal(kv, at, when), count).catch((error) => {
      crashed = true;
      ok(error.cause instanceof Crash || error instanceof Crash, String(error));
    });
    await live(kv, count);
    const records = await Array.fromAsync(kv.list({ prefix: ["toy", "record"] }));
    strictEqual(records.length, count);
    strictEqual((await kv.get(["adder", "sum"])).value, count * (count + 1) / 2, `${when} ${at}`);
    deepStrictEqual(await Array.fromAsync(kv.list({ prefix: ["toy", "outbox"] })), []);
    if (!crashed) return crashes;
    crashes++;
  }
}

for (const path of [":memory:", "file"]) {
  Deno.test(`Outbox and Inbox lose and double nothing, whichever write a process dies at: ${path}`, async () => {
    const folder = await Deno.makeTempDir();
    const kv = await Deno.openKv(path === "file" ? `${folder}/toy.sqlite` : path);
    try {
      for (const when of ["before", "after"] as const) {
        ok(await survives(kv, 4, when) >= 12, "every write was tried");
      }
    } finally {
      kv.close();
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("Inbox.take() has the effect of each event once, in any order and number of deliveries", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(8), { maxLength: 40 }), async (deliveries) => {
      const kv = await Deno.openKv(":memory:");
      const gate = new KvGate("the toy's database", () => Promise.resolve(kv));
      const inbox = new Inbox(gate, "adder");
      let taken = 0;
      for (const n of deliveries) {
        const result = await inbox.take(eventOf(n), [{ key: ["effect", n, taken], value: n }]);
        if (result === "taken") taken++;
        ok(await inbox.has(eventOf(n)));
      }
      const effects = await Array.fromAsync(kv.list<number>({ prefix: ["effect"] }));
      deepStrictEqual(
        effects.map(({ value }) => value),
        [...new Set(deliveries)].sort((a, b) => a - b),
      );
      await gate.close();
    }),
    { seed: 9, numRuns: 30 },
  );
});

Deno.test("Inbox.forget() bounds the rows and lets no old event in again", async () => {
  const kv = await Deno.openKv(":memory:");
  const gate = new KvGate("the toy's database", () => Promise.resolve(kv));
  const inbox = new Inbox(gate, "adder");
  for (let n = 0; n < 12; n++) strictEqual(await inbox.take(eventOf(n), []), "taken");
  strictEqual(await inbox.forget(START_MS + 2), 6);
  strictEqual(await inbox.take(eventOf(0), [{ key: ["effect"], value: 1 }]), "known");
  strictEqual((await kv.get(["effect"])).versionstamp, null);
  strictEqual(await inbox.take(eventOf(7), []), "known");
  strictEqual(await inbox.take(eventOf(20), []), "taken");
  const stale = { key: ["effect"], versionstamp: "00000000000000000001" };
  strictEqual(await inbox.take(eventOf(21), [], [stale]), "conflict");
  await gate.close();
});

Deno.test("Outbox refuses to announce more than may wait, and writes no record without its event", async () => {
  const kv = await Deno.openKv(":memory:");
  const gate = new KvGate("the toy's database", () => Promise.resolve(kv));
  const outbox = await Outbox.open(gate, "toy", 2);
  const write = (n: number) => outbox.commit([{ key: ["record", n], value: n }], [eventOf(n)]);
  ok(await write(0));
  ok(await write(1));
  await rejects(write(2), (error) => error instanceof StoreError && error.code === "too_large");
  strictEqual((await kv.get(["record", 2])).versionstamp, null);
  const sent: number[] = [];
  await rejects(
    outbox.deliver((event) => {
      if (sent.length === 1) return Promise.reject(new TypeError("the other side is away"));
      sent.push((event.payload as { n: number }).n);
      return Promise.resolve();
    }),
    TypeError,
  );
  deepStrictEqual([sent, outbox.waiting], [[0], 1]);
  strictEqual((await Outbox.open(gate, "toy", 2)).waiting, 1, "as a new process finds it");
  strictEqual(await outbox.deliver(() => Promise.resolve()), 1);
  ok(await write(2));
  await gate.close();
});
