import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { type Change, COMMIT_BUDGET, commitAtOnce, commitInOrder, StoreError } from "./mod.ts";

async function withKv(fn: (kv: Deno.Kv) => Promise<void>): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  try {
    await fn(kv);
  } finally {
    kv.close();
  }
}

const isTooLarge = (error: unknown) => error instanceof StoreError && error.code === "too_large";
const count = async (kv: Deno.Kv) => (await Array.fromAsync(kv.list({ prefix: [] }))).length;

Deno.test("commitInOrder() makes every change, and no commit is refused for its size", async () => {
  const key = fc.tuple(
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.oneof(fc.integer(), fc.uint8Array({ maxLength: 60 })),
  );
  const value = fc.oneof(
    fc.integer({ min: 1, max: 64_000 }).map((length) => new Uint8Array(length)),
    fc.json().map((text) => ({ text })),
  );
  const change = fc.record({ key, value });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(change, { maxLength: 60, selector: ({ key }) => String(key) }),
      fc.integer({ min: 0, max: 2_500 }),
      async (some, many) =>
        await withKv(async (kv) => {
          const small = Array.from({ length: many }, (_, i) => ({ key: ["many", i], value: i }));
          const changes: Change[] = [...some, ...small];
          const commits = await commitInOrder(kv, changes);
          ok(commits >= Math.ceil(changes.length / COMMIT_BUDGET.changes));
          for (const { key, value } of changes) deepStrictEqual((await kv.get(key)).value, value);
          await commitInOrder(kv, changes.map(({ key }) => ({ key, value: null })));
          strictEqual(await count(kv), 0);
        }),
    ),
    { numRuns: 20, seed: 3 },
  );
});

Deno.test("commitAtOnce() writes all or, past the budget, nothing", async () => {
  await withKv(async (kv) => {
    const changes = Array.from(
      { length: COMMIT_BUDGET.changes },
      (_, i) => ({ key: ["row", i], value: i }),
    );
    ok(await commitAtOnce(kv, changes));
    strictEqual(await count(kv), COMMIT_BUDGET.changes);
    const more = [...changes, { key: ["one more"], value: 1 }];
    await rejects(commitAtOnce(kv, more), isTooLarge);
    const wide = Array.from(
      { length: 12 },
      (_, i) => ({ key: ["wide", i], value: new Uint8Array(64_000) }),
    );
    await rejects(commitAtOnce(kv, wide), isTooLarge);
    strictEqual(await count(kv), COMMIT_BUDGET.changes);
  });
});

Deno.test("commitAtOnce() writes nothing when an entry is not as it was read", async () => {
  await withKv(async (kv) => {
    const none = { key: ["a"], versionstamp: null };
    ok(await commitAtOnce(kv, [{ key: ["a"], value: 1 }], [none]));
    strictEqual(await commitAtOnce(kv, [{ key: ["b"], value: 2 }], [none]), false);
    strictEqual((await kv.get(["b"])).value, null);
  });
});
