import { DbnDecoder, type MboBlock } from "../../dbn/mod.ts";
import {
  type PipelineInstrument,
  QUADRATIC_PROJECTION,
  StreamPipeline,
} from "../../pressure/mod.ts";
import { LabFrames } from "./mod.ts";

/** Bins without signals: whoever has them makes them for other readers too. */
const NO_SIGNALS = { ads: 0, pfp: 0, svac: 0, composite: 0, warmup: 0 };

/** ms of one pass: the least of several, as nothing else makes it shorter. */
export interface TapBench {
  readonly plain: number;
  readonly tapped: number;
  /** Ticks that a pass closes. */
  readonly ticks: number;
}

/**
 * Times decoding and the pressure pipeline over a market-by-order file, plain and with the lab's tap, in turns.
 *
 * @param now A clock in ms.
 * @param bytes A DBN file of one instrument, or its beginning.
 * @param baseNs Before its first event.
 */
export function benchTap(
  now: () => number,
  bytes: Uint8Array,
  baseNs: bigint,
  instrument: PipelineInstrument,
  turns = 7,
): TapBench {
  let ticks = 0;
  const pass = (isTapped: boolean): number => {
    ticks = 0;
    const lab = new LabFrames({
      baseNs,
      dt: 0.5,
      instrument,
      labTickNano: instrument.tick_int,
      onFrame: () => ticks++,
    });
    const times = { baseNs, emitAfterNs: 0, warmupStartNs: 0, projection: QUADRATIC_PROJECTION };
    const pipeline = isTapped
      ? new StreamPipeline(instrument, {
        ...times,
        tap: lab,
        onBin: (bin) => lab.takeBin(bin, NO_SIGNALS),
      })
      : new StreamPipeline(instrument, { ...times, onBin: () => {} });
    const begin = now();
    new DbnDecoder().push(bytes, { onMbo: (block: MboBlock) => pipeline.take(block) });
    return now() - begin;
  };
  pass(false);
  pass(true);
  let [plain, tapped] = [Infinity, Infinity];
  for (let turn = 0; turn < turns; turn++) {
    plain = Math.min(plain, pass(false));
    tapped = Math.min(tapped, pass(true));
  }
  return { plain, tapped, ticks };
}
