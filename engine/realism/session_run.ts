import { DEFAULT_FLOW_CONFIG, FlowEngine } from "../flow/mod.ts";
import type { RawSink, SmartMoneyEvent } from "../frames/mod.ts";
import { type ControlState, DEFAULT_CONTROL, fixedTimeline, sessionById } from "../regime/mod.ts";
import { type Load, MarketTape } from "../tape/mod.ts";
import type { Label } from "../tape/options/mod.ts";
import { referenceOf } from "./alignment.ts";
import type { OutsideAudit } from "./outside/mod.ts";
import { type MeterScope, SessionMeter } from "./session_meter.ts";

const SECOND_MS = 1_000;
/** Long enough for the pipeline to close whatever is open. */
const DRAIN_MS = 60_000;

/** Which session to make and measure. */
export interface RunSpec {
  readonly sessionId: number;
  readonly control?: Partial<ControlState>;
  readonly load?: Load;
  /** Minutes from the open on; the whole session when omitted. */
  readonly minutes?: number;
  readonly scope: MeterScope;
  /** Is given every record and event too, and what was meant by the prints. */
  readonly outside?: OutsideAudit;
}

/** What a measured session took. */
interface RunCost {
  readonly messages: number;
  readonly seconds: number;
}

/** Hands every raw record to two takers. */
export function tee(first: RawSink, second: RawSink): RawSink {
  return {
    optionNbbo(record) {
      first.optionNbbo(record);
      second.optionNbbo(record);
    },
    optionPrint(record) {
      first.optionPrint(record);
      second.optionPrint(record);
    },
    equityQuote(record) {
      first.equityQuote(record);
      second.equityQuote(record);
    },
    equityPrint(record) {
      first.equityPrint(record);
      second.equityPrint(record);
    },
  };
}

function counting(sink: RawSink, count: { messages: number }): RawSink {
  const noted: RawSink = {
    optionNbbo: () => count.messages++,
    optionPrint: () => count.messages++,
    equityQuote: () => count.messages++,
    equityPrint: () => count.messages++,
  };
  return tee(noted, sink);
}

/** A label as a label file has it: background prints are not in it. */
export function orderOf(label: Label | null): Label | null {
  return label === null || label.slot < 0 ? null : label;
}

/** Makes a session, reads it with the flow pipeline and measures both. Deterministic in the spec. */
export function measureSession(spec: RunSpec): { meter: SessionMeter; messages: number } {
  const session = sessionById(spec.sessionId);
  const timeline = fixedTimeline({ ...DEFAULT_CONTROL, ...spec.control });
  const clock = session.loop > 0 ? "loop" : "et";
  const tape = new MarketTape({ clock, load: spec.load ?? "steady", timeline });
  tape.seek(session.openTs);
  const schedule = tape.schedule();
  const path = tape.path();
  if (schedule === null || path === null) {
    throw new RangeError(`Cannot measure as the exchange is closed: ${spec.sessionId}`);
  }
  const of = { session, schedule, path, label: (id: string) => tape.label(id) };
  const meter = new SessionMeter(of, session.openTs, spec.scope);
  const flow = new FlowEngine(
    DEFAULT_FLOW_CONFIG,
    referenceOf(session, timeline),
    (stream, record) => {
      meter.derived(stream, record);
      if (stream === "smart-money") spec.outside?.event(record as SmartMoneyEvent);
    },
  );
  const count = { messages: 0 };
  const watched = tee(meter, flow);
  const { outside } = spec;
  const sink = counting(outside === undefined ? watched : tee(outside, watched), count);
  outside?.begin({ fromTs: session.openTs, labelOf: (id) => orderOf(tape.label(id)) });
  const minutes = Math.min(session.minutes, spec.minutes ?? Infinity);
  const untilTs = session.openTs + minutes * 60_000;
  for (let ts = session.openTs; ts < untilTs; ts += SECOND_MS) {
    tape.advance(ts + SECOND_MS, sink);
    flow.advance(ts + SECOND_MS);
    meter.advance(ts + SECOND_MS);
  }
  flow.advance(untilTs + DRAIN_MS);
  outside?.end(untilTs);
  return { meter, messages: count.messages };
}
