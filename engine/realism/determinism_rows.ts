import { createHash, type Hash } from "node:crypto";
import { DEFAULT_FLOW_CONFIG, FlowEngine } from "../flow/mod.ts";
import type { RawSink } from "../frames/mod.ts";
import {
  type ControlTimeline,
  DEFAULT_CONTROL,
  fixedTimeline,
  type Session,
  sessionById,
} from "../regime/mod.ts";
import { MarketTape } from "../tape/mod.ts";
import { referenceOf } from "./alignment.ts";
import { eachOf, type Sessions } from "./preset_rows.ts";
import { bound, type RealismRow, rowOf } from "./row.ts";
import { tee } from "./session_run.ts";

const MINUTE_MS = 60_000;
/** Minutes in which a second tape starts cold, and how long it runs. */
const COLD_STARTS = [0.11, 0.48, 0.93];
const COLD_MINUTES = 2;
const LIVE_STEP_MS = 1_000;
const REPLAY_STEP_MS = 7_000;
const DRAIN_MS = 60_000;

const SILENT: RawSink = {
  optionNbbo: () => {},
  optionPrint: () => {},
  equityQuote: () => {},
  equityPrint: () => {},
};

function hashing(hash: Hash, count: { records: number }): RawSink {
  const write = (record: object) => {
    hash.update(`${JSON.stringify(record)}\n`);
    count.records++;
  };
  return { optionNbbo: write, optionPrint: write, equityQuote: write, equityPrint: write };
}

/** Hash of what a tape emits in a stretch that it stands at the beginning of. */
function digest(tape: MarketTape, untilMs: number, count: { records: number }): string {
  const hash = createHash("sha256");
  tape.advance(untilMs, hashing(hash, count));
  return hash.digest("hex");
}

/** Stretches whose bytes differ between a tape that ran from the open and one that started there. */
function coldStarts(session: Session, timeline: ControlTimeline) {
  const warm = new MarketTape({ clock: "et", load: "steady", timeline });
  warm.seek(session.openTs);
  const count = { records: 0 };
  let differing = 0;
  for (const share of COLD_STARTS) {
    const fromMs = session.openTs + Math.floor(share * session.minutes) * MINUTE_MS;
    const untilMs = fromMs + COLD_MINUTES * MINUTE_MS;
    warm.advance(fromMs, SILENT);
    const cold = new MarketTape({ clock: "et", load: "steady", timeline });
    cold.seek(fromMs);
    if (digest(warm, untilMs, count) !== digest(cold, untilMs, { records: 0 })) differing++;
  }
  return { differing, records: count.records };
}

/** Rows of a flow pipeline as a multiset of texts. */
class Rows {
  readonly #times = new Map<string, number>();
  count = 0;

  add(stream: string, record: object): void {
    this.count++;
    // When a row went in is no part of what it says.
    const text = `${stream}${JSON.stringify({ ...record, ingest_ts: 0, seq: 0 })}`;
    this.#times.set(text, (this.#times.get(text) ?? 0) + 1);
  }

  /** Rows that only one of the two has. */
  mismatches(other: Rows): number {
    let found = 0;
    for (const key of new Set([...this.#times.keys(), ...other.#times.keys()])) {
      found += Math.abs((this.#times.get(key) ?? 0) - (other.#times.get(key) ?? 0));
    }
    return found;
  }
}

const DERIVED = new Set(["flow", "smart-money", "classifier-hits", "alerts", "inferred-dark"]);

function storedCopy(sink: RawSink): RawSink {
  const copy = <T>(record: T): T => JSON.parse(JSON.stringify(record));
  return {
    optionNbbo: (record) => sink.optionNbbo(copy(record)),
    optionPrint: (record) => sink.optionPrint(copy(record)),
    equityQuote: (record) => sink.equityQuote(copy(record)),
    equityPrint: (record) => sink.equityPrint(copy(record)),
  };
}

/** Derived rows of a live run against those of its stored records at another pace. */
function liveAgainstReplay(session: Session, timeline: ControlTimeline, minutes: number) {
  const tape = new MarketTape({ clock: "et", load: "steady", timeline });
  tape.seek(session.openTs);
  const pipeline = (rows: Rows) =>
    new FlowEngine(DEFAULT_FLOW_CONFIG, referenceOf(session, timeline), (stream, record) => {
      if (DERIVED.has(stream)) rows.add(stream, record);
    });
  const [liveRows, replayRows] = [new Rows(), new Rows()];
  const [live, replay] = [pipeline(liveRows), pipeline(replayRows)];
  const sink = tee(live, storedCopy(replay));
  const untilMs = Math.min(session.closeTs, session.openTs + minutes * MINUTE_MS);
  for (let ts = session.openTs + LIVE_STEP_MS; ts <= untilMs; ts += LIVE_STEP_MS) {
    tape.advance(ts, sink);
    live.advance(ts);
    if ((ts - session.openTs) % REPLAY_STEP_MS === 0) replay.advance(ts);
  }
  live.advance(untilMs + DRAIN_MS);
  replay.advance(untilMs + DRAIN_MS);
  return { mismatches: liveRows.mismatches(replayRows), rows: liveRows.count };
}

/** Whether the same session gives the same bytes, whenever the tape starts and however it is read. */
export function determinismRows(sessions: Sessions, replayMinutes: number): RealismRow[] {
  let [differing, records, mismatches, rows] = [0, 0, 0, 0];
  eachOf(sessions).forEach(({ id, seed }, i) => {
    const session = sessionById(id);
    const timeline = fixedTimeline({ ...DEFAULT_CONTROL, shared_seed: seed });
    // A warm tape runs a whole session: one in five does.
    if (i % 5 === 0) {
      const cold = coldStarts(session, timeline);
      differing += cold.differing;
      records += cold.records;
    }
    const found = liveAgainstReplay(session, timeline, replayMinutes);
    mismatches += found.mismatches;
    rows += found.rows;
  });
  return [
    rowOf({
      id: "D1",
      name: "Stretches whose bytes differ between a cold start there and a run from the open",
      target: "0",
      unit: "records",
      n: records,
      least: 1_000,
    }, [bound("", differing, 0, 0)]),
    rowOf({
      id: "D2",
      name: "Derived rows that differ between a live run and a replay of its stored records",
      target: "0",
      unit: "rows",
      n: rows,
      least: 1_000,
    }, [bound("", mismatches, 0, 0)]),
  ];
}
