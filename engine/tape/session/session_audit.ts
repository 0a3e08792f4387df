import { MBO_WORD, type MboBlock } from "../../dbn/mod.ts";
import { SYNTH_FUTURE, TapeAudit } from "../futures/mod.ts";
import { SYNTH_OPTIONS } from "./listing.ts";

/**
 * Replays the records of a session, one plain book per instrument, and refuses whatever a real feed would not send.
 *
 * @see TapeAudit
 */
export class SessionAudit {
  readonly future: TapeAudit;
  /** One per option, in the chain's order. */
  readonly options: readonly TapeAudit[];

  /** @param baseNs Time that offsets count from, ns since 1970 UTC. */
  constructor(baseNs: bigint) {
    this.future = new TapeAudit(baseNs, SYNTH_FUTURE.tickNano);
    this.options = Array.from(
      { length: SYNTH_OPTIONS.count },
      () => new TapeAudit(baseNs, SYNTH_OPTIONS.unitNano, true),
    );
  }

  /**
   * Replays a block.
   *
   * @throws {RangeError} When a record breaks a rule of its book, or is of an unknown instrument.
   */
  read({ words, strideWords, count }: MboBlock): void {
    for (let i = 0; i < count; i++) {
      const at = i * strideWords;
      const id = words[at + MBO_WORD.INSTRUMENT_ID]!;
      const book = id === SYNTH_FUTURE.instrumentId
        ? this.future
        : this.options[id - SYNTH_OPTIONS.firstId];
      if (book === undefined) throw new RangeError(`Cannot replay a record of instrument ${id}`);
      book.record(words, at);
    }
  }
}
