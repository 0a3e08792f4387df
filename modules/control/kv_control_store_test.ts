import { rejects, strictEqual } from "node:assert/strict";
import { controlStoreSuite } from "../../jobs/testing/control_store_suite.ts";
import { DEFAULT_CONTROL } from "../../engine/regime/mod.ts";
import { ControlStoreError } from "./control_store.ts";
import { KvControlStore } from "./kv_control_store.ts";

const KEY = ["synthetic_control", "global"];

Deno.test("KvControlStore keeps the promises of a control store", async (t) => {
  await controlStoreSuite(t, async (fn) => {
    const path = await Deno.makeTempFile({ suffix: ".sqlite" });
    const kv = await Deno.openKv(path);
    try {
      await fn({
        store: new KvControlStore(() => Promise.resolve(kv)),
        other: new KvControlStore(() => Promise.resolve(kv)),
        corrupt: async () => void await kv.set(KEY, { preset_id: "balanced_demo" }),
        remove: () => kv.delete(KEY),
      });
    } finally {
      kv.close();
      await Deno.remove(path);
    }
  });
});

Deno.test("KvControlStore tells of a database that is gone by its own error", async () => {
  const kv = await Deno.openKv(":memory:");
  const store = new KvControlStore(() => Promise.resolve(kv));
  kv.close();
  await rejects(store.get(), ControlStoreError);
  await rejects(store.readLog(), ControlStoreError);
  await rejects(store.create(DEFAULT_CONTROL), {
    code: "control_store_unavailable",
  });
});

Deno.test("KvControlStore counts revisions 1, 2, 3, whatever else the database holds", async () => {
  const kv = await Deno.openKv(":memory:");
  try {
    await kv.set(["something"], "else");
    const store = new KvControlStore(() => Promise.resolve(kv));
    strictEqual(await store.create(DEFAULT_CONTROL), 1);
    await store.appendLog({ revision: 1, activate_at: 0, snapshot: DEFAULT_CONTROL });
    strictEqual(await store.put(DEFAULT_CONTROL, 1), 2);
    strictEqual(await store.put(DEFAULT_CONTROL, 2), 3);
    await kv.delete(KEY);
    strictEqual(await store.create(DEFAULT_CONTROL), 5, "a deletion counts as one");
  } finally {
    kv.close();
  }
});
