/**
 * How the pipeline reads what the generator means, over full sessions. Takes about a quarter of a minute
 * per session: `deno test --allow-all --no-check jobs/realism/alignment_long.ts`.
 */
import { ok } from "node:assert/strict";
import {
  DEFAULT_CONTROL,
  fixedTimeline,
  type PresetId,
  sessionById,
} from "../../engine/regime/mod.ts";
import { TEST_SESSIONS } from "../../engine/tape/schedule/testing/sessions.ts";
import {
  addReading,
  coverageWindows,
  type Reading,
  readSession,
  type SubtypeReading,
} from "./alignment.ts";

/** Sessions of balanced_demo, seeds from 11 on. */
const SESSIONS = 50;
/** Sessions of each other preset. */
const PRESET_SESSIONS = 3;
const NOISE = ["single_print_mid", "two_sided_scalp", "stale_quote_noise"];

function read(preset_id: PresetId, i: number): Reading {
  const sessionId = TEST_SESSIONS[i % TEST_SESSIONS.length] ?? 0;
  const control = { ...DEFAULT_CONTROL, preset_id, shared_seed: 11 + i };
  return readSession(sessionById(sessionId), fixedTimeline(control));
}

/** Sums over sessions. */
class Totals {
  readonly table = new Map<string, SubtypeReading>();
  readonly coverage = { windows: 0, covered: 0, apart: 0, apartCovered: 0 };
  readonly severities = { high: 0, medium: 0, low: 0 };
  readonly packets = new Map<string, number>();
  readonly named = new Map<string, number>();
  namedEvents = 0;
  minutes = 0;
  labelled = 0;
  prints = 0;

  add(reading: Reading): void {
    addReading(this.table, reading);
    const found = coverageWindows(reading);
    this.coverage.windows += found.windows;
    this.coverage.covered += found.covered;
    this.coverage.apart += found.apart;
    this.coverage.apartCovered += found.apartCovered;
    for (const { severity } of reading.alerts) this.severities[severity]++;
    for (const [kind, count] of reading.backgroundPackets) {
      this.packets.set(kind, (this.packets.get(kind) ?? 0) + count);
      const named = reading.backgroundEvents.get(kind)?.named ?? 0;
      this.named.set(kind, (this.named.get(kind) ?? 0) + named);
    }
    this.namedEvents += reading.events.filter(({ abstained }) => !abstained).length;
    this.minutes += reading.minutes;
    this.labelled += reading.labelledPrints;
    this.prints += reading.prints;
  }

  print(name: string): void {
    console.log(name, "named events a minute", this.namedEvents / this.minutes);
    console.log("labelled share of prints", this.labelled / this.prints, this.coverage);
    console.log(this.severities, [...this.packets], [...this.named]);
    for (const [subtype, row] of [...this.table].sort()) {
      console.log(
        subtype,
        row.parents,
        `aligned ${(row.aligned / row.parents).toFixed(4)}`,
        `wrong ${(row.wrong / row.parents).toFixed(4)}`,
        `events ${(row.events / row.parents).toFixed(4)}`,
        `clear ${(row.clear / row.aligned).toFixed(4)}`,
        `direction ${(row.directed / row.aligned).toFixed(4)}`,
        `mean probability ${(row.probability / row.aligned).toFixed(3)}`,
      );
    }
  }
}

Deno.test("every subtype is read as its profile, over fifty balanced sessions", () => {
  const totals = new Totals();
  for (let i = 0; i < SESSIONS; i++) totals.add(read("balanced_demo", i));
  totals.print("balanced_demo");
  ok(totals.table.size === 19);
  let mean = 0;
  for (const [subtype, row] of totals.table) {
    mean += row.aligned / row.parents / totals.table.size;
    ok(row.aligned / row.parents >= 0.95, `${subtype} aligned`);
    ok(row.wrong / row.parents <= 0.015, `${subtype} wrong`);
    ok(row.clear / row.aligned >= 0.98, `${subtype} clear`);
    ok(row.directed / row.aligned >= 0.97, `${subtype} direction`);
  }
  ok(mean >= 0.98, `mean alignment ${mean}`);
  const { windows, covered, apart, apartCovered } = totals.coverage;
  ok(covered / windows >= 0.999, `${covered} of ${windows} windows`);
  ok(apartCovered === apart, `${apartCovered} of ${apart} windows apart`);
  let packets = 0;
  for (const kind of NOISE) {
    packets += totals.packets.get(kind) ?? 0;
    ok((totals.named.get(kind) ?? 0) === 0, `${kind} was named`);
  }
  ok(packets >= 50_000);
  ok((totals.named.get("mid_size") ?? 0) <= 0.04 * (totals.packets.get("mid_size") ?? 0));
  ok((totals.named.get("block") ?? 0) === 0);
  const rate = totals.namedEvents / totals.minutes;
  ok(rate >= 2 && rate <= 4, `named events a minute ${rate}`);
  const rows = [...totals.table.values()];
  const events = rows.reduce((sum, row) => sum + row.events, 0);
  ok(events / rows.reduce((sum, row) => sum + row.parents, 0) <= 1.02);
  const share = totals.labelled / totals.prints;
  ok(share >= 0.05 && share <= 0.18, `labelled share ${share}`);
});

Deno.test("the other presets keep to their rates of events", () => {
  const most: Partial<Record<PresetId, number>> = { retail_chase: 5, quiet_range: 2.5 };
  for (const preset of ["retail_chase", "quiet_range", "event_day", "dealer_day"] as const) {
    const totals = new Totals();
    for (let i = 0; i < PRESET_SESSIONS; i++) totals.add(read(preset, i));
    totals.print(preset);
    const rate = totals.namedEvents / totals.minutes;
    ok(rate <= (most[preset] ?? Infinity), `${preset}: ${rate}`);
  }
});
