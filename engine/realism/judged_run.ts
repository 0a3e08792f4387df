import { DEFAULT_FLOW_CONFIG, FlowEngine } from "../flow/mod.ts";
import type { RawSink, SmartMoneyEvent } from "../frames/mod.ts";
import { type ControlState, DEFAULT_CONTROL, fixedTimeline, sessionById } from "../regime/mod.ts";
import { MarketTape } from "../tape/mod.ts";
import { referenceOf } from "./alignment.ts";
import { EventJudge, type JudgedEvent } from "./outside/mod.ts";
import { orderOf, tee } from "./session_run.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** Long enough for the pipeline to close whatever is open. */
const DRAIN_MS = 60_000;

/** A stretch of a session in exchange hours. */
export interface JudgedStretch {
  readonly sessionId: number;
  readonly control: Partial<ControlState>;
  /** Minutes from the open at which the tape begins. */
  readonly startMinute: number;
  /** Minutes of tape whose events do not count: the pipeline knows nothing of what was before. */
  readonly warmMinutes: number;
  /** Minutes after these, whose events count. */
  readonly minutes: number;
}

/** The named events of a stretch and whether they are right, in order of their going out. */
export function judgedEvents(stretch: JudgedStretch): readonly JudgedEvent[] {
  const session = sessionById(stretch.sessionId);
  const timeline = fixedTimeline({ ...DEFAULT_CONTROL, ...stretch.control });
  const tape = new MarketTape({ clock: "et", load: "steady", timeline });
  const fromTs = session.openTs + stretch.startMinute * MINUTE_MS;
  const countTs = fromTs + stretch.warmMinutes * MINUTE_MS;
  const untilTs = Math.min(session.closeTs, countTs + stretch.minutes * MINUTE_MS);
  tape.seek(fromTs);
  const judge = new EventJudge();
  judge.begin({ fromTs, labelOf: (id) => orderOf(tape.label(id)) });
  const found: JudgedEvent[] = [];
  const flow = new FlowEngine(
    DEFAULT_FLOW_CONFIG,
    referenceOf(session, timeline),
    (stream, record) => {
      if (stream !== "smart-money") return;
      const event = record as SmartMoneyEvent;
      const judged = event.source_ts < countTs ? null : judge.judge(event);
      if (judged !== null) found.push(judged);
    },
  );
  const seen: RawSink = {
    optionNbbo() {},
    optionPrint: (print) => judge.optionPrint(print),
    equityQuote() {},
    equityPrint() {},
  };
  const sink = tee(seen, flow);
  for (let ts = fromTs; ts < untilTs; ts += SECOND_MS) {
    tape.advance(ts + SECOND_MS, sink);
    flow.advance(ts + SECOND_MS);
  }
  flow.advance(untilTs + DRAIN_MS);
  return found;
}
