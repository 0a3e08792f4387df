import { Composer, type FieldConfig, type NodalFields } from "../fields/mod.ts";
import { type WallEvent, WallSet, type WallSetState } from "../walls/mod.ts";
import type { FeedFrame } from "./feed_frame.ts";
import type { Chosen } from "./presets.ts";
import type { WallKind } from "./producer.ts";
import { ProducerSet, type ProducerSetState } from "./producer_set.ts";

/** What a tick leaves of an unobserved wall of gamma: half of it is gone after 69 s. */
const GEX_DECAY = 0.995;

/** State of a {@link FrameMedium}. */
export interface FrameMediumState {
  readonly producers: ProducerSetState;
  readonly book: WallSetState;
  readonly gex: WallSetState;
}

/** The medium of an instrument, frame by frame: what the producers of a preset say, and the walls' memory. */
export class FrameMedium {
  readonly producers: ProducerSet;
  readonly walls: Readonly<Record<WallKind, WallSet>> = {
    book: new WallSet(),
    gex: new WallSet({ decay: GEX_DECAY }),
  };
  /** What happened to the walls in the last frame, by kind. */
  readonly events: Record<WallKind, readonly WallEvent[]> = { book: [], gex: [] };
  readonly #composer: Composer;

  constructor(cfg: FieldConfig, preset: readonly Chosen[]) {
    this.producers = new ProducerSet(cfg, preset);
    this.#composer = new Composer(cfg);
  }

  /** Cells that were not finite in the last frame. */
  get badCells(): number {
    return this.#composer.badCells;
  }

  /** Takes the frame of a present tick; ticks rise. @returns The medium, good until the next frame. */
  take(frame: FeedFrame): NodalFields {
    const { producers, walls, events } = this;
    const composer = this.#composer;
    producers.take(frame, composer);
    for (const kind of ["book", "gex"] as const) {
      const { tick, spotTicks } = frame;
      const updated = walls[kind].update(tick, spotTicks, producers.observations[kind]);
      events[kind] = updated.events;
      composer.addWalls(spotTicks, updated.walls);
    }
    composer.finish();
    producers.guard.close(composer.clampedCells);
    return composer.fields;
  }

  /** Copy of the whole state. */
  save(): FrameMediumState {
    const { producers, walls } = this;
    return { producers: producers.save(), book: walls.book.save(), gex: walls.gex.save() };
  }

  /** Goes on from a state of a medium of the same preset. */
  restore(state: FrameMediumState): void {
    this.producers.restore(state.producers);
    this.walls.book.restore(state.book);
    this.walls.gex.restore(state.gex);
  }
}
