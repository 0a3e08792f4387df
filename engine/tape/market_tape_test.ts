import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";
import type { RawSink } from "../frames/raw_sink.ts";
import {
  type ControlState,
  type ControlTimeline,
  DEFAULT_CONTROL,
  fixedTimeline,
  sessionById,
} from "../regime/mod.ts";
import { MarketTape, TapePositionError } from "./market_tape.ts";

const SESSION = sessionById(202601140);
const MINUTE = 60_000;

/** Writes every record as a line, in the order in which they come. */
class Lines implements RawSink {
  readonly lines: string[] = [];
  readonly times: number[] = [];
  readonly kinds: string[] = [];
  readonly optionNbbo = this.#take("nbbo");
  readonly optionPrint = this.#take("options");
  readonly equityQuote = this.#take("equity-quotes");
  readonly equityPrint = this.#take("equities");

  #take(kind: string) {
    return (record: { readonly ts: number }): void => {
      this.lines.push(`${kind} ${JSON.stringify(record)}`);
      this.times.push(record.ts);
      this.kinds.push(kind);
    };
  }
}

function control(change: Partial<ControlState>): ControlState {
  return { ...DEFAULT_CONTROL, ...change };
}

function tapeOf(timeline: ControlTimeline, clock: "et" | "loop" = "et"): MarketTape {
  return new MarketTape({ clock, load: "steady", timeline });
}

function record(tape: MarketTape, from: number, until: number): Lines {
  const lines = new Lines();
  tape.seek(from);
  tape.advance(until, lines);
  return lines;
}

Deno.test("a tape that starts in the middle gives the bytes of one that ran from the open", () => {
  for (const seed of [11, -5]) {
    const timeline = fixedTimeline(control({ shared_seed: seed }));
    const warm = tapeOf(timeline);
    record(warm, SESSION.openTs, SESSION.openTs + 7 * MINUTE);
    const from = SESSION.openTs + 7 * MINUTE;
    const expected = record(warm, from, from + 2 * MINUTE);
    ok(expected.lines.length > 5_000);
    for (const at of [0, 1, 13, 61, 97]) {
      const start = from + at * 1_000;
      const cold = record(tapeOf(timeline), start, start + 12_000);
      const first = expected.times.findIndex((ts) => ts >= start);
      const window = expected.lines.slice(first, first + cold.lines.length);
      equal(cold.lines.join("\n"), window.join("\n"), `seed ${seed}, second ${at}`);
    }
  }
});

Deno.test("a control entry that arrives live gives the bytes of one that was known before", () => {
  const at = SESSION.openTs + 3 * MINUTE + 17_000;
  const entry = {
    activate_at: at,
    snapshot: control({ preset_id: "retail_chase", shared_seed: 99 }),
  };
  const known = tapeOf([...fixedTimeline(DEFAULT_CONTROL), entry]);
  const live = tapeOf(fixedTimeline(DEFAULT_CONTROL));
  const from = SESSION.openTs + 2 * MINUTE;
  const first = record(live, from, at - 2_000);
  live.control(entry);
  live.advance(at + 2 * MINUTE, first);
  const expected = record(known, from, at + 2 * MINUTE);
  equal(first.lines.join("\n"), expected.lines.join("\n"));
  throws(() => live.control({ ...entry, activate_at: at }), TapePositionError);
});

Deno.test("records come in order of time and rank, with unique trace ids", () => {
  const lines = record(
    tapeOf(fixedTimeline(DEFAULT_CONTROL)),
    SESSION.openTs,
    SESSION.openTs + MINUTE,
  );
  const rank = ["nbbo", "options", "equity-quotes", "equities"];
  for (let i = 1; i < lines.times.length; i++) {
    const [before = 0, now = 0] = [lines.times[i - 1], lines.times[i]];
    ok(now >= before);
    const ranks = [i - 1, i].map((k) => rank.indexOf(lines.kinds[k] ?? ""));
    ok(now > before || (ranks[1] ?? 0) >= (ranks[0] ?? 0));
  }
  const ids = lines.lines.map((line) => /"trace_id":"([^"]+)"/.exec(line)?.[1] ?? "");
  equal(new Set(ids).size, ids.length);
  ok(new Set(lines.kinds).size >= 3);
});

Deno.test("settings that only choose families change no background of other symbols, and no base price", () => {
  const until = SESSION.openTs + 4 * MINUTE;
  const plain = tapeOf(fixedTimeline(DEFAULT_CONTROL));
  const other = tapeOf(fixedTimeline(control({
    coverage_assist: false,
    coverage_window_minutes: 10,
    updated_at: 1,
    updated_by: "someone",
    profile_weights: { ...DEFAULT_CONTROL.profile_weights, retail_whale: 1.6, arbitrage: 0.6 },
  })));
  const [a, b] = [plain, other].map((tape) => record(tape, SESSION.openTs, until));
  const touched = new Set<string>();
  for (const tape of [plain, other]) {
    for (const { legs } of tape.schedule()?.parents ?? []) {
      for (const { contractId } of legs) touched.add(contractId.split("-")[0] ?? "");
    }
  }
  // Flow in a fund moves the market, and so the price and the size at which others trade: not what and when.
  const untouched = (lines?: Lines) =>
    (lines?.lines ?? []).filter((line) => line.startsWith("options ")).flatMap((line) => {
      const [, id, root = ""] = /"option_contract_id":"(([A-Z]+)-[^"]+)"/.exec(line) ?? [];
      return touched.has(root) ? [] : [`${/"ts":(\d+)/.exec(line)?.[1]} ${id}`];
    });
  ok(untouched(a).length > 500);
  equal(untouched(a).join("\n"), untouched(b).join("\n"));
  const bases = [plain, other].map((tape) =>
    Array.from({ length: 40 }, (_, symbol) => tape.market()?.basePrice(symbol, until - 1))
  );
  deepStrictEqual(bases[0], bases[1]);
});

Deno.test("sessions follow each other: closed hours are silent, loops fill them", () => {
  const { closeTs } = SESSION;
  const et = record(tapeOf(fixedTimeline(DEFAULT_CONTROL)), closeTs - 2_000, closeTs + MINUTE);
  ok(et.times.length > 50 && et.times.every((ts) => ts < closeTs));
  const tape = tapeOf(fixedTimeline(DEFAULT_CONTROL));
  tape.seek(closeTs);
  const opened = new Lines();
  tape.advance(sessionById(202601150).openTs + 1_000, opened);
  ok((opened.times[0] ?? 0) >= sessionById(202601150).openTs);
  const loop = record(
    tapeOf(fixedTimeline(DEFAULT_CONTROL), "loop"),
    closeTs - 2_000,
    closeTs + 2_000,
  );
  ok(loop.times.some((ts) => ts >= closeTs));
  ok(loop.lines.some((line) => line.includes("syn-nb-202601141-")));
});

Deno.test("positions are whole seconds", () => {
  const tape = tapeOf(fixedTimeline(DEFAULT_CONTROL));
  throws(() => tape.seek(SESSION.openTs + 1), TapePositionError);
  throws(() => tape.advance(SESSION.openTs + 1.5, new Lines()), TapePositionError);
});
