import { ACTION, MBO_WORD, type MboBlock, SIDE } from "../../engine/dbn/mod.ts";
import { SYNTH_FUTURE, type TapeAudit } from "../../engine/tape/futures/mod.ts";
import { type SessionTape, SYNTH_OPTIONS } from "../../engine/tape/session/mod.ts";

const { count, firstId, unitsPerPoint } = SYNTH_OPTIONS;
const POINTS_PER_TICK = SYNTH_FUTURE.tickNano / 1e9;
const RATE = 0.05;
const NS_PER_YEAR = 31_536_000e9;
/** An option dearer than this has a bid, points. */
const WORTH_A_BID = 0.15;
const PARITY_SLACK = 0.25;
const BUTTERFLY_TICKS = 2;
const FINE_UNTIL = 5;

/** What the options of a session were like, second by second, from their records. */
export class OptionSampler {
  records = 0;
  /** Per second: contracts of the future that customers' trades moved by, and that traded in it; buys less sells. */
  readonly customerDelta: number[] = [];
  readonly futureVolume: number[] = [];
  /** Pairs of a call and a put with two quotes each, and those within a tick and a quarter of parity. */
  pairs = 0;
  evenPairs = 0;
  /** Three neighbours with two quotes each, and those more than two ticks off convex. */
  butterflies = 0;
  dents = 0;
  /** Books looked at, and those without a side that somebody should quote. */
  books = 0;
  bareBooks = 0;
  readonly #tape: SessionTape;
  readonly #options: readonly TapeAudit[];
  readonly #future: TapeAudit;
  readonly #mids = new Float64Array(count);
  #delta = 0;
  #volume = 0;

  constructor(tape: SessionTape, future: TapeAudit, options: readonly TapeAudit[]) {
    this.#tape = tape;
    this.#future = future;
    this.#options = options;
  }

  /** Takes the trades of a block. Deltas are the makers' own. */
  read({ words, strideWords, count }: MboBlock): void {
    const deltas = this.#tape.optionDeltas;
    for (let i = 0; i < count; i++) {
      const at = i * strideWords;
      const id = words[at + MBO_WORD.INSTRUMENT_ID]!;
      const isOption = id !== SYNTH_FUTURE.instrumentId;
      if (isOption) this.records++;
      const packed = words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
      if (((packed >>> 16) & 0xff) !== ACTION.TRADE) continue;
      const signed = words[at + MBO_WORD.SIZE]! * (packed >>> 24 === SIDE.BID ? 1 : -1);
      if (isOption) this.#delta += signed * deltas[id - firstId]!;
      else this.#volume += signed;
    }
  }

  /** Ends a second. @param endNs Its end, from the tape's base. */
  close(endNs: number): void {
    this.customerDelta.push(this.#delta);
    this.futureVolume.push(this.#volume);
    this.#delta = 0;
    this.#volume = 0;
    this.#takeMids();
    this.#pairs(endNs);
    this.#butterflies();
  }

  #takeMids(): void {
    for (let i = 0; i < count; i++) {
      const { bestBid, bestAsk } = this.#options[i]!;
      this.#mids[i] = (bestBid + bestAsk) / 2 / unitsPerPoint;
      this.books++;
      const isBare = !(bestBid > 0) && this.#tape.optionValues[i]! > WORTH_A_BID;
      if (isBare || !(bestAsk > 0)) this.bareBooks++;
    }
  }

  #pairs(endNs: number): void {
    const { strikes, expirationNs } = this.#tape.listing;
    const leftNs = Number(expirationNs - this.#tape.baseNs) - endNs;
    const discount = Math.exp(-RATE * leftNs / NS_PER_YEAR);
    const future = (this.#future.bestBid + this.#future.bestAsk) / 2 * POINTS_PER_TICK;
    for (let i = 0; i < strikes.length; i++) {
      const [call, put] = [this.#mids[2 * i]!, this.#mids[2 * i + 1]!];
      const off = Math.abs(call - put - discount * (future - strikes[i]!));
      if (Number.isNaN(off)) continue;
      this.pairs++;
      if (off <= tickOf(Math.max(call, put)) + PARITY_SLACK) this.evenPairs++;
    }
  }

  #butterflies(): void {
    for (let i = 2; i < count - 2; i++) {
      const [below, at, above] = [this.#mids[i - 2]!, this.#mids[i]!, this.#mids[i + 2]!];
      const sag = 2 * at - below - above;
      if (Number.isNaN(sag)) continue;
      this.butterflies++;
      // Ticks and half ticks are exact in binary but for 0.05.
      if (sag > BUTTERFLY_TICKS * tickOf(Math.max(below, at, above)) + 1e-9) this.dents++;
    }
  }
}

function tickOf(points: number): number {
  return points > FINE_UNTIL ? 0.25 : 0.05;
}
