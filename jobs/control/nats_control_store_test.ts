import { connect } from "@nats-io/transport-node";
import { Kvm } from "@nats-io/kv";
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { controlStoreSuite, controlWith } from "../testing/control_store_suite.ts";
import { natsTest } from "../testing/nats_server.ts";
import { NatsControlStore } from "./nats_control_store.ts";

natsTest("NatsControlStore keeps the promises of a control store", async (server, t) => {
  await controlStoreSuite(t, async (fn) => {
    const connection = await connect({ servers: server.url });
    const kvm = new Kvm(connection);
    const bucket = await kvm.create("synthetic_control", { history: 8 });
    const log = await kvm.create("synthetic_control_log", { history: 1 });
    const store = new NatsControlStore(server.url);
    const other = new NatsControlStore(server.url);
    try {
      await fn({
        store,
        other,
        corrupt: async () => void await bucket.put("global", "{not json"),
        remove: () => bucket.delete("global"),
      });
    } finally {
      await store.close();
      await other.close();
      await bucket.destroy();
      await log.destroy();
      await connection.close();
    }
  });
});

natsTest(
  "NatsControlStore keeps 8 revisions of the state and every row of the log",
  async (server) => {
    const store = new NatsControlStore(server.url);
    const connection = await connect({ servers: server.url });
    try {
      let revision = await store.create(controlWith(0));
      for (let seed = 1; seed <= 20; seed++) {
        ok(revision !== null);
        await store.appendLog({ revision, activate_at: seed, snapshot: controlWith(seed) });
        revision = await store.put(controlWith(seed), revision);
      }
      const bucket = await new Kvm(connection).open("synthetic_control");
      const status = await bucket.status();
      deepStrictEqual([status.history, status.values], [8, 8]);
      deepStrictEqual(JSON.parse((await bucket.get("global"))?.string() ?? ""), controlWith(20));
      strictEqual((await store.readLog()).rows.length, 20);
    } finally {
      await store.close();
      await connection.close();
    }
  },
);

natsTest(
  "NatsControlStore fails at once while the server is away, and works again after",
  async (server) => {
    const store = new NatsControlStore(server.url);
    try {
      const revision = await store.create(controlWith(1));
      await server.kill();
      await rejects(store.get(), { code: "control_store_unavailable" });
      await rejects(store.put(controlWith(2), revision ?? 0), {
        code: "control_store_unavailable",
      });
      await server.restart();
      while (await store.get().then(() => false, () => true)) {
        await new Promise((resolve) => setTimeout(resolve, 50)); // the client connects by itself
      }
      deepStrictEqual(await store.get(), { revision, control: controlWith(1) });
      ok((await store.put(controlWith(3), revision ?? 0) ?? 0) > (revision ?? 0));
    } finally {
      await store.close();
    }
  },
);

Deno.test("NatsControlStore tells of a server that was never there by its own error", async () => {
  const store = new NatsControlStore("nats://127.0.0.1:1");
  await rejects(store.get(), { code: "control_store_unavailable" });
  await store.close();
  await rejects(store.get(), { code: "control_store_unavailable" });
});
