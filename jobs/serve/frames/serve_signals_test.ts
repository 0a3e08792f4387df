import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { serveSignals } from "./serve_signals.ts";

const STRETCH = {
  firstEndNs: 1_773_149_400_100_000_000n,
  lastEndNs: 1_773_149_400_200_000_000n,
  cellWidthMs: 100,
  values: Float64Array.of(0.1, 0, 0.25, 1 / 3, 1, -0.1, 0, 1e-17, -1 / 3, 1),
};

const session = {
  signals: (from: number) => Promise.resolve(from === 7 ? STRETCH : null),
};

async function ask(query: string) {
  const answer = await serveSignals(session, new URLSearchParams(query));
  return { status: answer.status, body: await answer.json() };
}

Deno.test("serveSignals() gives every value as it is, and epoch ns as text", async () => {
  const { status, body } = await ask("from=7&to=8");
  deepStrictEqual([status, body.columns], [200, ["composite", "ads", "pfp", "svac", "warmup"]]);
  deepStrictEqual(body.values, Array.from(STRETCH.values));
  strictEqual(body.last_bin_end_ns, "1773149400200000000");
});

Deno.test("serveSignals() refuses a bad query with the field at fault, and bins that are gone", async () => {
  const cases: readonly [string, number, string | undefined][] = [
    ["", 422, "from"],
    ["from=7", 422, "to"],
    ["from=-1&to=3", 422, "from"],
    ["from=1e3&to=2000", 422, "from"],
    ["from=9&to=8", 422, "to"],
    ["from=0&to=1200", 422, "to"],
    ["from=7&to=8&more=1", 422, "query"],
    ["from=5&to=8", 404, "from"],
  ];
  for (const [query, expected, field] of cases) {
    const { status, body } = await ask(query);
    deepStrictEqual([query, status, body.error.field], [query, expected, field]);
  }
});
