import { FlowEngine } from "./flow_engine.ts";
import { DEFAULT_FLOW_CONFIG } from "./sink.ts";
import { busyTape } from "./testing/busy_tape.ts";
import { feed, referenceWith, TEN } from "./testing/flow_script.ts";
import { NaiveFlow } from "./testing/naive_flow.ts";

const SECONDS = 120;
const RATES = { seconds: SECONDS, prints: 20, quotes: 180 };
const PASSES = 8;

/** Throughput of the pipeline and of the plain way, option prints per second of one core. */
export interface FlowBench {
  readonly printsPerSecond: number;
  readonly naivePerSecond: number;
  readonly prints: number;
  /** Records of all four raw streams. */
  readonly records: number;
  readonly events: number;
}

/**
 * Times enrichment, clustering, structures and scoring over a tape of nine option quotes a print,
 * everything that goes out counted.
 *
 * @param now Milliseconds of a monotone clock.
 */
export function benchFlow(now: () => number): FlowBench {
  const tape = busyTape(5, RATES);
  const prints = tape.filter((raw) => raw.rank === 1).length;
  const seconds: number[] = [];
  let events = 0;
  for (let pass = 0; pass < PASSES; pass++) {
    events = 0;
    const engine = new FlowEngine(DEFAULT_FLOW_CONFIG, referenceWith(), (stream) => {
      if (stream === "smart-money") events++;
    });
    const begin = now();
    for (const raw of tape) feed(engine, raw);
    engine.advance(TEN + (SECONDS + 60) * 1_000);
    seconds.push((now() - begin) / 1_000);
  }
  seconds.sort((a, b) => a - b);
  const naive = new NaiveFlow();
  const begin = now();
  for (const raw of tape) naive.take(raw);
  naive.finish();
  const naiveSeconds = (now() - begin) / 1_000;
  return {
    printsPerSecond: prints / (seconds[PASSES >> 1] ?? Infinity),
    naivePerSecond: prints / naiveSeconds,
    prints,
    records: tape.length,
    events,
  };
}
