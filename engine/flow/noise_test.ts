import { ok, strictEqual } from "node:assert/strict";
import { mix, u01 } from "../regime/mod.ts";
import type { SmartMoneyEvent } from "../frames/records.ts";
import { FlowScript, TEN } from "./testing/flow_script.ts";

/** Roots far enough apart that no packet is another's neighbour. */
const ROOTS = ["AAPL", "AMD", "BA", "BAC", "CRM", "DIS", "F", "HD", "INTC", "JPM"];
const EXPIRIES = ["2026-01-14", "2026-01-16", "2026-01-30", "2026-02-20", "2026-04-17"];
const VENUES = ["CBOE", "PHLX", "ISE", "ARCA", "BOX", "MIAX"];
const SPACING_MS = 2_500;

interface Parent {
  readonly prints: number;
  /** USD. */
  readonly premium: number;
  /** Where print k executes: 1 ask, 0 middle, −1 bid. */
  readonly place: (k: number, draw: number) => number;
  readonly conditions: readonly string[];
  readonly gapMs: number;
}

/** Writes parents one after the other and returns the events of all and the number of packets. */
function run(
  seed: number,
  count: number,
  parentOf: (i: number) => Parent,
): { readonly events: readonly SmartMoneyEvent[]; readonly packets: number } {
  const script = new FlowScript();
  for (const root of ROOTS) script.drift(TEN - 90_000, 60, root, 100);
  for (let i = 0; i < count; i++) {
    const ts = TEN + i * SPACING_MS;
    const root = ROOTS[i % ROOTS.length] ?? "F";
    const move = (u01(seed, i, 1) - 0.5) * 0.3;
    script.quote(ts - 500, root, 99.99 + move, 100.01 + move);
    const dte = EXPIRIES[mix(seed, i, 2) % EXPIRIES.length] ?? "";
    const strike = 97.5 + 2.5 * (mix(seed, i, 3) % 3);
    const contract = `${root}-${dte}-${strike}-${u01(seed, i, 4) < 0.5 ? "C" : "P"}`;
    const mid = 1 + Math.round(u01(seed, i, 5) * 300) / 100;
    script.nbbo(ts - 300, contract, mid - 0.05, mid + 0.05);
    const parent = parentOf(i);
    const size = Math.max(1, Math.round(parent.premium / parent.prints / mid / 100));
    for (let k = 0; k < parent.prints; k++) {
      const place = parent.place(k, u01(seed, i, 6, k));
      script.print(
        ts + k * parent.gapMs,
        contract,
        Math.round((mid + place * 0.05) * 100) / 100,
        size,
        {
          conditions: parent.conditions,
          exchange: VENUES[mix(seed, i, 7, k) % 2] ?? "",
          execution_iv: 0.35,
        },
      );
    }
  }
  const sent = script.run(TEN + (count + 10) * SPACING_MS);
  return { events: sent["smart-money"], packets: sent.flow.length };
}

function named(events: readonly SmartMoneyEvent[]): number {
  return events.filter((event) => !event.abstained).length;
}

function side(draw: number): number {
  return draw < 0.3 ? 1 : draw < 0.6 ? -1 : 0;
}

Deno.test("small prints, scalps and stale quotes make no event at all", () => {
  const { events, packets } = run(1, 1_500, (i) => ({
    prints: 1 + mix(1, i, 9) % 5,
    premium: 500 + 6_400 * u01(1, i, 8),
    place: (_, draw) => side(draw),
    conditions: [],
    gapMs: 200,
  }));
  strictEqual(packets, 1_500);
  strictEqual(events.length, 0);
});

/** Noise that is large enough for an event. */
const SINGLES = (i: number): Parent => ({
  prints: 1,
  premium: 15_000 + 45_000 * u01(2, i, 8),
  place: (_, draw) => side(draw),
  conditions: [],
  gapMs: 0,
});
const SCALPS = (i: number): Parent => ({
  prints: 2 + mix(3, i, 9) % 4,
  premium: 20_000 + 100_000 * u01(3, i, 8),
  place: (k) => (k % 2 === 0 ? 1 : -1),
  conditions: [],
  gapMs: 300,
});
const CROSSES = (i: number): Parent => ({
  prints: 1,
  premium: 50_000 + 350_000 * u01(4, i, 8),
  place: (_, draw) => side(draw),
  conditions: [i % 2 === 0 ? "CROSS" : "AUCTION"],
  gapMs: 0,
});

Deno.test("large noise is seldom named: singles, two-sided scalps, crosses", () => {
  const singles = run(2, 1_500, SINGLES);
  const scalps = run(3, 1_500, SCALPS);
  const crosses = run(4, 1_500, CROSSES);
  for (const { events } of [singles, scalps, crosses]) ok(events.length > 1_000);
  strictEqual(named(crosses.events), 0);
  ok(named(singles.events) <= 0.01 * singles.packets, `singles ${named(singles.events)}`);
  const all = singles.packets + scalps.packets + crosses.packets;
  const wrong = named(singles.events) + named(scalps.events);
  ok(wrong <= 0.04 * all, `${wrong} of ${all}`);
});
