import type { LabConfig } from "../config.ts";
import { type Composer, FieldGuard, type FieldGuardState } from "../fields/mod.ts";
import type { SlidingQuantilesState } from "../../stats/mod.ts";
import type { WallObservation } from "../walls/mod.ts";
import { ageOf, type FeedFrame } from "./feed_frame.ts";
import { freshness } from "../freshness.ts";
import type { Chosen } from "./presets.ts";
import type { Running, WallKind } from "./producer.ts";
import { PRODUCERS } from "./registry.ts";
import { type Reference, TrailingReference } from "./trailing_reference.ts";

/** State of a {@link ProducerSet}. */
export interface ProducerSetState {
  readonly references: readonly SlidingQuantilesState[];
  readonly guard: FieldGuardState;
}

/** One producer at work. */
interface Working {
  readonly producer: Running;
  readonly gain: number;
  readonly references: readonly TrailingReference[];
  /** Values by node, used again. */
  readonly data: Float64Array;
}

/**
 * The producers of a preset at work: adds what the feeds of a tick say to a medium and gathers the walls
 * that they see. What a feed says fades as it ages; a producer with too many values that are not finite
 * is silenced for a while.
 */
export class ProducerSet {
  /** Walls seen in the last frame, by kind. */
  readonly observations: Readonly<Record<WallKind, WallObservation[]>> = { book: [], gex: [] };
  /** Producers whose feed was too old at the last frame, by name. */
  readonly stale: string[] = [];
  /** Producers whose feed was fresh, but that had too few ticks to measure it by. */
  readonly warming: string[] = [];
  /** Silences producers of bad values; told of the bounds by whoever finishes the medium. */
  readonly guard: FieldGuard;
  readonly #grid: Pick<LabConfig, "N" | "dx">;
  readonly #working: readonly Working[];
  readonly #references: readonly TrailingReference[];

  constructor(grid: Pick<LabConfig, "N" | "dx">, preset: readonly Chosen[]) {
    const references = new Map<string, TrailingReference>();
    const referenceOf = (of: Reference): TrailingReference => {
      const key = `${of.profile}|${of.of}|${of.share}`;
      const found = references.get(key) ?? new TrailingReference(of);
      references.set(key, found);
      return found;
    };
    this.#grid = grid;
    this.#working = preset.map(({ id, gain }) => {
      const producer: Running = PRODUCERS[id];
      const data = new Float64Array(2 * grid.N + 1);
      return { producer, gain, data, references: (producer.references ?? []).map(referenceOf) };
    });
    this.#references = [...references.values()];
    this.guard = new FieldGuard(grid.N);
  }

  /**
   * Takes the frame of a present tick: empties the medium, adds all fields in the order of the preset, and
   * gathers the walls. Wall sets, and the bounds, are the caller's to add.
   */
  take(feed: FeedFrame, composer: Composer): void {
    this.stale.length = this.warming.length = 0;
    this.observations.book.length = this.observations.gex.length = 0;
    composer.begin();
    for (const working of this.#working) this.#run(working, feed, composer);
    for (const reference of this.#references) {
      const profile = feed.profiles[reference.reference.profile];
      if (profile !== undefined && freshness(profile.ageS) > 0) reference.take(profile.v);
    }
  }

  #run({ producer, gain, references, data }: Working, feed: FeedFrame, composer: Composer): void {
    const { id, target } = producer;
    if (target === "D" || !this.guard.allows(id, feed.tick)) return;
    const weight = gain * freshness(oldest(feed, producer.inputs));
    if (weight === 0) return void this.stale.push(id);
    const known = references.flatMap(({ value }) => value ?? []);
    if (known.length < references.length) return void this.warming.push(id);
    if (target === "W") {
      this.#gather(producer.walls, producer.run(feed, known, this.#grid), weight);
    } else if (producer.run(feed, known, this.#grid, data)) {
      this.guard.take(id, feed.tick, composer.add({ target, gain: weight, data }));
    }
  }

  #gather(kind: WallKind, seen: readonly WallObservation[], weight: number): void {
    for (const wall of seen) {
      const e = Math.min(1, wall.e * weight);
      if (Object.values(wall).every(Number.isFinite)) this.observations[kind].push({ ...wall, e });
    }
  }

  /** Copy of the whole state. */
  save(): ProducerSetState {
    return {
      references: this.#references.map((reference) => reference.save()),
      guard: this.guard.save(),
    };
  }

  /** Goes on from a state of a set of the same producers. */
  restore(state: ProducerSetState): void {
    this.#references.forEach((reference, i) => reference.restore(state.references[i]!));
    this.guard.restore(state.guard);
  }
}

/** Age of the oldest of some channels, s; 0 of none. */
function oldest(feed: FeedFrame, channels: readonly string[]): number {
  let ageS = 0;
  for (const channel of channels) ageS = Math.max(ageS, ageOf(feed, channel));
  return ageS;
}
