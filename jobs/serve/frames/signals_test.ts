import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { ApiError } from "../../kit/http/mod.ts";
import { SIGNAL_QUERY, signalsOf } from "./signals.ts";

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
  const parsed = SIGNAL_QUERY.safeParse(Object.fromEntries(new URLSearchParams(query)));
  if (!parsed.success) return { field: parsed.error.issues[0]?.path.join(".") || "query" };
  try {
    return { body: await signalsOf(session, parsed.data) };
  } catch (error) {
    ok(error instanceof ApiError);
    return { status: error.status };
  }
}

Deno.test("signalsOf() gives every value as it is, and epoch ns as text", async () => {
  const { body } = await ask("from=7&to=8");
  deepStrictEqual(body?.columns, ["composite", "ads", "pfp", "svac", "warmup"]);
  deepStrictEqual(body?.values, Array.from(STRETCH.values));
  strictEqual(body?.last_bin_end_ns, "1773149400200000000");
});

Deno.test("signalsOf() refuses a bad query with the field at fault, and bins that are gone", async () => {
  const cases: readonly [string, object][] = [
    ["", { field: "from" }],
    ["from=7", { field: "to" }],
    ["from=-1&to=3", { field: "from" }],
    ["from=1e3&to=2000", { field: "from" }],
    ["from=9&to=8", { field: "to" }],
    ["from=0&to=1200", { field: "to" }],
    ["from=7&to=8&more=1", { field: "query" }],
    ["from=5&to=8", { status: 404 }],
  ];
  for (const [query, expected] of cases) deepStrictEqual(await ask(query), expected, query);
});
