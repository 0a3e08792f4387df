import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import {
  KvGate,
  migrate,
  type OnProgress,
  storedFormat,
  StoreError,
  type StoreFormat,
} from "./mod.ts";

const coded = (code: string) => (error: unknown) =>
  error instanceof StoreError && error.code === code;

Deno.test("KvGate.probe() fails on a database that takes no writes, names the cause, and recovers", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/a.sqlite`;
  const gate = new KvGate("the test's database", () => Deno.openKv(path));
  await Promise.all([gate.probe(), gate.probe()]);
  const database = new DatabaseSync(path);
  database.exec(
    "create trigger full before insert on kv begin select raise(abort, 'disk full'); end",
  );
  await rejects(gate.probe(), (error) => {
    ok(coded("storage_unavailable")(error));
    return String(error).includes("disk full");
  });
  strictEqual(await gate.run(async (kv) => (await kv.get(["a"])).value), null, "it can be read");
  database.exec("drop trigger full");
  database.close();
  await gate.probe();
  strictEqual(gate.failures, 1);
  await gate.close();
  await rejects(gate.probe(), coded("closed"));
  await Deno.remove(folder, { recursive: true });
});

const doubled = async (kv: Deno.Kv, onProgress: OnProgress) => {
  for await (const { key, value } of kv.list<{ n: number; ver?: number }>({ prefix: ["toy"] })) {
    if (value.ver === undefined) await kv.set(key, { n: value.n * 2, ver: 2 });
    onProgress(1, "toys");
  }
};
const FORMAT: StoreFormat = {
  name: "the toys",
  prefixes: [["toy"]],
  key: ["toy_format"],
  version: 2,
  steps: [() => Promise.resolve(), doubled],
};

Deno.test("migrate() marks a new store and brings an old one up, also after a crash in between", async () => {
  const kv = await Deno.openKv(":memory:");
  strictEqual(await storedFormat(kv, FORMAT), null);
  strictEqual(await migrate(kv, FORMAT, () => undefined), null);
  strictEqual(await storedFormat(kv, FORMAT), 2);
  await kv.delete(FORMAT.key);
  for (let n = 0; n < 5; n++) await kv.set(["toy", n], { n });
  let seen = 0;
  const dies = () => {
    if (++seen === 3) throw new TypeError("killed");
  };
  await rejects(migrate(kv, FORMAT, dies), TypeError);
  strictEqual(await storedFormat(kv, FORMAT), 1);
  strictEqual(await migrate(kv, FORMAT, () => undefined), 1);
  const values = await Array.fromAsync(kv.list<{ n: number }>({ prefix: ["toy"] }));
  deepStrictEqual(values.map(({ value }) => value.n), [0, 2, 4, 6, 8]);
  strictEqual(await migrate(kv, FORMAT, () => undefined), 2);
  kv.close();
});

Deno.test("migrate() refuses a store of a later release and touches nothing", async () => {
  const kv = await Deno.openKv(":memory:");
  await kv.set(["toy", 1], { n: 1 });
  await kv.set(FORMAT.key, 3);
  await rejects(migrate(kv, FORMAT, () => undefined), coded("newer_format"));
  strictEqual((await kv.get(FORMAT.key)).value, 3);
  deepStrictEqual((await kv.get(["toy", 1])).value, { n: 1 });
  await kv.set(FORMAT.key, "two");
  await rejects(migrate(kv, FORMAT, () => undefined), coded("damaged"));
  kv.close();
});
