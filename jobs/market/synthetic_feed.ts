import type { MboBlock } from "../../engine/dbn/mod.ts";
import { FuturesTape, type MboWriter, SYNTH_FUTURE } from "../../engine/tape/futures/mod.ts";
import type { Regime } from "../../modules/control/contract.ts";
import { type Feed, FeedError } from "./feed.ts";

/** Longest stretch generated at once, ns. */
const SLICE_NS = 1e9;

/** Stretch generated when the caller wants few records, ns. */
const SHORT_SLICE_NS = 10e6;

/** The embedded market: a seeded order stream, generated as it is asked for, without an end. */
export class SyntheticFeed implements Feed {
  readonly kind = "synthetic";
  readonly name = "synthetic";
  readonly symbol: string = SYNTH_FUTURE.symbol;
  readonly symbolOf = () => SYNTH_FUTURE.symbol;
  readonly startNs: bigint;
  readonly endNs = null;
  readonly opensWithSnapshot = true;
  readonly #tape: FuturesTape;
  readonly #writer: MboWriter;
  #generatedNs = 0;
  #position = 0;

  /**
   * @param seed 0 to 2^32 − 1.
   * @param regime Regime to start in and to hold, or null to let the seed choose.
   * @param startNs Time of the opening snapshot, epoch ns.
   */
  constructor(seed: number, regime: Regime | null, startNs: bigint) {
    this.startNs = startNs;
    this.#tape = new FuturesTape({ seed, startNs, ...(regime !== null && { regime }) });
    if (regime !== null) this.#tape.setRegime(regime);
    this.#writer = this.#tape.writer();
  }

  get position(): number {
    return this.#position;
  }

  get regime(): Regime {
    return this.#tape.regime;
  }

  setRegime(regime: Regime): void {
    this.#tape.setRegime(regime);
  }

  pull(
    untilNs: bigint,
    maxRecords: number,
    sink: (block: MboBlock) => void,
  ): Promise<"due" | "more"> {
    const goalNs = Number(untilNs - this.startNs);
    const sliceNs = maxRecords > 1 ? SLICE_NS : SHORT_SLICE_NS;
    let taken = 0;
    while (this.#generatedNs < goalNs) {
      this.#generatedNs = Math.min(goalNs, this.#generatedNs + sliceNs);
      taken += this.#tape.generate(this.#generatedNs, this.#writer);
      sink(this.#writer.block());
      this.#writer.reset();
      if (taken >= maxRecords) break;
    }
    this.#position += taken;
    return Promise.resolve(this.#generatedNs < goalNs ? "more" : "due");
  }

  rewind(): Promise<void> {
    return Promise.reject(
      new FeedError("not_seekable", "Cannot rewind as the synthetic market only moves forward"),
    );
  }

  close(): void {}
}
