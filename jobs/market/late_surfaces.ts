import type { MboBlock } from "../../engine/dbn/mod.ts";
import type { Stage } from "../../engine/stage/mod.ts";
import type { Chain } from "../../engine/surfaces/gamma/mod.ts";
import type { SurfaceStage, SurfaceStageState } from "./surface_stage.ts";

/** Blocks that wait at most; a market that never pauses for long works off the oldest from then on. */
const MOST_WAITING = 1_024;

/** A block that waits, and the options that were listed when it came. */
interface WaitingBlock {
  readonly block: MboBlock;
  readonly listed: Chain;
  /** Up to where windows were to be closed after it, ns offset. */
  closeUntilNs: number;
}

/**
 * Surfaces whose past can wait: records are put aside while the history of the bins is made, so that no bin
 * waits for a window. They are taken block by block between the bins, and those that come meanwhile after
 * them; the windows are the same as without it.
 */
export class LateSurfaces implements Stage<MboBlock, SurfaceStageState> {
  readonly #surfaces: SurfaceStage;
  readonly #waiting: WaitingBlock[] = [];
  /** The first one that was not taken. */
  #next = 0;
  #isLate = true;

  constructor(surfaces: SurfaceStage) {
    this.#surfaces = surfaces;
  }

  take(block: MboBlock): void {
    if (!this.#isLate) return this.#surfaces.take(block);
    const { words, strideWords, count } = block;
    this.#waiting.push({
      block: { words: words.slice(0, count * strideWords), strideWords, count },
      listed: this.#surfaces.listed,
      closeUntilNs: NaN,
    });
    if (this.#waiting.length - this.#next > MOST_WAITING) this.work();
  }

  closeUntil(tsNs: number): void {
    const last = this.#waiting.at(-1);
    if (this.#isLate && last !== undefined) last.closeUntilNs = tsNs;
    else this.#surfaces.closeUntil(tsNs);
  }

  /** Takes one of the blocks that wait. @returns Whether there was one. */
  work(): boolean {
    const waiting = this.#waiting[this.#next];
    if (waiting === undefined) {
      this.#isLate = false;
      this.#waiting.length = 0;
      this.#next = 0;
      return false;
    }
    this.#next++;
    this.#surfaces.take(waiting.block, waiting.listed);
    if (!Number.isNaN(waiting.closeUntilNs)) this.#surfaces.closeUntil(waiting.closeUntilNs);
    return true;
  }

  finish(): void {
    this.#workAll();
    this.#surfaces.finish();
  }

  save(): SurfaceStageState {
    this.#workAll();
    return this.#surfaces.save();
  }

  restore(state: SurfaceStageState): void {
    this.#next = this.#waiting.length;
    this.#workAll();
    this.#surfaces.restore(state);
  }

  hash(): string {
    this.#workAll();
    return this.#surfaces.hash();
  }

  #workAll(): void {
    while (this.work());
  }
}
