import { DbnDecoder } from "../../../dbn/mod.ts";
import type { GridFrame } from "../../../frames/mod.ts";
import { parseInstrument, QUADRATIC_PROJECTION, StreamPipeline } from "../../../pressure/mod.ts";
import { DirectionalSignals, signalRowsOf } from "../../../signals/mod.ts";
import { LabFrames, type MarketFrame } from "../mod.ts";

const PATH = `${import.meta.dirname}/../../../../fixtures/instruments/cl.yaml`;

/** The instrument of the real file. */
export const CRUDE_OIL = parseInstrument(Deno.readTextFileSync(PATH), PATH);

/** Before the real file's first event, and on no tick. */
export const BASE_NS = 1_758_742_200_000_000_000n - 123_456_789n;

const RECORD_BYTES = 56;
const PREFIX_BYTES = 360;

/** Reads the real file, or its first records. */
export function readSample(dir: string, records = Infinity): Uint8Array {
  const bytes = Deno.readFileSync(`${dir}/CLX5_mbo.dbn`);
  return bytes.subarray(0, PREFIX_BYTES + RECORD_BYTES * records);
}

/** How a rig is set up. */
export interface SampleRigOptions {
  readonly dt?: number;
  /** Told of every bin, before the lab is. */
  readonly onBin?: (bin: GridFrame) => void;
  /** Told of every frame; without it copies are kept. */
  readonly onFrame?: (frame: MarketFrame) => void;
}

/** A pressure pipeline with a lab's tap. */
export class SampleRig {
  readonly frames: MarketFrame[] = [];
  readonly lab: LabFrames;
  readonly signals = new DirectionalSignals(CRUDE_OIL.cell_width_ms);
  readonly pipeline: StreamPipeline;
  readonly #decoder = new DbnDecoder();

  constructor({ dt = 0.5, onBin, onFrame }: SampleRigOptions = {}) {
    const lab = new LabFrames({
      baseNs: BASE_NS,
      dt,
      instrument: CRUDE_OIL,
      labTickNano: CRUDE_OIL.tick_int,
      onFrame: onFrame ?? ((frame) => this.frames.push(structuredClone(frame))),
    });
    this.lab = lab;
    this.pipeline = pipelineOf((bin) => {
      onBin?.(bin);
      lab.takeBin(bin, this.signals.update(signalRowsOf(bin)));
    }, lab);
  }

  /** Takes bytes in pieces. */
  feed(bytes: Uint8Array, piece = bytes.length): void {
    const sink = { onMbo: this.pipeline.take.bind(this.pipeline) };
    for (let at = 0; at < bytes.length; at += piece) {
      this.#decoder.push(bytes.subarray(at, at + piece), sink);
    }
  }
}

/** A pipeline over the real file, with a tap or without. */
export function pipelineOf(onBin: (bin: GridFrame) => void, tap?: LabFrames): StreamPipeline {
  const times = { baseNs: BASE_NS, emitAfterNs: 0, warmupStartNs: 0 };
  const common = { ...times, projection: QUADRATIC_PROJECTION, onBin };
  return new StreamPipeline(CRUDE_OIL, tap === undefined ? common : { ...common, tap });
}
