import type { PresetId } from "../../engine/regime/mod.ts";
import { FuturesTape, SYNTH_FUTURE, TapeAudit } from "../../engine/tape/futures/mod.ts";
import {
  type Market,
  marketRows,
  MarketSampler,
  regimeRows,
  SAMPLES_PER_SEC,
  type SynthRow,
} from "./realism_rows.ts";

const START_NS = 1_767_709_740_000_000_000n;
const NS_PER_SEC = 1_000_000_000;

/** Which markets to measure. */
export interface RealismOptions {
  readonly seeds: readonly number[];
  /** Length of each market, minutes. */
  readonly minutes: number;
  readonly preset?: PresetId;
}

/**
 * Returns the rows of realism over freshly generated markets. Every record passes an audit that
 * throws at the first break of a rule, a crossed or one-sided book among them: then there is no
 * report at all.
 *
 * @throws {RangeError} When a record breaks a rule of the tape.
 */
export function measureRealism(options: RealismOptions): SynthRow[] {
  const markets = options.seeds.map((seed) => runMarket(seed, options));
  return [...marketRows(markets, options.minutes * 60), ...regimeRows(markets)];
}

function runMarket(seed: number, { minutes, preset }: RealismOptions): Market {
  const tape = new FuturesTape({ seed, startNs: START_NS, ...(preset && { preset }) });
  const out = tape.writer();
  const sampler = new MarketSampler(new TapeAudit(START_NS, SYNTH_FUTURE.tickNano));
  for (let i = 1; i <= minutes * 60 * SAMPLES_PER_SEC; i++) {
    out.reset();
    tape.generate(i * (NS_PER_SEC / SAMPLES_PER_SEC), out);
    sampler.audit.read(out.block());
    sampler.look(tape);
  }
  return sampler;
}
